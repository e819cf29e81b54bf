import { fields, orRefuse } from '@satuanak/domain-kit'
import { audit, type Caller, permit } from '@satuanak/identity'
import type { CoordinationApp } from '../app.ts'
import { MOST_WEBHOOKS, type WebhookId } from './domain.ts'
import { TooManyWebhooks } from './errors.ts'
import { NO_CHILD } from './manage-webhook.ts'
import { checkPortalUrl } from './portal-url.ts'
import { countWebhooksInTx, saveWebhookInTx } from './repository.ts'
import { newSecret } from './secret.ts'
import { checkClientId, checkHearer, checkName, checkTopics } from './webhook-input.ts'

export interface RegisterWebhook {
  readonly requestId: string
  /** The portal's own name towards the gateway. */
  readonly clientId: string
  readonly name: string
  readonly url: string
  readonly topics: readonly string[]
  readonly hearsAs: {
    readonly agency: string
    readonly role: string
    readonly kelurahan?: readonly string[] | null | undefined
    readonly schools?: readonly string[] | null | undefined
  }
}

/** A webhook and its secret: null where this request had been answered before (ADR 0032). */
export interface WebhookWithSecret {
  readonly webhookId: WebhookId
  readonly secret: string | null
}

/**
 * Registers a portal's address and gives the secret by which it knows our messages: this once.
 * @throws InvalidInput, NotPermitted, TooManyWebhooks, RequestIdReused.
 */
export async function registerWebhook(
  app: CoordinationApp,
  caller: Caller,
  command: RegisterWebhook,
): Promise<WebhookWithSecret> {
  permit(caller, 'webhook.manage', NO_CHILD)
  const { hearsAs, ...order } = await check(app, command)
  const secret = newSecret()
  let isNew = false
  const request = { name: 'registerWebhook', requestId: command.requestId, input: command }
  const webhookId = await app.once(caller, request, async (tx) => {
    if ((await countWebhooksInTx(tx)) >= MOST_WEBHOOKS) throw new TooManyWebhooks()
    const id = app.newId<WebhookId>()
    const now = app.now()
    const begun = { state: 'ACTIVE', reason: null, stateSince: now, failingSince: null, oldSecretUntil: null } as const
    const webhook = { id, ...order, ...hearsAs, ...begun, createdAt: now }
    await saveWebhookInTx(tx, webhook, app.webhooks.vault.seal(secret, id))
    await audit(tx, caller, 'webhook.manage', [], { webhook: id, deed: 'registerWebhook', role: hearsAs.role })
    isNew = true
    return id
  })
  return { webhookId, secret: isNew ? secret : null }
}

async function check(app: CoordinationApp, { clientId, name, url, topics, hearsAs }: RegisterWebhook) {
  const checked = fields({
    clientId: checkClientId(clientId),
    name: checkName(name),
    url: await checkPortalUrl(app.webhooks, url),
    topics: checkTopics(topics),
    hearsAs: checkHearer({ ...hearsAs, kelurahan: hearsAs.kelurahan ?? [], schools: hearsAs.schools ?? [] }),
  })
  return orRefuse(checked).value
}
