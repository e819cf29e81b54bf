import { fileURLToPath } from 'node:url'
import { type Overrides, type Service, startService } from '@satuanak/service-kit'
import type { RegistryApp } from './app.ts'
import type { Config } from './config.ts'
import { PrismaClient } from './gen/prisma/client.ts'
import { schema } from './graphql/schema.ts'
import { subscriptions } from './identity/consumers.ts'
import { createNikCustody } from './identity/nik-custody.ts'
import { listPupilsOf16, returnPupilsWithNik } from './ktp-list/list-pupils-of-16.ts'
import { releaseHeldCards } from './ktp-recording/release-held-cards.ts'
import { replaySiak } from './siak/replay-siak.ts'
import { createStandIn } from './siak/stand-in.ts'

export type { RegistryApp } from './app.ts'

/** Absolute path of this service's migrations and model. */
export const prismaFolder = fileURLToPath(new URL('../prisma', import.meta.url))

/** Starts the civil registry (Dukcapil). */
export function createService(config: Config, overrides: Overrides = {}): Promise<Service<RegistryApp>> {
  return startService<PrismaClient, RegistryApp>(
    {
      name: 'civil-registry',
      prismaFolder,
      schema,
      open: (adapter) => new PrismaClient({ adapter }),
      app: (base) => ({
        ...base,
        custody: createNikCustody({ ...config.NIK_KEYS, indexKey: config.NIK_INDEX_KEY }),
        sealingKey: config.REGISTRY_SEALING_PRIVATE_JWK,
        zone: config.ZONE,
        siak: {
          register: createStandIn({ dailyQuota: config.SIAK_DAILY_QUOTA, today: base.today }),
          dailyQuota: config.SIAK_DAILY_QUOTA,
        },
      }),
      subscriptions,
      jobs: (app) => [listPupilsOf16(app), returnPupilsWithNik(), releaseHeldCards(app), replaySiak(app)],
    },
    config,
    overrides,
  )
}
