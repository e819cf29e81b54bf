import type { EventOf, EventType, ServiceName } from '@satuanak/contracts'
import type { SqlClient, Tx } from './tx.ts'

/** One reaction per event type, run inside the consumer's own transaction (inbox row, handler, commit, then ack). */
export type Handlers<Client extends SqlClient = SqlClient> = {
  readonly [Type in EventType]?: (tx: Tx<Client>, event: EventOf<Type>) => Promise<void>
}

/** What one service hears of another: its whole stream, of which the unhandled types only advance the version. */
export interface Subscription<Client extends SqlClient = SqlClient> {
  readonly from: ServiceName
  readonly handlers: Handlers<Client>
}
