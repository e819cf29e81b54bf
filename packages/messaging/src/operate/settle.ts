import type { ServiceName } from '@satuanak/contracts'
import type { Broker, StreamState } from '../broker/broker.ts'
import { describeFailure } from '../failure.ts'
import type { Consumer } from '../inbox/consumer.ts'
import { countRequested } from '../inbox/dead-letters.ts'
import { type OutboxState, outboxState } from '../outbox/outbox.ts'
import type { InTransaction } from '../tx.ts'

/** What one service has under way, as far as `settle` must know it. */
export interface Underway {
  readonly service: ServiceName
  readonly broker: Broker
  readonly consumers: readonly Consumer[]
  readonly inTransaction: InTransaction
}

/** Something was still under way when the time was over. Says what, service by service. */
export class NotSettled extends Error {
  override readonly name = 'NotSettled'
  constructor(deadlineMs: number, stuck: readonly string[]) {
    super(`Not settled after ${deadlineMs} ms:\n${stuck.map((line) => `  ${line}`).join('\n')}`)
  }
}

/** How often the true state is asked for. */
const LOOK_MS = 20

/**
 * Resolves when no event is under way in any of the services: every outbox published, every consumer done with its whole
 * stream (retries and waits for a gap included), no replay asked for.
 *
 * @throws NotSettled naming what is stuck
 */
export async function settleTogether(services: readonly Underway[], deadlineMs = 30_000): Promise<void> {
  const deadline = performance.now() + deadlineMs
  for (;;) {
    const stuck = await stillUnderway(services)
    if (stuck.length === 0) return
    if (performance.now() > deadline) throw new NotSettled(deadlineMs, stuck)
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
  }
}

/**
 * What is under way, one line each; empty when all is settled.
 *
 * Consumers are looked at first, then outboxes, then streams. A stream that is not longer at the end than what its
 * consumers had acked at the beginning has had no handler at work between, and the outboxes were empty in that time.
 */
export async function stillUnderway(services: readonly Underway[]): Promise<string[]> {
  const away: string[] = []
  // A server that is away, or went away while it was asked, has not settled.
  const orAway = <T>(what: string, asked: Promise<T>) =>
    asked.catch((error: unknown) => void away.push(`${what} cannot be seen: ${describeFailure(error)}`))
  const consumers = services.flatMap((service) => service.consumers.map((each) => floorOf(service, each)))
  const floors = await orAway('NATS', Promise.all(consumers))
  const outboxes = await orAway('a database', Promise.all(services.map(outboxOf)))
  const streams = await orAway('NATS', streamsOf(services))
  const unpublished = outboxes?.flatMap(unpublishedLines) ?? []
  if (!floors || !outboxes || !streams) return [...unpublished, ...away]
  return [
    ...unpublished,
    ...outboxes.flatMap((outbox) => outboxLines(outbox, streams.get(outbox.service))),
    ...floors.flatMap((floor) => consumerLines(floor, streams.get(floor.from))),
  ]
}

interface Floor {
  readonly service: ServiceName
  readonly from: ServiceName
  readonly waiting: readonly string[]
  /** Everything up to here was acked; undefined while the consumer is not there. */
  readonly acked: number | undefined
}

async function floorOf({ service, broker }: Underway, consumer: Consumer): Promise<Floor> {
  const info = await broker.findConsumer(consumer.from, service)
  return { service, from: consumer.from, waiting: consumer.waiting(), acked: info?.ack_floor.stream_seq }
}

interface Outbox extends OutboxState {
  readonly service: ServiceName
  readonly replays: number
}

function outboxOf({ service, inTransaction }: Underway): Promise<Outbox> {
  return inTransaction(async (tx) => ({ service, ...(await outboxState(tx)), replays: await countRequested(tx) }))
}

async function streamsOf(services: readonly Underway[]): Promise<Map<ServiceName, StreamState | undefined>> {
  const [first] = services
  const names = services.flatMap(({ service, consumers }) => [service, ...consumers.map(({ from }) => from)])
  return new Map(
    await Promise.all([...new Set(names)].map(async (name) => [name, await first?.broker.findStream(name)] as const)),
  )
}

function unpublishedLines({ service, unpublished, oldest }: Outbox): string[] {
  return unpublished > 0 ? [`${service}: ${unpublished} events not published, the oldest ${oldest}`] : []
}

function outboxLines({ service, stream, replays }: Outbox, running: StreamState | undefined): string[] {
  return [
    stream !== null && stream !== running?.created && `${service}: its stream was lost and is not rebuilt yet`,
    replays > 0 && `${service}: ${replays} replays asked for and not done`,
  ].filter((line) => line !== false)
}

function consumerLines({ service, from, acked, waiting }: Floor, stream: StreamState | undefined): string[] {
  if (acked === undefined || !stream) return [`${service}: its consumer of ${from} is not there`]
  if (acked === stream.lastSeq) return []
  const shown = waiting.slice(0, 5).map((line) => `${service}: ${line}`)
  return [`${service}: done with ${acked} of ${stream.lastSeq} events of ${from}`, ...shown]
}
