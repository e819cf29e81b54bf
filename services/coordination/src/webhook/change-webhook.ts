import { fields, given, isBlank, orRefuse, uuid } from '@satuanak/domain-kit'
import { type Caller, permit } from '@satuanak/identity'
import type { CoordinationApp } from '../app.ts'
import type { WebhookId } from './domain.ts'
import { manageWebhook, NO_CHILD } from './manage-webhook.ts'
import { checkPortalUrl } from './portal-url.ts'
import { saveChangeInTx } from './repository.ts'
import { checkName, checkTopics } from './webhook-input.ts'

export interface ChangeWebhook {
  readonly requestId: string
  readonly webhookId: string
  /** What is left out stays as it is. */
  readonly name?: string | null | undefined
  readonly url?: string | null | undefined
  readonly topics?: readonly string[] | null | undefined
}

/**
 * Changes what a webhook is called, where it leads and what it asks for. Not whom it hears as: that is another webhook.
 * What waits goes to the new address, or nowhere where its topic is asked for no more.
 * @throws InvalidInput, WebhookNotFound, NotPermitted, RequestIdReused.
 */
export async function changeWebhook(app: CoordinationApp, caller: Caller, command: ChangeWebhook): Promise<WebhookId> {
  permit(caller, 'webhook.manage', NO_CHILD)
  const { webhookId, name, url, topics } = await check(app, command)
  const managing = { name: 'changeWebhook', requestId: command.requestId, input: command, webhookId }
  return manageWebhook(app, caller, managing, async (tx, webhook) => {
    const changed = { name: name ?? webhook.name, url: url ?? webhook.url, topics: topics ?? webhook.topics }
    // A new address has not failed yet.
    const failingSince = changed.url === webhook.url ? webhook.failingSince : null
    await saveChangeInTx(tx, webhookId, { ...changed, failingSince })
    return webhookId
  })
}

async function check(app: CoordinationApp, { webhookId, name, url, topics }: ChangeWebhook) {
  const checked = fields({
    webhookId: uuid<WebhookId>(webhookId),
    name: isBlank(name) ? given(null) : checkName(name),
    url: isBlank(url) ? given(null) : await checkPortalUrl(app.webhooks, url),
    topics: topics === null || topics === undefined ? given(null) : checkTopics(topics),
  })
  return orRefuse(checked).value
}
