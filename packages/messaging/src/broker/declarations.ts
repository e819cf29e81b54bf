import {
  AckPolicy,
  type ConsumerConfig,
  DeliverPolicy,
  DiscardPolicy,
  ReplayPolicy,
  RetentionPolicy,
  StorageType,
  type StreamConfig,
} from '@nats-io/jetstream'
import { nanos } from '@nats-io/transport-node'
import type { ServiceName } from '@satuanak/contracts'

/** What may differ between a laptop and a province; every service of one network must be given the same. */
export interface BrokerSettings {
  /** Copies of each stream: 1 on one server, 3 on a cluster. */
  readonly replicas: number
  /** How long the broker itself drops a message id it has seen. An optimisation: the inbox is the guarantee. */
  readonly duplicateWindowMs: number
  /** After how long without a sign of life a message is handed to another process. Extended while a handler runs. */
  readonly ackWaitMs: number
  /** How many messages of one consumer may wait for their ack, those that wait for a retry or a gap included. */
  readonly maxAckPending: number
}

export const DEFAULT_BROKER_SETTINGS: BrokerSettings = {
  replicas: 1,
  duplicateWindowMs: 120_000,
  ackWaitMs: 10_000,
  maxAckPending: 10_000,
}

/** `civil-registry` → `CIVIL_REGISTRY`. */
export function streamName(service: ServiceName): string {
  return service.replaceAll('-', '_').toUpperCase()
}

/**
 * `education-18c0f2…`: the consuming service and the birth of the stream. A stream made anew numbers its messages from
 * 1 again; under one name for ever, an ack still in flight for the lost stream would count for another message.
 *
 * @param created the stream's creation time as the broker tells it (RFC 3339, nanoseconds)
 */
export function durableName(service: ServiceName, created: string): string {
  return `${service}-${created.replaceAll(/[^0-9]/g, '')}`
}

/**
 * The one declaration of every stream. Nothing is ever dropped, by age, size or hand: a consumer may be away for
 * months, and a hole would leave its subject waiting. Known to nats-server 2.9, so no metadata and no filter lists.
 */
export function streamDeclaration(service: ServiceName, settings: BrokerSettings) {
  return {
    name: streamName(service),
    subjects: [`${service}.>`],
    retention: RetentionPolicy.Limits,
    storage: StorageType.File,
    discard: DiscardPolicy.New,
    max_age: 0,
    max_bytes: -1,
    max_msgs: -1,
    max_msgs_per_subject: -1,
    max_msg_size: -1,
    num_replicas: settings.replicas,
    duplicate_window: nanos(settings.duplicateWindowMs),
    deny_delete: true,
    deny_purge: true,
  } as const satisfies Partial<StreamConfig>
}

/** The one declaration of every consumer: durable, pulled, acked message by message, from the first event on. */
export function consumerDeclaration(from: ServiceName, durable: string, settings: BrokerSettings) {
  return {
    durable_name: durable,
    filter_subject: `${from}.>`,
    deliver_policy: DeliverPolicy.All,
    ack_policy: AckPolicy.Explicit,
    replay_policy: ReplayPolicy.Instant,
    ack_wait: nanos(settings.ackWaitMs),
    // Tries are counted in the consumer's own database; waits for a gap are no tries.
    max_deliver: -1,
    max_ack_pending: settings.maxAckPending,
  } as const satisfies Partial<ConsumerConfig>
}
