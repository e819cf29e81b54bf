import {
  type Consumer,
  type ConsumerInfo,
  JetStreamApiCodes,
  JetStreamApiError,
  type JetStreamClient,
  type JetStreamManager,
  jetstream,
  jetstreamManager,
  type StreamInfo,
} from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/transport-node'
import type { ServiceName } from '@satuanak/contracts'
import { type BrokerSettings, consumerDeclaration, durableName, streamDeclaration, streamName } from './declarations.ts'
import { refuseDrift } from './drift.ts'

/** Where a stream stands. `created` names its incarnation: a stream lost and made anew has another. */
export interface StreamState {
  readonly created: string
  readonly lastSeq: number
}

/** What the relay, the consumers and the commands ask of JetStream: streams and consumers by service name. */
export interface Broker {
  readonly connection: NatsConnection
  readonly jetstream: JetStreamClient
  /** The stream of a service, made if it is not there. @throws BrokerDrift */
  ensureStream(service: ServiceName): Promise<StreamState>
  /** The stream of a service as it is, or undefined. */
  findStream(service: ServiceName): Promise<StreamState | undefined>
  deleteStream(service: ServiceName): Promise<void>
  /** `service`'s durable consumer on the stream of `from`, both made if they are not there. @throws BrokerDrift */
  ensureConsumer(from: ServiceName, service: ServiceName): Promise<Consumer>
  findConsumer(from: ServiceName, service: ServiceName): Promise<ConsumerInfo | undefined>
}

/** @throws JetStreamError when the server runs without JetStream */
export async function createBroker(connection: NatsConnection, settings: BrokerSettings): Promise<Broker> {
  const manager = await jetstreamManager(connection)
  const client = jetstream(connection)
  const findStream = async (service: ServiceName) => stateOf(await orMissing(manager.streams.info(streamName(service))))
  const findConsumer = async (from: ServiceName, service: ServiceName) => {
    const stream = await findStream(from)
    return stream && (await consumerOf(manager, from, durableName(service, stream.created)))
  }
  const ensureStream = async (service: ServiceName) => {
    const declared = streamDeclaration(service, settings)
    const running =
      (await orMissing(manager.streams.info(declared.name))) ??
      (await manager.streams.add({ ...declared, subjects: [...declared.subjects] }))
    refuseDrift(`Stream ${declared.name}`, declared, running.config)
    return stateOf(running)
  }
  return {
    connection,
    jetstream: client,
    findStream,
    findConsumer,
    ensureStream,
    async deleteStream(service) {
      await orMissing(manager.streams.delete(streamName(service)))
    },
    async ensureConsumer(from, service) {
      const { created } = await ensureStream(from)
      const declared = consumerDeclaration(from, durableName(service, created), settings)
      const running =
        (await consumerOf(manager, from, declared.durable_name)) ??
        (await manager.consumers.add(streamName(from), declared))
      refuseDrift(`Consumer ${declared.durable_name} of stream ${streamName(from)}`, declared, running.config)
      return client.consumers.getConsumerFromInfo(running)
    },
  }
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

function stateOf(info: StreamInfo): StreamState
function stateOf(info: StreamInfo | undefined): StreamState | undefined
function stateOf(info: StreamInfo | undefined): StreamState | undefined {
  return info && { created: info.created, lastSeq: info.state.last_seq }
}
