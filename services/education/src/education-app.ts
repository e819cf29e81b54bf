import { createHmac, hkdfSync } from 'node:crypto'
import { type App, openCommandApp } from '@satuanak/service-kit'
import type { EducationApp } from './app.ts'
import { opdsOfCity } from './ats/cause/domain-reasons.ts'
import type { Config } from './config.ts'
import { PrismaClient } from './gen/prisma/client.ts'

type Adapter = NonNullable<ConstructorParameters<typeof PrismaClient>[0]['adapter']>

export const openPrisma = (adapter: Adapter): PrismaClient => new PrismaClient({ adapter })

/** The kit's app with what education adds to it: its keys. */
export function educationApp(config: Config): (base: App<PrismaClient>) => EducationApp {
  const key = new Uint8Array(hkdfSync('sha256', config.FINGERPRINT_KEY, '', 'education fingerprints', 32))
  return (base) => ({
    ...base,
    zone: config.ZONE,
    registryKey: config.REGISTRY_SEALING_PUBLIC_JWK,
    opdsOf: opdsOfCity(config.ATS_CAUSE_OPDS),
    fingerprint: (text) => new Uint8Array(createHmac('sha256', key).update(text).digest()),
  })
}

/** Education's app by itself, for a command that runs beside the service. */
export function openEducationApp(config: Config): { readonly app: EducationApp; close(): Promise<void> } {
  const { app, close } = openCommandApp(config, openPrisma)
  return { app: educationApp(config)(app), close }
}
