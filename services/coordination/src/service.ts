import { fileURLToPath } from 'node:url'
import { followChildren } from '@satuanak/child-kit'
import { createOfficeCalendar } from '@satuanak/domain-kit/clocks'
import { type Overrides, type Service, startService } from '@satuanak/service-kit'
import type { CoordinationApp } from './app.ts'
import type { Config } from './config.ts'
import { PrismaClient } from './gen/prisma/client.ts'
import { schema } from './graphql/schema.ts'
import { noticeSubscriptions } from './notice/consumers.ts'
import { referralSubscriptions } from './referral/consumers.ts'
import { timelineSubscriptions } from './timeline/consumers.ts'

export type { CoordinationApp } from './app.ts'

/** Absolute path of this service's migrations and model. */
export const prismaFolder = fileURLToPath(new URL('../prisma', import.meta.url))

/** Starts coordination (Bapperida). */
export function createService(config: Config, overrides: Overrides = {}): Promise<Service<CoordinationApp>> {
  const calendar = createOfficeCalendar({
    zone: config.ZONE,
    daysOff: config.OFFICE_DAYS_OFF,
    workedDays: config.OFFICE_WORKED_DAYS,
  })
  return startService(
    {
      name: 'coordination',
      prismaFolder,
      schema,
      open: (adapter) => new PrismaClient({ adapter }),
      app: (base) => ({ ...base, calendar }),
      subscriptions: (app) =>
        followChildren('coordination', [
          ...timelineSubscriptions(),
          ...referralSubscriptions(app),
          ...noticeSubscriptions(app),
        ]),
    },
    config,
    overrides,
  )
}
