import { randomUUIDv7 } from 'node:crypto'
import { jetstreamManager } from '@nats-io/jetstream'
import { connect } from '@nats-io/transport-node'
import type { ChildId } from '@satuanak/contracts'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { enrolled, type LiveHouse, openLiveHouse, protectedAt, registered, scheduled, unenrolled } from './house.ts'
import { type Listener, listenTo } from './listener.ts'

let house: LiveHouse
beforeAll(async () => {
  house = await openLiveHouse({ LIVE_KEPT: '6' })
})
afterEach(() => house.hangUp())
afterAll(() => house?.close())

const about = (id: string) => (heard: Listener['heard'][number]) =>
  Object.values((heard.data.ids ?? {}) as object).includes(id)
const idsHeard = ({ heard }: Listener) => heard.flatMap(({ data }) => Object.values((data.ids ?? {}) as object))
const events = ({ heard }: Listener) => heard.map(({ event }) => event)
const newIds = (count: number) => Array.from({ length: count }, () => randomUUIDv7() as ChildId)

test('who comes back is sent what it missed and may hear, in order, nothing twice; then what comes', async () => {
  const first = await house.listen('dukcapil')
  const [before, one, two, after] = newIds(4) as [ChildId, ChildId, ChildId, ChildId]
  await house.tell(registered(before))
  await first.hears(about(before))
  await first.close()
  // Of a school's day a kelurahan hears nothing; the registry does.
  const session = randomUUIDv7()
  await house.tell(registered(one), scheduled(session), registered(two))
  const again = await house.listen('dukcapil', { resume: first.lastId })
  const officer = await house.listen('kelurahan-panjang-wetan', { resume: first.lastId })
  await house.tell(registered(after))
  await Promise.all([again, officer].map((listener) => listener.hears(about(after))))
  expect(idsHeard(again)).toEqual([one, session, two, after])
  expect(idsHeard(officer)).toEqual([one, two, after])
  expect(again.heard[0]).toMatchObject({ event: 'hello', id: first.lastId })
})

test('a client that was greeted and heard nothing yet resumes from the greeting', async () => {
  const first = await house.listen('dukcapil')
  const hello = await first.hears(({ event }) => event === 'hello')
  await first.close()
  const [missed = ''] = newIds(1)
  await house.tell(registered(missed as ChildId))
  const again = await house.listen('dukcapil', { resume: hello.id })
  await again.hears(about(missed))
  expect(idsHeard(again)).toEqual([missed])
})

test('who comes back is not told of a child that was hidden since, wherever it says that it was (PV-14)', async () => {
  const first = await house.listen('bapperida')
  const { id: greeted } = await first.hears(({ event }) => event === 'hello')
  const [hidden, open] = newIds(2) as [ChildId, ChildId]
  await house.tell(registered(hidden))
  const { id: heardIt } = await first.hears(about(hidden))
  await house.tell(protectedAt(hidden, 4), registered(open))
  const worker = await house.listen('peksos', { resume: greeted })
  await worker.hears(about(open))
  expect(idsHeard(worker)).toEqual([hidden, hidden, open])
  const [key, seq] = heardIt.split('-')
  for (const resume of [greeted, `${key}-${Number(seq) - 1}`, heardIt]) {
    const again = await house.listen('bapperida', { resume })
    await again.hears(about(open))
    expect(idsHeard(again)).toEqual([open])
  }
})

test('who comes back as a school is not told of a pupil who went to another school since', async () => {
  const first = await house.listen('panitia-sekolah')
  const { id } = await first.hears(({ event }) => event === 'hello')
  const [left, stays] = newIds(2) as [ChildId, ChildId]
  await house.tell(enrolled(left))
  await first.hears(about(left))
  await house.tell(unenrolled(left), enrolled(stays))
  const again = await house.listen('panitia-sekolah', { resume: id })
  await again.hears(about(stays))
  expect(idsHeard(again)).toEqual([stays])
})

test('what is older than what is kept is answered with a word to ask anew, and not with silence', async () => {
  const first = await house.listen('dukcapil')
  const { id } = await first.hears(({ event }) => event === 'hello')
  await house.tell(...newIds(7).map((child) => registered(child)))
  const again = await house.listen('dukcapil', { resume: id })
  const { id: now } = await again.hears(({ event }) => event === 'reload')
  const [next = ''] = newIds(1)
  await house.tell(registered(next as ChildId))
  await again.hears(about(next))
  expect(events(again)).toEqual(['hello', 'reload', 'case'])
  // From the word on, it resumes as anyone does.
  const third = await house.listen('dukcapil', { resume: now })
  await third.hears(about(next))
  expect(events(third)).toEqual(['hello', 'case'])
})

test.each(['AAAAAAAA-1', 'nothing of ours', '12', `${'A'.repeat(8)}-${'9'.repeat(15)}`])(
  'a place in another stream, or in none (%s), is answered with a word to ask anew',
  async (resume) => {
    const listener = await house.listen('dukcapil', { resume })
    await listener.hears(({ event }) => event === 'reload')
    expect(events(listener)).toEqual(['hello', 'reload'])
  },
)

test('more than may wait for a client is asked anew rather than sent', async () => {
  const narrow = await house.anotherGateway({ LIVE_WAITING_BYTES: '4096', LIVE_KEPT: '100' })
  const wide = await house.anotherGateway({ LIVE_KEPT: '100' })
  const token = await house.network.token('dukcapil')
  const first = await listenTo(narrow.url, { token })
  const { id } = await first.hears(({ event }) => event === 'hello')
  await first.close()
  await house.tell(...newIds(25).map((child) => registered(child)))
  const whole = await listenTo(wide.url, { token, resume: id })
  expect((await whole.hears(({ event }) => event !== 'hello')).event).toBe('case')
  const again = await listenTo(narrow.url, { token, resume: id })
  expect((await again.hears(({ event }) => event !== 'hello')).event).toBe('reload')
  await whole.close()
  await again.close()
})

test('a gateway that starts anew knows the recent past: who listened to the old one resumes at it', async () => {
  const first = await house.listen('dukcapil')
  const { id } = await first.hears(({ event }) => event === 'hello')
  const [missed = ''] = newIds(1)
  await house.tell(registered(missed as ChildId))
  await first.hears(about(missed))
  const fresh = await house.anotherGateway({})
  const again = await listenTo(fresh.url, { token: await house.network.token('dukcapil'), resume: id })
  await again.hears(about(missed))
  expect(idsHeard(again)).toEqual([missed])
  await again.close()
})

test('NATS that is killed and comes back ends no stream, and what was told meanwhile is heard once', async () => {
  const listener = await house.listen('dukcapil')
  await listener.hears(({ event }) => event === 'hello')
  const [before = '', after = ''] = newIds(2)
  await house.tell(registered(before as ChildId))
  await house.network.restartNats()
  await house.tell(registered(after as ChildId))
  await listener.hears(about(after))
  expect(idsHeard(listener)).toEqual([before, after])
})

test('notices of a stream that was lost and made anew: nobody knows what was missed, and everyone is told so', async () => {
  const listener = await house.listen('dukcapil')
  const { id: before } = await listener.hears(({ event }) => event === 'hello')
  await loseStream()
  const { id: now } = await listener.hears(({ event }) => event === 'reload')
  expect(now.split('-')[0]).not.toBe(before.split('-')[0])
  const [after = ''] = newIds(1)
  await house.tell(registered(after as ChildId))
  await listener.hears(about(after))
  const again = await house.listen('dukcapil', { resume: before })
  await again.hears(({ event }) => event === 'reload')
})

/** The stream of coordination is gone, as after a disk that was lost; its relay makes it anew. */
async function loseStream(): Promise<void> {
  const { host, username, password } = new URL(house.network.natsUrl)
  const connection = await connect({ servers: host, user: username, pass: password })
  await (await jetstreamManager(connection)).streams.delete('COORDINATION')
  await connection.drain()
}
