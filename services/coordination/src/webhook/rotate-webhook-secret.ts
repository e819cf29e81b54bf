import { fields, orRefuse, uuid } from '@satuanak/domain-kit'
import type { Caller } from '@satuanak/identity'
import type { CoordinationApp } from '../app.ts'
import { OVERLAP, type WebhookId } from './domain.ts'
import { manageWebhook } from './manage-webhook.ts'
import type { WebhookWithSecret } from './register-webhook.ts'
import { saveSecretInTx } from './repository.ts'
import { newSecret } from './secret.ts'

export interface RotateWebhookSecret {
  readonly requestId: string
  readonly webhookId: string
}

/**
 * Gives a webhook a new secret, this once; for 24 hours messages are signed with the former one too. Rotated twice
 * within them, the first secret ends at once.
 * @throws InvalidInput, WebhookNotFound, NotPermitted, RequestIdReused.
 */
export async function rotateWebhookSecret(
  app: CoordinationApp,
  caller: Caller,
  command: RotateWebhookSecret,
): Promise<WebhookWithSecret> {
  const { webhookId } = orRefuse(fields({ webhookId: uuid<WebhookId>(command.webhookId) })).value
  const managing = { name: 'rotateWebhookSecret', requestId: command.requestId, input: command, webhookId }
  const secret = newSecret()
  let isNew = false
  await manageWebhook(app, caller, managing, async (tx) => {
    await saveSecretInTx(tx, webhookId, app.webhooks.vault.seal(secret, webhookId), app.now().add(OVERLAP))
    isNew = true
    return webhookId
  })
  return { webhookId, secret: isNew ? secret : null }
}
