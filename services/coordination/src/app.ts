import type { OfficeCalendar } from '@satuanak/domain-kit/clocks'
import type { App, ServiceContext, TransactionClient } from '@satuanak/service-kit'
import type { PrismaClient } from './gen/prisma/client.ts'
import type { WebhookParts } from './webhook/webhook-app.ts'

/** What coordination's use cases are given besides the kit's app. */
export interface CoordinationApp extends App<PrismaClient> {
  /** The city's office time, by which referrals fall due (ID-28, ID-29). */
  readonly calendar: OfficeCalendar
  readonly webhooks: WebhookParts
}

/** The client inside a transaction, as subscriptions and repositories know it. */
export type CoordinationClient = TransactionClient<PrismaClient>

export type CoordinationContext = ServiceContext<CoordinationApp>
