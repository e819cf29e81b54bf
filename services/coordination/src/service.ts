import type { LookupFunction } from 'node:net'
import { fileURLToPath } from 'node:url'
import { followChildren } from '@satuanak/child-kit'
import { createOfficeCalendar } from '@satuanak/domain-kit/clocks'
import { closeAll, createLog, type Overrides, type Service, startService } from '@satuanak/service-kit'
import type { CoordinationApp } from './app.ts'
import type { Config } from './config.ts'
import { PrismaClient } from './gen/prisma/client.ts'
import { schema } from './graphql/schema.ts'
import { noticeSubscriptions } from './notice/consumers.ts'
import { referralSubscriptions } from './referral/consumers.ts'
import { timelineSubscriptions } from './timeline/consumers.ts'
import { checkWebhooks } from './webhook/check-webhooks.ts'
import { cleanDeliveryLog } from './webhook/clean-delivery-log.ts'
import { type DispatcherParts, startDispatcher } from './webhook/dispatcher.ts'
import { forgetOldSecrets } from './webhook/forget-old-secrets.ts'
import { createNames } from './webhook/names.ts'
import { createVault } from './webhook/secret.ts'

export type { CoordinationApp } from './app.ts'

/** Absolute path of this service's migrations and model. */
export const prismaFolder = fileURLToPath(new URL('../prisma', import.meta.url))

/** What a test may replace besides. */
export interface CoordinationOverrides extends Overrides {
  /** How portals' names are resolved. */
  readonly resolve?: LookupFunction
  /** How messages to portals are sent. */
  readonly dispatcher?: Pick<DispatcherParts, 'onAnswered' | 'chance'>
}

/** Starts coordination (Bapperida). @throws CannotStart */
export async function createService(
  config: Config,
  overrides: CoordinationOverrides = {},
): Promise<Service<CoordinationApp>> {
  const log = overrides.log ?? createLog('coordination', config.LOG_LEVEL)
  const service = await startCoordination(config, { ...overrides, log })
  try {
    await checkWebhooks(service.app, log)
  } catch (error) {
    // What stopped the start says more than what its closing meets.
    await service.close().catch(() => undefined)
    throw error
  }
  const dispatcher = startDispatcher(service.app, { ...overrides.dispatcher, databaseUrl: config.DATABASE_URL, log })
  return {
    ...service,
    runJobs: async () => {
      await service.runJobs()
      await dispatcher.run()
    },
    // Messages under way still need the database.
    close: () => closeAll([() => service.close(), () => dispatcher.close()]),
  }
}

function startCoordination(config: Config, overrides: CoordinationOverrides): Promise<Service<CoordinationApp>> {
  const calendar = createOfficeCalendar({
    zone: config.ZONE,
    daysOff: config.OFFICE_DAYS_OFF,
    workedDays: config.OFFICE_WORKED_DAYS,
  })
  const webhooks = {
    vault: createVault(config.WEBHOOK_KEYS),
    reach: config.WEBHOOK_REACH,
    atOnce: config.WEBHOOK_AT_ONCE,
    timeoutMs: config.WEBHOOK_TIMEOUT_MS,
    logDays: config.WEBHOOK_LOG_DAYS,
    resolve: overrides.resolve ?? createNames(),
  }
  return startService<PrismaClient, CoordinationApp>(
    {
      name: 'coordination',
      prismaFolder,
      schema,
      open: (adapter) => new PrismaClient({ adapter }),
      app: (base) => ({ ...base, calendar, webhooks }),
      subscriptions: (app) =>
        followChildren('coordination', [
          ...timelineSubscriptions(),
          ...referralSubscriptions(app),
          ...noticeSubscriptions(app),
        ]),
      jobs: (app) => [cleanDeliveryLog(app), forgetOldSecrets(app)],
    },
    config,
    overrides,
  )
}
