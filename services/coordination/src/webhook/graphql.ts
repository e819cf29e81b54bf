import { ROLES, TOPICS } from '@satuanak/contracts'
import { connection, createCursor, loader, type PageArgs, pageArgs, pageRequest } from '@satuanak/graphql-kit'
import type { CoordinationContext } from '../app.ts'
import { builder } from '../graphql/builder.ts'
import { AgencyKind } from '../graphql/references.ts'
import {
  type Attempt,
  DELIVERY_STATES,
  type Delivery,
  type DeliveryId,
  type DeliveryState,
  FAILURES,
  STATE_REASONS,
  WEBHOOK_STATES,
  type Webhook,
  type WebhookId,
} from './domain.ts'
import { countWaitingDeliveries, listAttempts, listDeliveries, listWebhooks, readWebhooks } from './list-webhooks.ts'

const StateKind = builder.enumType('WebhookState', {
  description: 'ACTIVE, PAUSED by an officer or by three days without an answer, DISABLED by the portal itself (410).',
  values: WEBHOOK_STATES,
})
const ReasonKind = builder.enumType('WebhookStateReason', {
  description: 'Why it is not active: an officer paused it, its portal does not answer, or said that it is gone.',
  values: STATE_REASONS,
})
export const TopicKind = builder.enumType('NoticeTopic', {
  description: 'What a webhook may ask to hear of: a desk’s referrals, a child, a KTP-el day at a school.',
  values: TOPICS,
})
export const HearerRole = builder.enumType('HearerRole', {
  description: 'The roles of PV-18, as which a portal may hear.',
  values: ROLES,
})
const DeliveryStateKind = builder.enumType('WebhookDeliveryState', {
  description:
    'MENUNGGU waits or is being tried, TERKIRIM delivered, GAGAL given up, DITAHAN may not be told any more.',
  values: DELIVERY_STATES,
})
const FailureKind = builder.enumType('WebhookFailure', {
  description:
    'STATUS and REDIRECT: an answer outside 2xx. GONE: 410. TIMEOUT: none in time. ADDRESS: leads into a private network. TLS: certificate. CONNECTION: none made, or cut.',
  values: FAILURES,
})

const AttemptType = builder.objectRef<Attempt>('WebhookAttempt').implement({
  description: 'One time that a message was sent. What the portal wrote in its answer is not kept.',
  permission: 'webhook.read',
  fields: (t) => ({
    at: t.expose('at', { type: 'DateTime', nullable: false, permission: 'webhook.read' }),
    status: t.exposeInt('status', {
      description: 'The HTTP status; null where no answer came.',
      permission: 'webhook.read',
    }),
    ms: t.exposeInt('ms', { description: 'How long it took.', nullable: false, permission: 'webhook.read' }),
    reason: t.expose('reason', {
      description: 'Null where it was delivered.',
      type: FailureKind,
      permission: 'webhook.read',
    }),
  }),
})

const DeliveryType = builder.objectRef<Delivery>('WebhookDelivery').implement({
  description: 'One message in a webhook’s log: what it was about, never whom.',
  permission: 'webhook.read',
  fields: (t) => ({
    id: t.expose('id', {
      description: 'Also the message’s `webhook-id`, the same however often it is sent.',
      type: 'UUID',
      nullable: false,
      permission: 'webhook.read',
    }),
    topic: t.exposeString('topic', {
      description: 'A `NoticeTopic`, or `TEST`.',
      nullable: false,
      permission: 'webhook.read',
    }),
    about: t.exposeString('about', {
      description: 'The event’s type: `coordination.referral.created.v1`.',
      nullable: false,
      permission: 'webhook.read',
    }),
    state: t.expose('state', { type: DeliveryStateKind, nullable: false, permission: 'webhook.read' }),
    queuedAt: t.expose('queuedAt', { type: 'DateTime', nullable: false, permission: 'webhook.read' }),
    nextTryAt: t.field({
      description: 'When it is tried next, at the earliest; null where it is not.',
      type: 'DateTime',
      permission: 'webhook.read',
      resolve: ({ state, dueAt }) => (state === 'MENUNGGU' ? dueAt : null),
    }),
    endedAt: t.expose('endedAt', {
      description: 'When it was delivered, given up or withheld.',
      type: 'DateTime',
      permission: 'webhook.read',
    }),
    failedTries: t.exposeInt('tries', {
      description: 'Since it was queued or replayed; after nine it is given up.',
      nullable: false,
      permission: 'webhook.read',
    }),
    attempts: t.field({
      description: 'Every time it was sent, replays included, oldest first; the last 20.',
      type: [AttemptType],
      nullable: false,
      permission: 'webhook.read',
      resolve: async ({ id }, _args, context) => [...((await attemptsOf(context)(id)) ?? [])],
    }),
  }),
})

const attemptsOf = (context: CoordinationContext) =>
  loader(context, 'webhookAttempts', (ids: readonly DeliveryId[]) => listAttempts(context.app, ids))

const waitingOf = (context: CoordinationContext) =>
  loader(context, 'webhookWaiting', (ids: readonly WebhookId[]) => countWaitingDeliveries(context.app, ids))

export const webhookOf = (context: CoordinationContext) =>
  loader(context, 'webhook', (ids: readonly WebhookId[]) => readWebhooks(context.app, ids))

const DeliveryConnection = connection(builder, 'WebhookDeliveryConnection', {
  node: DeliveryType,
  permission: 'webhook.read',
})
const LOG = createCursor('webhookDeliveries', ['instant', 'uuid'])

interface LogArgs extends PageArgs {
  readonly state?: DeliveryState | null | undefined
  readonly from?: Temporal.Instant | null | undefined
  readonly to?: Temporal.Instant | null | undefined
}

/** All webhooks of an operation that are asked for the same page share one statement. */
async function logOf(context: CoordinationContext, args: LogArgs, id: WebhookId) {
  const ask = pageRequest(args, LOG)
  const { state = null, from = null, to = null } = args
  const { after, limit } = ask
  const find = loader(
    context,
    `webhookLog ${JSON.stringify([state, from, to, after, limit])}`,
    (ids: readonly WebhookId[]) => listDeliveries(context.app, ids, { state, from, to, after, limit }),
  )
  return ask.page((await find(id)) ?? [], (delivery) => [delivery.queuedAt.toString(), delivery.id])
}

export const WebhookType = builder.objectRef<Webhook>('WebhookEndpoint').implement({
  description: 'An external portal’s address to which notices are sent, and the identity as which it hears (ADR 0032).',
  permission: 'webhook.read',
  fields: (t) => ({
    id: t.expose('id', { type: 'UUID', nullable: false, permission: 'webhook.read' }),
    clientId: t.exposeString('clientId', {
      description: 'The portal’s own name towards the gateway.',
      nullable: false,
      permission: 'webhook.read',
    }),
    name: t.exposeString('name', { nullable: false, permission: 'webhook.read' }),
    url: t.exposeString('url', { nullable: false, permission: 'webhook.read' }),
    topics: t.field({
      type: [TopicKind],
      nullable: false,
      permission: 'webhook.read',
      resolve: ({ topics }) => TOPICS.filter((topic) => topics.includes(topic)),
    }),
    agency: t.expose('agency', { type: AgencyKind, nullable: false, permission: 'webhook.read' }),
    role: t.expose('role', { type: HearerRole, nullable: false, permission: 'webhook.read' }),
    kelurahan: t.field({
      description: 'Whose children it hears of, where its role is bound to kelurahan.',
      type: ['RegionCode'],
      nullable: false,
      permission: 'webhook.read',
      resolve: ({ kelurahan }) => [...kelurahan],
    }),
    schools: t.stringList({
      description: 'The NPSN of the schools whose children it hears of, where its role is bound to schools.',
      nullable: false,
      permission: 'webhook.read',
      resolve: ({ schools }) => [...schools],
    }),
    state: t.expose('state', { type: StateKind, nullable: false, permission: 'webhook.read' }),
    reason: t.expose('reason', { type: ReasonKind, permission: 'webhook.read' }),
    stateSince: t.expose('stateSince', { type: 'DateTime', nullable: false, permission: 'webhook.read' }),
    failingSince: t.expose('failingSince', {
      description: 'The first failure since anything was delivered; after three days it is paused.',
      type: 'DateTime',
      permission: 'webhook.read',
    }),
    oldSecretUntil: t.field({
      description: 'Until when messages are signed with the former secret too.',
      type: 'DateTime',
      permission: 'webhook.read',
      resolve: ({ oldSecretUntil }, _args, { app }) =>
        oldSecretUntil !== null && Temporal.Instant.compare(app.now(), oldSecretUntil) < 0 ? oldSecretUntil : null,
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', nullable: false, permission: 'webhook.read' }),
    waiting: t.int({
      description: 'How many messages wait or are being tried.',
      nullable: false,
      permission: 'webhook.read',
      resolve: async ({ id }, _args, context) => (await waitingOf(context)(id)) ?? 0,
    }),
    deliveries: t.field({
      description: 'Its log, newest first; `from` this moment on, `to` before that one.',
      type: DeliveryConnection,
      permission: 'webhook.read',
      args: {
        state: t.arg({ type: DeliveryStateKind }),
        from: t.arg({ type: 'DateTime' }),
        to: t.arg({ type: 'DateTime' }),
        ...pageArgs(builder),
      },
      resolve: ({ id }, args, context) => logOf(context, args, id),
    }),
  }),
})

const WebhookConnection = connection(builder, 'WebhookEndpointConnection', {
  node: WebhookType,
  permission: 'webhook.read',
})
const WEBHOOKS = createCursor('webhookEndpoints', ['instant', 'uuid'])

builder.queryFields((t) => ({
  webhookEndpoints: t.field({
    description: 'Where notices are sent to external portals, newest first.',
    type: WebhookConnection,
    permission: 'webhook.read',
    args: pageArgs(builder),
    resolve: async (_root, args, context) => {
      const ask = pageRequest(args, WEBHOOKS)
      return ask.page(await listWebhooks(context.app, ask), ({ createdAt, id }) => [createdAt.toString(), id])
    },
  }),
  webhookEndpoint: t.field({
    description: 'One webhook, by id.',
    type: WebhookType,
    permission: 'webhook.read',
    args: { id: t.arg({ type: 'UUID', required: true }) },
    resolve: (_root, { id }, context) => webhookOf(context)(id as WebhookId),
  }),
}))
