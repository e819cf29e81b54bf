import { fileURLToPath } from 'node:url'
import { followChildren } from '@satuanak/child-kit'
import { type Overrides, type Service, startService } from '@satuanak/service-kit'
import type { EducationApp } from './app.ts'
import { atsSubscriptions } from './ats/consumers.ts'
import type { Config } from './config.ts'
import { educationApp, openPrisma } from './education-app.ts'
import { askAfterReleased } from './enrolment/ask-after-released.ts'
import { schema } from './graphql/schema.ts'

export type { EducationApp } from './app.ts'

/** Absolute path of this service's migrations and model. */
export const prismaFolder = fileURLToPath(new URL('../prisma', import.meta.url))

/** Starts the education service (Dinas Pendidikan). */
export function createService(config: Config, overrides: Overrides = {}): Promise<Service<EducationApp>> {
  return startService(
    {
      name: 'education',
      prismaFolder,
      schema,
      open: openPrisma,
      app: educationApp(config),
      subscriptions: (app) => followChildren('education', atsSubscriptions(app)),
      jobs: (app) => [askAfterReleased(app)],
    },
    config,
    overrides,
  )
}
