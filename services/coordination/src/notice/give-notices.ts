import type { EventOf, FactType, Notice } from '@satuanak/contracts'
import { emit, following, type Tx } from '@satuanak/messaging'
import type { CoordinationApp, CoordinationClient } from '../app.ts'
import { noticesOf } from './notices-of.ts'

/** Tells whoever listens that a fact came, in the transaction in which it was received. */
export async function giveNotices(
  app: Pick<CoordinationApp, 'now'>,
  tx: Tx<CoordinationClient>,
  event: EventOf<FactType>,
): Promise<void> {
  const now = app.now()
  for (const notice of await noticesOf(tx, event, now)) await give(tx, event, notice, now)
}

/** The one place where something is done with every notice. */
async function give(
  tx: Tx<CoordinationClient>,
  event: EventOf<FactType>,
  notice: Notice,
  now: Temporal.Instant,
): Promise<void> {
  await emit(tx, {
    type: 'coordination.notice.given.v1',
    subject: event.subject,
    data: notice,
    actor: 'system',
    org: event.org,
    sensitivity: notice.facts.level,
    time: now,
    ...following(event),
  })
}
