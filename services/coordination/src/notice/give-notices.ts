import type { EventOf, FactType, Notice } from '@satuanak/contracts'
import { emit, following, type Tx } from '@satuanak/messaging'
import type { CoordinationApp, CoordinationClient } from '../app.ts'
import { queueDeliveries } from '../webhook/queue-deliveries.ts'
import { noticesOf } from './notices-of.ts'

/** Tells whoever listens that a fact came, in the transaction in which it was received. */
export async function giveNotices(
  app: Pick<CoordinationApp, 'now' | 'newId'>,
  tx: Tx<CoordinationClient>,
  event: EventOf<FactType>,
): Promise<void> {
  const now = app.now()
  for (const notice of await noticesOf(tx, event, now)) await give(app, tx, event, notice, now)
}

/** The one place where something is done with every notice. */
async function give(
  app: Pick<CoordinationApp, 'now' | 'newId'>,
  tx: Tx<CoordinationClient>,
  event: EventOf<FactType>,
  notice: Notice,
  now: Temporal.Instant,
): Promise<void> {
  const noticeId = await emit(tx, {
    type: 'coordination.notice.given.v1',
    subject: event.subject,
    data: notice,
    actor: 'system',
    org: event.org,
    sensitivity: notice.facts.level,
    time: now,
    ...following(event),
  })
  await queueDeliveries(app, tx, noticeId, notice)
}
