import { randomUUIDv7 } from 'node:crypto'
import type { ChildId } from '@satuanak/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type GatewayProcess, type Line, startGatewayProcess } from '../../gateway/test/processes.ts'
import { type LiveHouse, openLiveHouse, registered } from './house.ts'
import { type Listener, listenTo } from './listener.ts'

/** Two processes serve one port, as an operator runs them. Each takes two streams, so that of four two are with each. */
let house: LiveHouse
let gateway: GatewayProcess
let url: string
beforeAll(async () => {
  house = await openLiveHouse()
  const settings = { PORT: '0', WORKERS: '2', LOG_LEVEL: 'info', LIVE_STREAMS: '2', RATE_PERSON_REQUESTS: '1000000000' }
  gateway = startGatewayProcess({ ...house.gatewayEnv, ...settings })
  url = String((await gateway.says(({ msg }) => msg === 'ready')).url)
  await gateway.says(isReady(2))
})
afterAll(async () => {
  gateway?.signal('SIGTERM')
  await gateway?.exit
  await house?.close()
})

const isReady = (number: number) => (line: Line) => line.msg === 'worker ready' && line.worker === number
const about = (id: string) => (heard: Listener['heard'][number]) =>
  Object.values((heard.data.ids ?? {}) as object).includes(id)
const idsHeard = ({ heard }: Listener) => heard.flatMap(({ data }) => Object.values((data.ids ?? {}) as object))
const newChild = () => randomUUIDv7() as ChildId

/** As a front end comes in: a process that is full or has not reached NATS yet sends it on. */
async function comeIn(token: string, resume?: string): Promise<Listener> {
  for (;;) {
    const listener = await listenTo(url, { token, ...(resume !== undefined && { resume }) })
    if (listener.status !== 503) return listener
    await listener.ended
  }
}

test('a stream stays with its process: one that is killed ends its own, and they resume at another', async () => {
  const token = await house.network.token('dukcapil')
  const listeners = await Promise.all([1, 2, 3, 4].map(() => comeIn(token)))
  const [before, after] = [newChild(), newChild()]
  await house.tell(registered(before))
  await Promise.all(listeners.map((listener) => listener.hears(about(before))))
  const { pid } = await gateway.says(isReady(1))
  process.kill(Number(pid), 'SIGKILL')
  const from = gateway.lines.length
  const over = new Set<Listener>()
  await new Promise<void>((resolve) => {
    for (const listener of listeners) void listener.ended.then(() => over.add(listener).size === 2 && resolve())
  })
  await house.tell(registered(after))
  const stayed = listeners.filter((listener) => !over.has(listener))
  await Promise.all(stayed.map((listener) => listener.hears(about(after))))
  await gateway.says((line) => line.msg === 'worker ready' && line.at >= from)
  const again = await Promise.all([...over].map(({ lastId }) => comeIn(token, lastId)))
  await Promise.all(again.map((listener) => listener.hears(about(after))))
  expect([...stayed, ...again].map(idsHeard)).toEqual([[before, after], [before, after], [after], [after]])
  expect(over.size).toBe(2)
  for (const listener of [...stayed, ...again]) await listener.close()
})

test('a rolling restart ends every stream with a moment to come back at, and nothing is missed or told twice', async () => {
  const token = await house.network.token('dukcapil')
  const first = await Promise.all([1, 2, 3, 4].map(() => comeIn(token)))
  const [before, meanwhile, after] = [newChild(), newChild(), newChild()]
  await house.tell(registered(before))
  await Promise.all(first.map((listener) => listener.hears(about(before))))
  gateway.signal('SIGUSR2')
  await Promise.all(first.map(({ ended }) => ended))
  for (const { text } of first) expect(text).toMatch(/\n\nretry: \d+\n\n$/)
  await house.tell(registered(meanwhile))
  await gateway.says(({ msg }) => msg === 'restart of the workers is done')
  const again = await Promise.all(first.map(({ lastId }) => comeIn(token, lastId)))
  await house.tell(registered(after))
  await Promise.all(again.map((listener) => listener.hears(about(after))))
  expect(first.map(idsHeard)).toEqual(first.map(() => [before]))
  expect(again.map(idsHeard)).toEqual(again.map(() => [meanwhile, after]))
  expect(again.map(({ heard }) => heard[0]?.event)).toEqual(again.map(() => 'hello'))
  for (const listener of again) await listener.close()
})
