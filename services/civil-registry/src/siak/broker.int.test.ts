import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { nextNik, type RegistryNetwork, startRegistry } from '../test-registry.ts'
import { askSiak } from './broker.ts'
import { createStandIn, type StandIn } from './stand-in.ts'

let network: RegistryNetwork
let standIn: StandIn
let day = Temporal.PlainDate.from('2026-11-23')
const service = () => network.service('civil-registry')
const record = { name: 'Bagas Pratama', sex: 'L', birthDate: '2013-03-02', birthPlace: null, motherName: null } as const

/** The registry in front of a register of this quota, on a day of its own. */
function connect(dailyQuota: number): RegistryNetwork['clock'] {
  const { app } = service()
  standIn = createStandIn({ dailyQuota, today: app.today })
  Object.assign(app, { siak: { register: standIn, dailyQuota } })
  return network.clock
}
const ask = (niks: readonly string[]) => askSiak(service().app, niks)
const states = async (niks: readonly string[]) => [...(await ask(niks)).values()].map(({ state }) => state)
const timesAsked = (nik: string) => [...standIn.asked.values()].map((day) => day.get(nik) ?? 0)

beforeAll(async () => {
  network = await startRegistry()
})
/** 09.00 WIB of a day that no other test has. */
beforeEach(() => {
  day = day.add({ days: 2 })
  network.clock.set(`${day}T02:00:00Z`)
})
afterAll(() => network?.close())

test('an answer comes with its source and its last day, and is given again without asking (BLG-04)', async () => {
  connect(10)
  const [found, lost] = [nextNik(), nextNik()]
  standIn.put(found, record)
  const first = await ask([found, lost])
  expect(first.get(found)).toMatchObject({ answer: { found: true, record }, source: 'SIAK_TIRUAN' })
  expect(first.get(lost)).toMatchObject({ answer: { found: false }, source: 'SIAK_TIRUAN' })
  expect(await ask([found, lost])).toEqual(first)
  expect(timesAsked(found)).toEqual([1])
})

test('an answer past its last day is asked for anew', async () => {
  const clock = connect(10)
  const nik = nextNik()
  await ask([nik])
  standIn.put(nik, record)
  clock.advance({ hours: 24 })
  expect((await ask([nik])).get(nik)).toMatchObject({ answer: { found: true } })
  expect(timesAsked(nik)).toEqual([1, 1])
})

test('one NIK that many ask for at the same moment is one question, and nobody fails', async () => {
  connect(10)
  const nik = nextNik()
  const all = await Promise.all(Array.from({ length: 20 }, () => states([nik, nik])))
  expect(all.flat().every((state) => state === 'TERJAWAB' || state === 'MENUNGGU')).toBe(true)
  expect(timesAsked(nik)).toEqual([1])
  expect(await states([nik])).toEqual(['TERJAWAB'])
})

test('what the quota leaves over waits, and is asked with the next day’s quota', async () => {
  const clock = connect(2)
  const niks = [nextNik(), nextNik(), nextNik()]
  expect((await states(niks)).toSorted()).toEqual(['MENUNGGU', 'TERJAWAB', 'TERJAWAB'])
  await service().runJobs()
  expect((await states(niks)).toSorted()).toEqual(['MENUNGGU', 'TERJAWAB', 'TERJAWAB'])
  clock.advance({ hours: 15 })
  await service().runJobs()
  const rest = niks.filter((nik) => timesAsked(nik).length > 1 && timesAsked(nik)[1] === 1)
  expect(rest).toHaveLength(1)
  expect((await ask(rest)).get(rest[0] ?? '')?.state).toBe('TERJAWAB')
})

test('a register that is away is left alone for its pause, then asked; nothing is counted for the outage', async () => {
  const clock = connect(1)
  const nik = nextNik()
  standIn.setAway(true)
  expect(await states([nik])).toEqual(['MENUNGGU'])
  standIn.setAway(false)
  await service().runJobs()
  expect(await states([nik])).toEqual(['MENUNGGU'])
  clock.advance({ minutes: 1 })
  await service().runJobs()
  expect(await states([nik])).toEqual(['TERJAWAB'])
})

test('where SIAK says before our count that it takes no more, the rest waits for the next day', async () => {
  const clock = connect(1)
  Object.assign(service().app, { siak: { register: standIn, dailyQuota: 5 } })
  const niks = [nextNik(), nextNik()]
  expect((await states(niks)).toSorted()).toEqual(['MENUNGGU', 'TERJAWAB'])
  await service().runJobs()
  clock.advance({ hours: 15 })
  await service().runJobs()
  expect([...standIn.asked.values()].map((day) => day.size)).toEqual([1, 1])
})

test('a question whose end nobody knows is not asked again that day', async () => {
  const clock = connect(10)
  const nik = nextNik()
  const { lookUp } = standIn
  const broken = {
    ...standIn,
    lookUp: async (asked: string) => lookUp(asked).then(() => Promise.reject(new Error('line lost'))),
  }
  Object.assign(service().app, { siak: { register: broken, dailyQuota: 10 } })
  expect(await states([nik])).toEqual(['MENUNGGU'])
  Object.assign(service().app, { siak: { register: standIn, dailyQuota: 10 } })
  clock.advance({ hours: 1 })
  await service().runJobs()
  expect(timesAsked(nik)).toEqual([1])
  clock.advance({ hours: 14 })
  await service().runJobs()
  expect(timesAsked(nik)).toEqual([1, 1])
  expect(await states([nik])).toEqual(['TERJAWAB'])
})

test('neither a NIK nor what SIAK says of a person stands readable in the look-ups (ID-09)', async () => {
  connect(1)
  const [answered, waiting] = [nextNik(), nextNik()]
  for (const nik of [answered, waiting]) standIn.put(nik, record)
  await ask([answered])
  await ask([waiting])
  const rows = await service().app.db.$queryRaw<{ row: string }[]>`
    SELECT row_to_json(siak_lookup)::text AS row FROM siak_lookup`
  const text = rows.map(({ row }) => row).join('\n')
  for (const secret of [answered, waiting, record.name]) {
    expect(text).not.toContain(secret)
    expect(text).not.toContain(Buffer.from(secret).toString('hex'))
  }
})
