import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { type Envelope, EVENTS, type EventType, type ServiceName } from '@satuanak/contracts'
import { describeFailure, PermanentFailure } from '../failure.ts'
import type { AnyHandler, Handlers } from '../handlers.ts'
import { contextOf } from '../trace.ts'
import type { InTransaction, SqlClient, Tx } from '../tx.ts'
import { buryInTx, countTryInTx, forgetTriesInTx, receiveInTx } from './inbox.ts'
import { parseData } from './read-event.ts'

/** The steps of the protocol at which a test may stop the process. */
export type ConsumerStep = 'received' | 'begun' | 'handled' | 'committed' | 'answered' | 'counted'

/** What became of an event in this try. */
export type Outcome =
  | { readonly kind: 'done' | 'duplicate' | 'gap' }
  | { readonly kind: 'failed'; readonly tries: number; readonly reason: string }
  | { readonly kind: 'dead'; readonly tries: number; readonly reason: string }

export interface Handling<Client extends SqlClient> {
  readonly service: ServiceName
  readonly handlers: Handlers<Client>
  readonly inTransaction: InTransaction<Client>
  readonly maxTries: number
  readonly observe?: ((step: ConsumerStep) => void | Promise<void>) | undefined
}

/** An earlier event of the subject has not come yet. Thrown to roll the transaction back; no failure. */
class Gap extends Error {}

/**
 * Handles one event: inbox row, version and handler in one transaction. A failure is counted in a transaction of its
 * own; the last one lays the event among the dead letters and moves the version on, so that its subject flows again.
 *
 * @param retried whether the event was delivered before, and tries may have been counted
 * @throws when the database is away, so that nothing was begun or the failure not counted: the event has to come again
 */
export async function handleEvent<Client extends SqlClient>(
  event: Envelope,
  retried: boolean,
  handling: Handling<Client>,
): Promise<Outcome> {
  const reached = { handler: false }
  try {
    return { kind: await inSpan(event, handling.service, () => attempt(event, retried, handling, reached)) }
  } catch (error) {
    if (error instanceof Gap) return { kind: 'gap' }
    // Not the event's fault: the database or its pool gave no transaction.
    if (!reached.handler) throw error
    const outcome = await countFailure(event, error, handling)
    await handling.observe?.('counted')
    return outcome
  }
}

async function attempt<Client extends SqlClient>(
  event: Envelope,
  retried: boolean,
  { handlers, inTransaction, observe }: Handling<Client>,
  reached: { handler: boolean },
): Promise<'done' | 'duplicate'> {
  const standing = await inTransaction(async (tx) => {
    const found = await receiveInTx(tx, event)
    if (found === 'gap') throw new Gap()
    if (found === 'duplicate') return 'duplicate'
    await observe?.('begun')
    reached.handler = true
    await runHandler(tx, event, handlers)
    if (retried) await forgetTriesInTx(tx, event)
    await observe?.('handled')
    return 'done'
  })
  await observe?.('committed')
  return standing
}

/** Runs the handler of the event's type, if there is one. @throws PermanentFailure when the data breaks the contract */
export async function runHandler<Client extends SqlClient>(
  tx: Tx<Client>,
  event: Envelope,
  handlers: Handlers<Client>,
): Promise<void> {
  if (!isKnown(event.type)) return
  const handler = handlers[event.type] as AnyHandler<Client> | undefined
  if (handler) await handler(tx, parseData(event, event.type))
}

// A type that a newer producer knows and this consumer does not is one of the unhandled.
function isKnown(type: string): type is EventType {
  return Object.hasOwn(EVENTS, type)
}

async function countFailure<Client extends SqlClient>(
  event: Envelope,
  error: unknown,
  { inTransaction, maxTries }: Handling<Client>,
): Promise<Outcome> {
  const reason = describeFailure(error)
  return inTransaction(async (tx): Promise<Outcome> => {
    const tries = await countTryInTx(tx, event)
    if (!(error instanceof PermanentFailure) && tries < maxTries) return { kind: 'failed', tries, reason }
    // Another process may have been luckier with it meanwhile.
    if ((await receiveInTx(tx, event)) === 'duplicate') return { kind: 'duplicate' }
    await buryInTx(tx, event, reason, tries)
    await forgetTriesInTx(tx, event)
    return { kind: 'dead', tries, reason }
  })
}

/** Runs `work` in a span whose parent is the span the event was emitted in. */
export function inSpan<T>(event: Envelope, service: ServiceName, work: () => Promise<T>): Promise<T> {
  const attributes = {
    'messaging.system': 'nats',
    'messaging.operation.type': 'process',
    'messaging.destination.name': event.type,
    'messaging.message.id': event.id,
    'messaging.consumer.group.name': service,
  }
  const options = { kind: SpanKind.CONSUMER, attributes }
  return trace
    .getTracer('@satuanak/messaging')
    .startActiveSpan(`process ${event.type}`, options, contextOf(event.traceparent), async (span) => {
      try {
        return await work()
      } catch (error) {
        if (!(error instanceof Gap)) span.setStatus({ code: SpanStatusCode.ERROR, message: describeFailure(error) })
        throw error
      } finally {
        span.end()
      }
    })
}
