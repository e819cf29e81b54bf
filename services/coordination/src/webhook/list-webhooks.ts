import type { CoordinationApp } from '../app.ts'
import type { Attempt, Delivery, DeliveryId, Webhook, WebhookId } from './domain.ts'
import { findWebhookPage, findWebhooks, type WebhookKeys } from './repository.ts'
import { countWaiting, findAttempts, findLogs, type LogQuery } from './repository-deliveries.ts'

type Reader = Pick<CoordinationApp, 'db'>

/** Tries of one message that are shown: a round has nine, and few are replayed more than once. */
const SHOWN_ATTEMPTS = 20

/** Newest first. */
export const listWebhooks = (
  app: Reader,
  page: { readonly after: WebhookKeys | null; readonly limit: number },
): Promise<Webhook[]> => findWebhookPage(app.db, page)

export const readWebhooks = (app: Reader, ids: readonly WebhookId[]): Promise<ReadonlyMap<WebhookId, Webhook>> =>
  findWebhooks(app.db, ids)

/** A page of each webhook's log, newest first. */
export const listDeliveries = (
  app: Reader,
  webhooks: readonly WebhookId[],
  query: LogQuery,
): Promise<ReadonlyMap<WebhookId, readonly Delivery[]>> => findLogs(app.db, webhooks, query)

/** The last tries of each message, oldest first. */
export const listAttempts = (
  app: Reader,
  ids: readonly DeliveryId[],
): Promise<ReadonlyMap<DeliveryId, readonly Attempt[]>> => findAttempts(app.db, ids, SHOWN_ATTEMPTS)

export const countWaitingDeliveries = (
  app: Reader,
  webhooks: readonly WebhookId[],
): Promise<ReadonlyMap<WebhookId, number>> => countWaiting(app.db, webhooks)
