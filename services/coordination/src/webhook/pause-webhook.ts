import { fields, orRefuse, uuid } from '@satuanak/domain-kit'
import type { Caller } from '@satuanak/identity'
import type { CoordinationApp } from '../app.ts'
import type { WebhookId } from './domain.ts'
import { WrongWebhookState } from './errors.ts'
import { manageWebhook } from './manage-webhook.ts'
import { saveStateInTx } from './repository.ts'

export interface PauseWebhook {
  readonly requestId: string
  readonly webhookId: string
}

/**
 * Sends a webhook nothing until it is resumed. What is told meanwhile waits: nothing is lost (but see the log's age).
 * @throws InvalidInput, WebhookNotFound, NotPermitted, WrongWebhookState, RequestIdReused.
 */
export async function pauseWebhook(app: CoordinationApp, caller: Caller, command: PauseWebhook): Promise<WebhookId> {
  const { webhookId } = orRefuse(fields({ webhookId: uuid<WebhookId>(command.webhookId) })).value
  const managing = { name: 'pauseWebhook', requestId: command.requestId, input: command, webhookId }
  return manageWebhook(app, caller, managing, async (tx, { state }) => {
    if (state !== 'ACTIVE') throw new WrongWebhookState(state)
    await saveStateInTx(tx, webhookId, { state: 'PAUSED', reason: 'OFFICER', at: app.now() })
    return webhookId
  })
}
