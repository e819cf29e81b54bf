import type { EventId, Notice } from '@satuanak/contracts'
import type { CoordinationApp } from '../app.ts'
import { bodyOf, type DeliveryId, NEVER_TOLD } from './domain.ts'
import { mayHear } from './hearing.ts'
import { findListenersInTx, type WebhookTx } from './repository.ts'
import { saveDeliveriesInTx } from './repository-deliveries.ts'

/**
 * Queues one message for each webhook that asked for the notice's topic and may hear it, in the transaction in which
 * the notice is given: what is told to listeners is told to portals too, or neither is.
 * @param noticeId of the notice's own event; the same notice is queued once.
 */
export async function queueDeliveries(
  app: Pick<CoordinationApp, 'now' | 'newId'>,
  tx: WebhookTx,
  noticeId: EventId,
  notice: Notice,
): Promise<void> {
  const { topic, about, ids, permissions, facts } = notice
  if (NEVER_TOLD.has(about)) return
  const listeners = await findListenersInTx(tx, topic)
  const body = bodyOf({ about, topic, at: Temporal.Instant.from(notice.at), ids })
  const deliveries = listeners
    .filter((listener) => mayHear(listener, notice))
    .map(({ id: webhookId }) => ({
      ...{ id: app.newId<DeliveryId>(), webhookId, noticeId, topic, about, body },
      ...{ childId: ids.childId ?? null, permissions, facts },
    }))
  await saveDeliveriesInTx(tx, deliveries, app.now())
}
