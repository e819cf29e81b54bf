import { fileURLToPath } from 'node:url'
import { followChildren } from '@satuanak/child-kit'
import { type Overrides, type Service, startService } from '@satuanak/service-kit'
import type { SocialApp } from './app.ts'
import type { Config } from './config.ts'
import { PrismaClient } from './gen/prisma/client.ts'
import { schema } from './graphql/schema.ts'

export type { SocialApp } from './app.ts'

/** Absolute path of this service's migrations and model. */
export const prismaFolder = fileURLToPath(new URL('../prisma', import.meta.url))

/** Starts the social service (Dinas Sosial). */
export function createService(config: Config, overrides: Overrides = {}): Promise<Service<SocialApp>> {
  return startService<PrismaClient, SocialApp>(
    {
      name: 'social',
      prismaFolder,
      schema,
      open: (adapter) => new PrismaClient({ adapter }),
      app: (base) => ({ ...base, registryKey: config.REGISTRY_SEALING_PUBLIC_JWK }),
      subscriptions: () => followChildren('social', []),
    },
    config,
    overrides,
  )
}
