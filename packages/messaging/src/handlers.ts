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

/** A handler of some type, told apart by its key only: what the consumer calls once the data has been parsed. */
export type AnyHandler<Client extends SqlClient> = (tx: Tx<Client>, event: EventOf<EventType>) => Promise<void>

/**
 * One subscription per producing service: where several kits and features react to the same event, their handlers run
 * one after another in the given order and in the same transaction.
 */
export function mergeSubscriptions<Client extends SqlClient>(
  subscriptions: readonly Subscription<Client>[],
): Subscription<Client>[] {
  const merged = new Map<ServiceName, Map<string, AnyHandler<Client>[]>>()
  for (const { from, handlers } of subscriptions) {
    const ofService = merged.get(from) ?? new Map<string, AnyHandler<Client>[]>()
    merged.set(from, ofService)
    for (const [type, handler] of Object.entries(handlers)) {
      ofService.set(type, [...(ofService.get(type) ?? []), handler as AnyHandler<Client>])
    }
  }
  return [...merged].map(([from, ofService]) => ({
    from,
    handlers: Object.fromEntries([...ofService].map(([type, all]) => [type, oneAfterAnother(all)])) as Handlers<Client>,
  }))
}

function oneAfterAnother<Client extends SqlClient>(all: readonly AnyHandler<Client>[]): AnyHandler<Client> {
  return async (tx, event) => {
    for (const handler of all) await handler(tx, event)
  }
}
