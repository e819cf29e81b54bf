import { fields, orRefuse, uuid } from '@satuanak/domain-kit'
import type { Caller } from '@satuanak/identity'
import type { CoordinationApp } from '../app.ts'
import { bodyOf, type DeliveryId, TEST, type WebhookId } from './domain.ts'
import { manageWebhook } from './manage-webhook.ts'
import { saveDeliveriesInTx } from './repository-deliveries.ts'

export interface SendTestWebhook {
  readonly requestId: string
  readonly webhookId: string
}

/**
 * Sends a webhook a message that tells of nothing, once, also where it is paused: whether its portal answers shows in
 * the log.
 * @throws InvalidInput, WebhookNotFound, NotPermitted, RequestIdReused.
 */
export async function sendTestWebhook(
  app: CoordinationApp,
  caller: Caller,
  command: SendTestWebhook,
): Promise<WebhookId> {
  const { webhookId } = orRefuse(fields({ webhookId: uuid<WebhookId>(command.webhookId) })).value
  const managing = { name: 'sendTestWebhook', requestId: command.requestId, input: command, webhookId }
  return manageWebhook(app, caller, managing, async (tx) => {
    const now = app.now()
    const message = { ...TEST, id: app.newId<DeliveryId>(), webhookId, noticeId: null, childId: null }
    const body = bodyOf({ ...TEST, at: now, ids: {} })
    await saveDeliveriesInTx(tx, [{ ...message, permissions: [], facts: {}, body }], now)
    return webhookId
  })
}
