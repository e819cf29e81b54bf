import { audit, type Caller, permit } from '@satuanak/identity'
import type { CoordinationApp } from '../app.ts'
import type { Webhook, WebhookId } from './domain.ts'
import { WebhookNotFound } from './errors.ts'
import { findWebhookInTx, type WebhookTx } from './repository.ts'

/** A webhook says of no child anything: who may manage one may manage all. */
export const NO_CHILD = { level: 1 } as const

export interface Managing {
  /** The mutation, and the deed in the audit. */
  readonly name: string
  readonly requestId: string
  readonly input: unknown
  readonly webhookId: WebhookId
}

/**
 * What every change to a webhook has in common: once per request, by who may, of one that is there, and audited.
 * @param deed gives what the request answers when it is repeated.
 * @throws WebhookNotFound, NotPermitted, RequestIdReused, and what `deed` throws.
 */
export function manageWebhook<Result extends string>(
  app: CoordinationApp,
  caller: Caller,
  managing: Managing,
  deed: (tx: WebhookTx, webhook: Webhook) => Promise<Result>,
): Promise<Result> {
  const { name, webhookId } = managing
  return app.once(caller, managing, async (tx) => {
    permit(caller, 'webhook.manage', NO_CHILD)
    const webhook = await findWebhookInTx(tx, webhookId)
    if (webhook === null) throw new WebhookNotFound()
    const result = await deed(tx, webhook)
    await audit(tx, caller, 'webhook.manage', [], { webhook: webhookId, deed: name })
    return result
  })
}
