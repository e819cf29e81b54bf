import { fileURLToPath } from 'node:url'
import { type Overrides, type Service, startService } from '@satuanak/service-kit'
import type { RegistryApp } from './app.ts'
import type { Config } from './config.ts'
import type { PrismaClient } from './gen/prisma/client.ts'
import { schema } from './graphql/schema.ts'
import { subscriptions } from './identity/consumers.ts'
import type { NikCustody } from './identity/nik-custody.ts'
import { attendRotation } from './keys/attend-rotation.ts'
import { returnUndeliveredCards } from './ktp-card/return-undelivered-cards.ts'
import { listPupilsOf16, returnPupilsWithNik } from './ktp-list/list-pupils-of-16.ts'
import { releaseHeldCards } from './ktp-recording/release-held-cards.ts'
import { writeMissingKeys } from './matching/write-missing-keys.ts'
import { decideMissingDisputes } from './record/decide-missing-disputes.ts'
import { openCustody, openPrisma, registryApp } from './registry-app.ts'
import { replaySiak } from './siak/replay-siak.ts'
import { replayCorrections } from './siak-correction/send-corrections.ts'

export type { RegistryApp } from './app.ts'
export type { StandIn } from './siak/stand-in.ts'

/** Absolute path of this service's migrations and model. */
export const prismaFolder = fileURLToPath(new URL('../prisma', import.meta.url))

/** Starts the civil registry (Dukcapil). @throws CannotStart */
export async function createService(config: Config, overrides: Overrides = {}): Promise<Service<RegistryApp>> {
  const custody = openCustody(config)
  // Before the first request: from then on no rotation overlooks this process.
  const attention = await attendRotation(config.DATABASE_URL, config.NIK_KEYS_FILE, custody)
  try {
    const service = await startRegistry(config, custody, overrides)
    return { ...service, close: () => service.close().finally(() => attention.close()) }
  } catch (error) {
    await attention.close()
    throw error
  }
}

const startRegistry = (config: Config, custody: NikCustody, overrides: Overrides) =>
  startService<PrismaClient, RegistryApp>(
    {
      name: 'civil-registry',
      prismaFolder,
      schema,
      open: openPrisma,
      app: registryApp(config, custody),
      subscriptions,
      jobs: (app) => [
        listPupilsOf16(app),
        returnPupilsWithNik(),
        releaseHeldCards(app),
        returnUndeliveredCards(app),
        replaySiak(app),
        replayCorrections(app),
        writeMissingKeys(),
        decideMissingDisputes(app),
      ],
    },
    config,
    overrides,
  )
