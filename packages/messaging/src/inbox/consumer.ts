import type { ConsumerMessages, JsMsg, Consumer as PullConsumer } from '@nats-io/jetstream'
import type { Envelope, ServiceName } from '@satuanak/contracts'
import type { Broker } from '../broker/broker.ts'
import { describeFailure } from '../failure.ts'
import type { Subscription } from '../handlers.ts'
import type { Log } from '../log.ts'
import type { InTransaction, SqlClient } from '../tx.ts'
import { createWake } from '../wake.ts'
import { type ConsumerStep, type Handling, handleEvent } from './handle.ts'
import { buryUnreadableInTx } from './inbox.ts'
import { createLanes } from './lanes.ts'
import { readEvent } from './read-event.ts'

export interface ConsumerOptions<Client extends SqlClient = SqlClient> {
  readonly service: ServiceName
  readonly subscription: Subscription<Client>
  readonly broker: Broker
  readonly inTransaction: InTransaction<Client>
  readonly log: Log
  readonly ackWaitMs: number
  /** How often a failing handler is tried before its event goes to the dead letters. */
  readonly maxTries?: number
  /** Pause after the first, second, … failed try; the last one is used for all that follow. */
  readonly backoffMs?: readonly number[]
  /** How many handlers run side by side; each holds one connection of the service's pool. */
  readonly concurrency?: number
  readonly observe?: (step: ConsumerStep) => void | Promise<void>
}

export interface Consumer {
  readonly from: ServiceName
  start(): void
  /** Why events in this process wait: for a retry or for an earlier version. Ids, codes and counts only. */
  waiting(): readonly string[]
  /** Lets the handlers in hand finish, gives the other messages back. */
  close(): Promise<void>
}

const DEFAULT_BACKOFF_MS = [200, 1_000, 4_000, 10_000]
/** How many messages are held at once for each handler that may run: the next ones are there when it is done. */
const IN_HAND_PER_HANDLER = 8
const PULL_MS = 5_000
const AWAY_MS = 1_000

/**
 * Handles one producing service's events, each exactly once and each subject's in order. Several processes may share the
 * work. A message is acked after its transaction committed; a crash in between only means a duplicate for the inbox.
 */
export function createConsumer<Client extends SqlClient>(options: ConsumerOptions<Client>): Consumer {
  const { broker, service, log, concurrency = 4, maxTries = 5, backoffMs = DEFAULT_BACKOFF_MS } = options
  const { from, handlers } = options.subscription
  const handling: Handling<Client> = {
    service,
    handlers,
    inTransaction: options.inTransaction,
    maxTries,
    observe: options.observe,
  }
  const lanes = createLanes(concurrency)
  const inHand = new Map<JsMsg, Promise<void>>()
  const waiting = new Map<string, string>()
  const wake = createWake()
  let pulled: ConsumerMessages | undefined
  let closing = false
  let running: Promise<void> | undefined

  async function run(): Promise<void> {
    while (!closing) {
      try {
        const consumer = await broker.ensureConsumer(from, service)
        while (!closing) await pull(consumer)
      } catch (error) {
        if (closing) return
        log.warn({ service, from, reason: describeFailure(error) }, 'consumer interrupted, starts again')
        await wake.wait(AWAY_MS / 2)
      }
    }
  }

  async function pull(consumer: PullConsumer): Promise<void> {
    const room = concurrency * IN_HAND_PER_HANDLER - inHand.size
    if (room <= 0) {
      await Promise.race(inHand.values())
      return
    }
    pulled = await consumer.fetch({ max_messages: room, expires: PULL_MS })
    if (closing) pulled.stop()
    for await (const message of pulled) take(message)
  }

  function take(message: JsMsg): void {
    const event = readEvent(message, from)
    const lane = 'reason' in event ? event.id : event.subject
    const work = lanes.run(lane, async () => {
      try {
        if (closing) return message.nak()
        await options.observe?.('received')
        if ('reason' in event) {
          await options.inTransaction((tx) => buryUnreadableInTx(tx, event))
          log.error({ service, from, event: event.id, reason: event.reason }, 'unreadable message laid aside')
          message.term()
        } else await finish(message, event)
        await options.observe?.('answered')
      } catch (error) {
        log.warn({ service, from, event: event.id, reason: describeFailure(error) }, 'event waits for the database')
        message.nak(AWAY_MS)
      }
    })
    inHand.set(message, work)
    void work.finally(() => inHand.delete(message))
  }

  async function finish(message: JsMsg, event: Envelope): Promise<void> {
    const { deliveryCount } = message.info
    const outcome = await handleEvent(event, deliveryCount > 1, handling)
    const told = { service, event: event.id, type: event.type }
    waiting.delete(event.id)
    switch (outcome.kind) {
      case 'done':
      case 'duplicate':
        return message.ack()
      case 'gap':
        waiting.set(event.id, `${event.type} ${event.id} waits for version ${event.subjectversion - 1} of its subject`)
        return message.nak(gapPause(deliveryCount))
      case 'failed':
        waiting.set(event.id, `${event.type} ${event.id} failed ${outcome.tries} of ${maxTries}: ${outcome.reason}`)
        log.warn({ ...told, tries: outcome.tries, reason: outcome.reason }, 'event failed, comes again')
        return message.nak(backoffMs[Math.min(outcome.tries, backoffMs.length) - 1] ?? AWAY_MS)
      case 'dead':
        log.error({ ...told, tries: outcome.tries, reason: outcome.reason }, 'event laid among the dead letters')
        return message.term()
    }
  }

  // What waits for its turn behind a long handler must not be handed to another process meanwhile.
  const signsOfLife = setInterval(() => {
    for (const message of inHand.keys()) message.working()
  }, options.ackWaitMs / 3)

  return {
    from,
    start() {
      running ??= run()
    },
    waiting: () => [...waiting.values()],
    async close() {
      closing = true
      wake.nudge()
      pulled?.stop()
      await running
      await Promise.all(inHand.values())
      clearInterval(signsOfLife)
    },
  }
}

/** Short, for the missing event is mostly just behind, and longer while it stays away. No try is counted. */
function gapPause(deliveries: number): number {
  return Math.min(20 * 2 ** Math.min(deliveries - 1, 6), 1_000)
}
