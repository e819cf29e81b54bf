import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { ChildId } from '@satuanak/contracts'
import { PERSONAS } from '@satuanak/demo-city'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RegistryApp } from '../app.ts'
import { findChildByNik } from '../identity/find-child-by-nik.ts'
import { findChildrenByNiks } from '../identity/find-children-by-niks.ts'
import { revealNik } from '../identity/reveal-nik.ts'
import { recordKk } from '../kk/record-kk.ts'
import { askSiak } from '../siak/broker.ts'
import { createStandIn, type StandIn } from '../siak/stand-in.ts'
import { boy, keepAt, nextNik, type RegistryNetwork, registerAs, startRegistry } from '../test-registry.ts'
import { nameOf } from './ring.ts'
import { rotateKeys } from './rotate-keys.ts'
import { openKeys } from './test-ring.ts'

const DUKCAPIL = PERSONAS.dukcapil.caller
const IN_SIAK = { sex: 'L', birthDate: '2013-03-02', birthPlace: null, motherName: null } as const
const KK = { number: '9901020202130001', issuedOn: Temporal.PlainDate.from('2020-02-02'), reason: 'PINDAH' } as const

let network: RegistryNetwork
let keys: ReturnType<typeof openKeys>
let app: RegistryApp
let standIn: StandIn

beforeAll(async () => {
  network = await startRegistry()
  keys = openKeys(network)
  app = network.service('civil-registry').app
  standIn = createStandIn({ dailyQuota: 10_000, today: app.today })
  Object.assign(app, { siak: { register: standIn, dailyQuota: 10_000 } })
})
afterAll(() => network?.close())

interface Registered {
  readonly id: ChildId
  readonly nik: string
}

/** Registered one after the other, each like no other. */
async function registered(count: number) {
  const children: Registered[] = []
  for (let n = 0; n < count; n += 1) {
    const nik = nextNik()
    standIn.put(nik, { ...IN_SIAK, name: `Anak ${nik.slice(-4)}` })
    const { data } = await registerAs(network)(boy({ name: `Anak ${nik.slice(-4)}`, nik }))
    children.push({ id: data?.child.id as ChildId, nik })
  }
  return children
}

const reveal = (childId: string) =>
  revealNik(app, DUKCAPIL, { requestId: randomUUID(), childId, purpose: 'PERBAIKAN_SIAK' })

const recordThe = (childId: string) => recordKk(app, DUKCAPIL, { requestId: randomUUID(), childId, kk: KK })

/** A second record with the NIK of a child whom its registrar may not know of (EC-01, PV-14). */
async function claimedTwice(nik: string, id: string) {
  await keepAt(network, id, 4)
  const other = await registerAs(network)(boy({ name: 'Orang Lain', nik }), {}, 'kelurahan-panjang-wetan')
  expect(other.__typename).toBe('RegisterChildSuccess')
  return other.data?.child.id as ChildId
}

/** What all who register, look up, reveal and ask do, again and again until it is told to stop. */
async function atWork(children: readonly Registered[], withKk: ChildId, until: AbortSignal) {
  let done = 0
  while (!until.aborted) {
    const child = children[done % children.length]
    if (!child) break
    expect(await findChildByNik(app, DUKCAPIL, child.nik)).toBe(child.id)
    expect((await reveal(child.id)).nik).toBe(child.nik)
    const said = { found: true, record: { ...IN_SIAK, name: `Anak ${child.nik.slice(-4)}` } }
    expect((await askSiak(app, [child.nik])).get(child.nik)).toMatchObject({ answer: said })
    await expect(recordThe(withKk)).rejects.toMatchObject({ code: 'KK_ALREADY_RECORDED' })
    const again = await registerAs(network)(boy({ name: 'Sekali Lagi', nik: child.nik }))
    expect(again.code).toBe('NIK_TAKEN')
    done += 1
  }
  return done
}

test('keys rotate while all are at work: nobody is missed, and every number ends under the new key (ID-09)', async () => {
  const children = await registered(30)
  const [first] = children
  await recordThe(first?.id ?? '')
  await askSiak(
    app,
    children.map(({ nik }) => nik),
  )
  const twice = children.at(-1)
  const other = await claimedTwice(twice?.nik ?? '', twice?.id ?? '')
  const stop = new AbortController()
  const works = [0, 9, 18].map((from) =>
    atWork(children.slice(from, from + 9), children[0]?.id as ChildId, stop.signal),
  )
  const newcomers = registered(10)
  const rotated = await rotateKeys(keys.rotation())
  const more = await newcomers
  stop.abort()
  for (const done of await Promise.all(works)) expect(done).toBeGreaterThan(0)
  expect(Math.max(...[...standIn.asked.values()].flatMap((day) => [...day.values()]))).toBe(1)
  expect([rotated.key, rotated.damaged]).toEqual(['k2', []])
  expect(await keys.rowsUnder()).toEqual(['person k2', 'person_kk k2', 'siak_lookup k2', 'siak_record k2'])
  for (const { id, nik } of [...children, ...more]) {
    expect(await findChildByNik(app, DUKCAPIL, nik)).toBe(id)
    expect((await reveal(id)).nik).toBe(nik)
  }
  const held = await app.inTransaction((tx) =>
    findChildrenByNiks(app, tx, DUKCAPIL, { niks: [twice?.nik ?? ''], source: randomUUID() }),
  )
  expect(held.get(twice?.nik ?? '')).toEqual([twice?.id, other])
})

test('half way through, whoever claims a NIK that is held is found with its holder by one index (EC-01)', async () => {
  const [child] = await registered(1)
  const before = app.custody.ring()
  // A ring that knows a new current key, under which nothing is sealed yet.
  const { k1, ...rest } = before.keys
  app.custody.take({
    current: 'baru',
    keys: { ...rest, baru: { seal: Buffer.alloc(32, 5), index: Buffer.alloc(32, 6) } },
  })
  try {
    const other = await claimedTwice(child?.nik ?? '', child?.id ?? '')
    const rows = await app.db.$queryRaw<{ indexes: number }[]>`
      SELECT count(DISTINCT nik_index)::int AS indexes FROM person WHERE id = ANY(${[child?.id, other]}::uuid[])`
    expect(rows[0]?.indexes).toBe(1)
  } finally {
    app.custody.take(before)
  }
})

test('a rotation goes no further while one process works with the ring before', async () => {
  const session = await keys.session()
  const { current } = keys.ring()
  await session.holdRing(nameOf(keys.ring()))
  const waiting: string[] = []
  const { promise, resolve } = Promise.withResolvers<void>()
  const rotating = rotateKeys(
    keys.rotation({
      progress: (line) => {
        waiting.push(line)
        if (line.startsWith('waiting for 1 process')) resolve()
      },
    }),
  )
  await promise
  expect([keys.ring().current, keys.ring().next]).toEqual([current, expect.stringMatching(/^k\d+$/)])
  expect(await keys.rowsUnder()).toContain(`person ${current}`)
  await session.close()
  expect((await rotating).key).not.toBe(current)
})

test('stopped, it leaves everything open, and the next one goes on without another key', async () => {
  const [child] = await registered(1)
  const stop = new AbortController()
  const session = await keys.session()
  await session.holdRing('a process that is behind')
  const stopped = keys.run(['rotate'], { signal: stop.signal, progress: () => stop.abort() })
  expect(await stopped).toEqual({ code: 130, text: expect.stringContaining('Run the same command again') })
  await session.close()
  const { next, current } = keys.ring()
  expect((await reveal(child?.id ?? '')).nik).toBe(child?.nik)
  const done = await keys.run(['rotate'])
  expect([done.code, keys.ring().current, keys.ring().next]).toEqual([
    0,
    next ?? expect.not.stringMatching(current),
    null,
  ])
})

test('a process whose connection was lost follows all the same', async () => {
  await app.db.$executeRaw`
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND query ~ '^(LISTEN|SELECT pg_advisory_(un)?lock_shared)'`
  const { key } = await rotateKeys(keys.rotation({ grace: 1_000 }))
  await expect.poll(() => app.custody.ring().current).toBe(key)
})

test('a row that no key opens is told by its id, and stays; every other one is moved', async () => {
  const [whole, broken] = await registered(2)
  await app.db
    .$executeRaw`UPDATE person SET nik_cipher = decode('00', 'hex') || nik_cipher WHERE id = ${broken?.id}::uuid`
  const { code, text } = await keys.run(['rotate'])
  expect(code).toBe(1)
  expect(text).toContain(broken?.id)
  expect(text).not.toContain(whole?.id)
  expect((await reveal(whole?.id ?? '')).nik).toBe(whole?.nik)
  await app.db.$executeRaw`UPDATE person SET nik_cipher = substr(nik_cipher, 2) WHERE id = ${broken?.id}::uuid`
  expect((await keys.run(['rotate'])).code).toBe(0)
  expect((await reveal(broken?.id ?? '')).nik).toBe(broken?.nik)
})

test('who shares a NIK with a row that does not open stays with it: one NIK has one index (EC-01)', async () => {
  const [child] = await registered(1)
  const other = await claimedTwice(child?.nik ?? '', child?.id ?? '')
  await app.db.$executeRaw`UPDATE person SET nik_cipher = decode('00', 'hex') || nik_cipher WHERE id = ${other}::uuid`
  const { damaged } = await rotateKeys(keys.rotation())
  expect(damaged.toSorted()).toEqual([child?.id, other].toSorted())
  const indexes = async () =>
    app.db.$queryRaw<{ count: number }[]>`
      SELECT count(DISTINCT nik_index)::int AS count FROM person WHERE id = ANY(${[child?.id, other]}::uuid[])`
  expect(await indexes()).toEqual([{ count: 1 }])
  await app.db.$executeRaw`UPDATE person SET nik_cipher = substr(nik_cipher, 2) WHERE id = ${other}::uuid`
  expect((await rotateKeys(keys.rotation())).damaged).toEqual([])
  expect(await indexes()).toEqual([{ count: 1 }])
})

test('an old key goes out of the ring once nothing is under it, and not before', async () => {
  const [child] = await registered(1)
  const { current: old } = keys.ring()
  expect(await keys.run(['retire', old])).toEqual({ code: 1, text: expect.stringContaining('current') })
  expect((await keys.run(['rotate'])).code).toBe(0)
  await app.db.$executeRaw`UPDATE person SET nik_key_id = ${old} WHERE id = ${child?.id}::uuid`
  expect(await keys.run(['retire', old])).toEqual({ code: 1, text: expect.stringContaining('still sealed') })
  await app.db.$executeRaw`UPDATE person SET nik_key_id = ${keys.ring().current} WHERE id = ${child?.id}::uuid`
  expect((await keys.run(['status'])).text).toMatch(new RegExp(`^${old} +old +0 NIK.*retire ${old}$`, 'm'))
  expect((await keys.run(['retire', old])).code).toBe(0)
  expect(Object.keys(keys.ring().keys)).not.toContain(old)
  expect((await keys.run(['retire', old])).code).toBe(1)
  expect((await reveal(child?.id ?? '')).nik).toBe(child?.nik)
})

test('two commands never change the keys at once', async () => {
  const session = await keys.session()
  expect(await session.tryRotation()).toBe(true)
  expect(await keys.run(['rotate'])).toEqual({ code: 1, text: expect.stringContaining('Another command') })
  await session.close()
})

test('what it prints holds no key and no NIK', async () => {
  const [child] = await registered(1)
  const told = [await keys.run(['rotate']), await keys.run(['status'])].map(({ text }) => text).join('\n')
  const file = await readFile(network.nikKeysFile, 'utf8')
  for (const secret of file.match(/[\w-]{43}/g) ?? []) expect(told).not.toContain(secret)
  expect(told).not.toContain(child?.nik)
})

test('what is not understood is answered with the usage', async () => {
  for (const argv of [[], ['rotate', 'k1'], ['retire'], ['open']]) {
    expect(await keys.run(argv)).toEqual({ code: 2, text: expect.stringContaining('Usage: npm run keys') })
  }
})
