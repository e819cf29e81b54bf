import {
  type Consumer,
  type ConsumerInfo,
  JetStreamApiCodes,
  JetStreamApiError,
  type JetStreamManager,
  jetstream,
  jetstreamManager,
  type PubAck,
  type StreamInfo,
} from '@nats-io/jetstream'
import { headers, type NatsConnection } from '@nats-io/transport-node'
import type { ServiceName } from '@satuanak/contracts'
import { type BrokerSettings, consumerDeclaration, durableName, streamDeclaration, streamName } from './declarations.ts'
import { refuseDrift } from './drift.ts'
import { watchLink } from './link.ts'

/** Where a stream stands. `created` names its incarnation: a stream lost and made anew has another. */
export interface StreamState {
  readonly created: string
  readonly lastSeq: number
}

/** An event on its way: the envelope as JSON text, under the id by which the broker drops a repetition. */
export interface Outgoing {
  readonly id: string
  readonly type: string
  readonly traceparent: string | null
  readonly envelope: string
}

/**
 * What the relay, the consumers and the commands ask of JetStream: streams and consumers by service name. Every question
 * rejects with BrokerAway while the connection is down.
 */
export interface Broker {
  readonly connection: NatsConnection
  onReconnect(listener: () => void): void
  /** Resolves once the broker has stored the event, or knows that it had. */
  publish(event: Outgoing): Promise<PubAck>
  /** The stream of a service, made if it is not there. @throws BrokerDrift */
  ensureStream(service: ServiceName): Promise<StreamState>
  /** The stream of a service as it is, or undefined. */
  findStream(service: ServiceName): Promise<StreamState | undefined>
  deleteStream(service: ServiceName): Promise<void>
  /** `service`'s durable consumer on the stream of `from`, both made if they are not there. @throws BrokerDrift */
  ensureConsumer(from: ServiceName, service: ServiceName): Promise<Consumer>
  findConsumer(from: ServiceName, service: ServiceName): Promise<ConsumerInfo | undefined>
}

const PUBLISH_TIMEOUT_MS = 2_000

/** @throws JetStreamError when the server runs without JetStream */
export async function createBroker(connection: NatsConnection, settings: BrokerSettings): Promise<Broker> {
  const manager = await jetstreamManager(connection)
  const client = jetstream(connection)
  const { ask, onReconnect } = watchLink(connection)
  const broker: Broker = {
    connection,
    onReconnect,
    publish: ({ id, type, envelope, traceparent }) => {
      const carried = headers()
      if (traceparent) carried.set('traceparent', traceparent)
      return ask(() => client.publish(type, envelope, { msgID: id, headers: carried, timeout: PUBLISH_TIMEOUT_MS }))
    },
    findStream: async (service) => {
      const info = await ask(() => orMissing(manager.streams.info(streamName(service))))
      return info && stateOf(info)
    },
    findConsumer: async (from, service) => {
      const stream = await broker.findStream(from)
      return stream && ask(() => consumerOf(manager, from, durableName(service, stream.created)))
    },
    deleteStream: async (service) => {
      await ask(() => orMissing(manager.streams.delete(streamName(service))))
    },
    ensureStream: (service) => ask(() => ensureStream(manager, service, settings)),
    ensureConsumer: async (from, service) => {
      const info = await ask(() => ensureConsumer(manager, from, service, settings))
      return client.consumers.getConsumerFromInfo(info)
    },
  }
  return broker
}

async function ensureStream(
  manager: JetStreamManager,
  service: ServiceName,
  settings: BrokerSettings,
): Promise<StreamState> {
  const declared = streamDeclaration(service, settings)
  const running =
    (await orMissing(manager.streams.info(declared.name))) ??
    (await manager.streams.add({ ...declared, subjects: [...declared.subjects] }))
  refuseDrift(`Stream ${declared.name}`, declared, running.config)
  return stateOf(running)
}

async function ensureConsumer(
  manager: JetStreamManager,
  from: ServiceName,
  service: ServiceName,
  settings: BrokerSettings,
): Promise<ConsumerInfo> {
  const { created } = await ensureStream(manager, from, settings)
  const declared = consumerDeclaration(from, durableName(service, created), settings)
  const running =
    (await consumerOf(manager, from, declared.durable_name)) ??
    (await manager.consumers.add(streamName(from), declared))
  refuseDrift(`Consumer ${declared.durable_name} of stream ${streamName(from)}`, declared, running.config)
  return running
}

function consumerOf(manager: JetStreamManager, from: ServiceName, durable: string): Promise<ConsumerInfo | undefined> {
  return orMissing(manager.consumers.info(streamName(from), durable))
}

const MISSING: readonly number[] = [JetStreamApiCodes.StreamNotFound, JetStreamApiCodes.ConsumerNotFound]

async function orMissing<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof JetStreamApiError && MISSING.includes(error.code)) return undefined
    throw error
  }
}

function stateOf(info: StreamInfo): StreamState {
  return { created: info.created, lastSeq: info.state.last_seq }
}
