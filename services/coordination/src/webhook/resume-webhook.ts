import { fields, orRefuse, uuid } from '@satuanak/domain-kit'
import type { Caller } from '@satuanak/identity'
import type { CoordinationApp } from '../app.ts'
import type { WebhookId } from './domain.ts'
import { WrongWebhookState } from './errors.ts'
import { manageWebhook } from './manage-webhook.ts'
import { saveStateInTx } from './repository.ts'

export interface ResumeWebhook {
  readonly requestId: string
  readonly webhookId: string
}

/**
 * Sends a webhook again what waits and what comes, whyever it was stopped.
 * @throws InvalidInput, WebhookNotFound, NotPermitted, WrongWebhookState, RequestIdReused.
 */
export async function resumeWebhook(app: CoordinationApp, caller: Caller, command: ResumeWebhook): Promise<WebhookId> {
  const { webhookId } = orRefuse(fields({ webhookId: uuid<WebhookId>(command.webhookId) })).value
  const managing = { name: 'resumeWebhook', requestId: command.requestId, input: command, webhookId }
  return manageWebhook(app, caller, managing, async (tx, { state }) => {
    if (state === 'ACTIVE') throw new WrongWebhookState(state)
    await saveStateInTx(tx, webhookId, { state: 'ACTIVE', reason: null, at: app.now() })
    return webhookId
  })
}
