import { refusal } from '@satuanak/graphql-kit'
import type { CoordinationContext } from '../app.ts'
import { builder } from '../graphql/builder.ts'
import { AgencyKind } from '../graphql/references.ts'
import { changeWebhook } from './change-webhook.ts'
import type { WebhookId } from './domain.ts'
import { TooManyWebhooks, WebhookNotFound, WrongWebhookState } from './errors.ts'
import { HearerRole, TopicKind, WebhookType, webhookOf } from './graphql.ts'
import { pauseWebhook } from './pause-webhook.ts'
import { registerWebhook, type WebhookWithSecret } from './register-webhook.ts'
import { replayWebhookDeliveries } from './replay-webhook-deliveries.ts'
import { resumeWebhook } from './resume-webhook.ts'
import { rotateWebhookSecret } from './rotate-webhook-secret.ts'
import { sendTestWebhook } from './send-test-webhook.ts'

refusal(builder, WebhookNotFound, { name: 'WebhookNotFound', description: 'No such webhook.' })
refusal(builder, TooManyWebhooks, {
  name: 'TooManyWebhooks',
  description: 'As many webhooks as one event may be measured against.',
})
refusal(builder, WrongWebhookState, {
  name: 'WrongWebhookState',
  description: 'This cannot happen to a webhook in its present state.',
  fields: (t) => ({
    state: t.exposeString('state', { description: 'What it is in now.', nullable: false, permission: 'anyone' }),
  }),
})

const WithSecret = builder.objectRef<WebhookWithSecret>('WebhookWithSecret').implement({
  description: 'A webhook and its new secret.',
  permission: 'webhook.manage',
  fields: (t) => ({
    webhook: t.field({
      type: WebhookType,
      permission: 'webhook.manage',
      resolve: ({ webhookId }, _args, context) => webhookOf(context)(webhookId),
    }),
    secret: t.exposeString('secret', {
      description:
        '`whsec_…`, shown this once. Null where this request was answered before: if that answer was lost, rotate.',
      permission: 'webhook.manage',
    }),
  }),
})

interface Replayed {
  readonly webhookId: WebhookId
  readonly queued: number
}

const Replay = builder.objectRef<Replayed>('WebhookReplay').implement({
  description: 'What a replay set to be sent again.',
  permission: 'webhook.manage',
  fields: (t) => ({
    webhook: t.field({
      type: WebhookType,
      permission: 'webhook.manage',
      resolve: ({ webhookId }, _args, context) => webhookOf(context)(webhookId),
    }),
    queued: t.exposeInt('queued', { description: 'How many messages.', nullable: false, permission: 'webhook.manage' }),
  }),
})

const REQUEST_ID = 'Chosen by the client, one per intention (EC-46).'

const HearsAsInput = builder.inputType('WebhookHearsAsInput', {
  description:
    'The identity as which a portal hears: what this role may read, of ordinary children only (PV-14, PV-18).',
  fields: (t) => ({
    agency: t.field({ type: AgencyKind, required: true }),
    role: t.field({ type: HearerRole, required: true }),
    kelurahan: t.stringList({ description: 'Kemendagri codes; where the role is bound to kelurahan (TUN-R3).' }),
    schools: t.stringList({ description: 'NPSN; where the role is bound to schools.' }),
  }),
})
const RegisterWebhookInput = builder.inputType('RegisterWebhookInput', {
  fields: (t) => ({
    requestId: t.field({ type: 'UUID', required: true, description: REQUEST_ID }),
    clientId: t.string({ required: true, description: 'The portal’s own name towards the gateway.' }),
    name: t.string({ required: true, description: 'For officers, at most 120 characters.' }),
    url: t.string({ required: true, description: 'https, without credentials, not into a private network.' }),
    topics: t.field({ type: [TopicKind], required: true }),
    hearsAs: t.field({ type: HearsAsInput, required: true }),
  }),
})
const ChangeWebhookInput = builder.inputType('ChangeWebhookInput', {
  description: 'What is left out stays as it is.',
  fields: (t) => ({
    requestId: t.field({ type: 'UUID', required: true, description: REQUEST_ID }),
    webhookId: t.field({ type: 'UUID', required: true }),
    name: t.string(),
    url: t.string(),
    topics: t.field({ type: [TopicKind] }),
  }),
})
const ReplayWebhookDeliveriesInput = builder.inputType('ReplayWebhookDeliveriesInput', {
  description: 'Either the messages, at most 100, or all that were queued `from` a moment until before another.',
  fields: (t) => ({
    requestId: t.field({ type: 'UUID', required: true, description: REQUEST_ID }),
    webhookId: t.field({ type: 'UUID', required: true }),
    ids: t.field({ type: ['UUID'] }),
    from: t.field({ type: 'DateTime' }),
    to: t.field({ type: 'DateTime' }),
  }),
})

/** An input that names a webhook and nothing else. */
const ofWebhook = (name: string) =>
  builder.inputType(name, {
    fields: (t) => ({
      requestId: t.field({ type: 'UUID', required: true, description: REQUEST_ID }),
      webhookId: t.field({ type: 'UUID', required: true }),
    }),
  })
const RotateWebhookSecretInput = ofWebhook('RotateWebhookSecretInput')
const PauseWebhookInput = ofWebhook('PauseWebhookInput')
const ResumeWebhookInput = ofWebhook('ResumeWebhookInput')
const SendTestWebhookInput = ofWebhook('SendTestWebhookInput')

const changed = async (context: CoordinationContext, id: Promise<WebhookId>) => webhookOf(context)(await id)

const NOT_FOUND = { types: [WebhookNotFound] }
const WRONG_STATE = { types: [WebhookNotFound, WrongWebhookState] }

builder.mutationFields((t) => ({
  registerWebhook: t.field({
    description: 'Register a portal’s address. Its secret is in the answer, this once.',
    type: WithSecret,
    permission: 'webhook.manage',
    args: { input: t.arg({ type: RegisterWebhookInput, required: true }) },
    errors: { types: [TooManyWebhooks] },
    resolve: (_root, { input }, { app, caller }) => registerWebhook(app, caller, input),
  }),
  changeWebhook: t.field({
    description: 'Change what a webhook is called, where it leads, what it asks for. Whom it hears as stays.',
    type: WebhookType,
    permission: 'webhook.manage',
    args: { input: t.arg({ type: ChangeWebhookInput, required: true }) },
    errors: NOT_FOUND,
    resolve: (_root, { input }, context) => changed(context, changeWebhook(context.app, context.caller, input)),
  }),
  rotateWebhookSecret: t.field({
    description: 'Give a webhook a new secret, this once; for 24 hours messages are signed with the former one too.',
    type: WithSecret,
    permission: 'webhook.manage',
    args: { input: t.arg({ type: RotateWebhookSecretInput, required: true }) },
    errors: NOT_FOUND,
    resolve: (_root, { input }, { app, caller }) => rotateWebhookSecret(app, caller, input),
  }),
  pauseWebhook: t.field({
    description: 'Send a webhook nothing until it is resumed; what is told meanwhile waits.',
    type: WebhookType,
    permission: 'webhook.manage',
    args: { input: t.arg({ type: PauseWebhookInput, required: true }) },
    errors: WRONG_STATE,
    resolve: (_root, { input }, context) => changed(context, pauseWebhook(context.app, context.caller, input)),
  }),
  resumeWebhook: t.field({
    description: 'Send a webhook again what waits and what comes, whyever it was stopped.',
    type: WebhookType,
    permission: 'webhook.manage',
    args: { input: t.arg({ type: ResumeWebhookInput, required: true }) },
    errors: WRONG_STATE,
    resolve: (_root, { input }, context) => changed(context, resumeWebhook(context.app, context.caller, input)),
  }),
  sendTestWebhook: t.field({
    description: 'Send a message that tells of nothing, also where it is paused; how it went shows in the log.',
    type: WebhookType,
    permission: 'webhook.manage',
    args: { input: t.arg({ type: SendTestWebhookInput, required: true }) },
    errors: NOT_FOUND,
    resolve: (_root, { input }, context) => changed(context, sendTestWebhook(context.app, context.caller, input)),
  }),
  replayWebhookDeliveries: t.field({
    description: 'Send messages again under the ids they have, delivered ones too.',
    type: Replay,
    permission: 'webhook.manage',
    args: { input: t.arg({ type: ReplayWebhookDeliveriesInput, required: true }) },
    errors: NOT_FOUND,
    resolve: async (_root, { input }, { app, caller }) => ({
      webhookId: input.webhookId as WebhookId,
      queued: await replayWebhookDeliveries(app, caller, input),
    }),
  }),
}))
