import type { ServiceName } from '@satuanak/contracts'
import { type Broker, createBroker } from './broker/broker.ts'
import { connectBroker } from './broker/connect.ts'
import { type BrokerSettings, DEFAULT_BROKER_SETTINGS } from './broker/declarations.ts'
import { mergeSubscriptions, type Subscription } from './handlers.ts'
import { createConsumer } from './inbox/consumer.ts'
import { createReplays } from './inbox/replays.ts'
import type { Log } from './log.ts'
import { settleTogether, stillUnderway, type Underway } from './operate/settle.ts'
import { declareService } from './outbox/declare-service.ts'
import { createRelay } from './outbox/relay.ts'
import type { InTransaction, SqlClient } from './tx.ts'

export interface MessagingOptions<Client extends SqlClient = SqlClient> {
  readonly service: ServiceName
  /** IANA zone in which the service's offices keep their clocks. */
  readonly zone: string
  /** For the relay's one connection of its own. */
  readonly databaseUrl: string
  readonly natsUrl: string
  readonly inTransaction: InTransaction<Client>
  /** Several for one producing service are merged (`mergeSubscriptions`). */
  readonly subscriptions: readonly Subscription<Client>[]
  readonly log: Log
  readonly broker?: Partial<BrokerSettings>
  readonly tuning?: Tuning
}

/** Times in milliseconds. The defaults fit a service; tests shorten them. */
export interface Tuning {
  readonly pollMs?: number
  readonly maxTries?: number
  readonly backoffMs?: readonly number[]
  readonly concurrency?: number
}

/** A service's messaging while it runs. */
export interface Messaging extends Underway {
  /** Whether nothing of this service is under way right now. */
  settled(): Promise<boolean>
  /** Resolves when nothing is under way. @throws NotSettled saying what is stuck, after `deadlineMs` (30 000) */
  settle(deadlineMs?: number): Promise<void>
  /** Handlers in hand finish, the relay's lock and the connections are given back. */
  close(): Promise<void>
}

/**
 * Starts a service's relay, consumers and replays. The platform SQL must have been applied.
 *
 * @throws BrokerUnreachable when NATS does not answer within ten seconds
 * @throws BrokerDrift when a running stream or consumer is not what is declared
 * @throws ForeignDatabase when the database belongs to another service
 */
export async function startMessaging<Client extends SqlClient>(options: MessagingOptions<Client>): Promise<Messaging> {
  const { service, zone, inTransaction } = options
  const settings = { ...DEFAULT_BROKER_SETTINGS, ...options.broker }
  const subscriptions = mergeSubscriptions(options.subscriptions)
  await inTransaction((tx) => declareService(tx, { name: service, zone }))
  const connection = await connectBroker(options.natsUrl, `satuanak ${service}`)
  try {
    const broker = await createBroker(connection, settings)
    await broker.ensureStream(service)
    for (const { from } of subscriptions) await broker.ensureConsumer(from, service)
    return run({ ...options, subscriptions }, broker, settings)
  } catch (error) {
    await connection.close()
    throw error
  }
}

function run<Client extends SqlClient>(
  options: MessagingOptions<Client>,
  broker: Broker,
  { ackWaitMs }: BrokerSettings,
): Messaging {
  const { service, databaseUrl, inTransaction, subscriptions, log, tuning } = options
  const replays = createReplays({ service, subscriptions, inTransaction, log })
  const poll = tuning?.pollMs === undefined ? {} : { pollMs: tuning.pollMs }
  const relay = createRelay({ service, databaseUrl, broker, log, onReplayRequested: replays.nudge, ...poll })
  const consumers = subscriptions.map((subscription) =>
    createConsumer({ service, subscription, broker, inTransaction, log, ackWaitMs, ...tuning }),
  )
  for (const part of [relay, replays, ...consumers]) part.start()
  // What the kit itself asks of a transaction is SQL only.
  const underway: Underway = { service, broker, consumers, inTransaction: (work) => inTransaction((tx) => work(tx)) }
  return {
    ...underway,
    settled: async () => (await stillUnderway([underway])).length === 0,
    settle: (deadlineMs) => settleTogether([underway], deadlineMs),
    async close() {
      await Promise.all([...consumers, replays].map((part) => part.close()))
      await relay.close()
      await broker.connection.drain()
    },
  }
}
