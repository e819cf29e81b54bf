import type { SqlClient, Tx } from '@satuanak/messaging'

/** What an intake needs of the app of its service. `Client` is what the service's repositories write with. */
export interface IntakeApp<Client extends SqlClient = SqlClient> {
  readonly db: SqlClient
  now(): Temporal.Instant
  newId<Id extends string>(): Id
  /** HMAC-SHA-256 under a key of the service: by which something is known again that may not be kept as it is. */
  fingerprint(text: string): Uint8Array<ArrayBuffer>
  inTransaction<T>(run: (tx: Tx<Client>) => Promise<T>): Promise<T>
}
