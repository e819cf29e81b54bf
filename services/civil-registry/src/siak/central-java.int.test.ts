import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RegistryNetwork, startRegistry } from '../test-registry.ts'
import { askSiak } from './broker.ts'
import { createStandIn, type StandIn } from './stand-in.ts'

/** Central Java, 17 June 2020: registration for the new school year, one NIK check each. */
const REQUESTS = 501_665
const NIKS = 426_000
const QUOTA = 300_000
const BATCH = 5_000

let network: RegistryNetwork
let standIn: StandIn
const service = () => network.service('civil-registry')

beforeAll(async () => {
  network = await startRegistry()
  const { app } = service()
  standIn = createStandIn({ dailyQuota: QUOTA, today: app.today })
  Object.assign(app, { siak: { register: standIn, dailyQuota: QUOTA } })
})
afterAll(() => network?.close())

/** The n-th synthetic NIK: regions 99.01.01 to 99.01.43, a boy born on 2 March 2013. */
const nikOf = (n: number) =>
  `9901${String(1 + Math.floor(n / 9_999)).padStart(2, '0')}020313${String((n % 9_999) + 1).padStart(4, '0')}`

/** Every NIK once, and the rest of the requests for some of them again, in an order that mixes both. */
function requests(): string[] {
  const all = Array.from({ length: REQUESTS }, (_, n) => nikOf(n < NIKS ? n : (n * 7_919) % NIKS))
  let seed = 17_062_020
  for (let last = all.length - 1; last > 0; last--) {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    const other = seed % (last + 1)
    ;[all[last], all[other]] = [all[other] ?? '', all[last] ?? '']
  }
  return all
}

const record = { name: 'Bagas Pratama', sex: 'L', birthDate: '2013-03-02', birthPlace: null, motherName: null } as const

test('501,665 requests over 426,000 NIKs against a quota of 300,000 a day: none fails, no NIK is asked twice in a day, all are settled on the second day (Central Java, 17 June 2020)', async () => {
  const { app } = service()
  network.clock.set('2020-06-17T01:00:00Z')
  for (let n = 0; n < NIKS; n += 10) standIn.put(nikOf(n), record)
  const replies = { TERJAWAB: 0, MENUNGGU: 0 }
  const queue = requests()
  const batches = Array.from({ length: Math.ceil(queue.length / BATCH) }, (_, n) =>
    queue.slice(n * BATCH, (n + 1) * BATCH),
  )
  const waiting = batches.values()
  const send = async () => {
    for (const batch of waiting) {
      const answers = await askSiak(app, batch)
      for (const nik of batch) replies[answers.get(nik)?.state ?? 'MENUNGGU'] += 1
    }
  }
  await Promise.all([send(), send()])
  await service().runJobs()

  expect(replies.TERJAWAB + replies.MENUNGGU).toBe(REQUESTS)
  expect(replies.TERJAWAB).toBeGreaterThanOrEqual(QUOTA)
  expect(standIn.asked.get('2020-06-17')?.size).toBe(QUOTA)
  expect(await countOf('TERJAWAB')).toBe(QUOTA)
  expect(await countOf('MENUNGGU')).toBe(NIKS - QUOTA)

  network.clock.set('2020-06-17T17:00:00Z')
  await service().runJobs()
  expect(await countOf('TERJAWAB')).toBe(NIKS)
  expect(standIn.asked.get('2020-06-18')?.size).toBe(NIKS - QUOTA)
  const times = [...standIn.asked.values()].flatMap((day) => [...day.values()])
  expect(times.every((count) => count === 1)).toBe(true)
  expect(times).toHaveLength(NIKS)
}, 240_000)

const countOf = async (state: string) => service().app.db.siakLookup.count({ where: { state } })
