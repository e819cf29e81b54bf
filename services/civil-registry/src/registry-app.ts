import { createHmac, hkdfSync } from 'node:crypto'
import type { PrismaPg } from '@prisma/adapter-pg'
import { createOfficeCalendar } from '@satuanak/domain-kit/clocks'
import { signingKey } from '@satuanak/identity'
import { type App, openCommandApp } from '@satuanak/service-kit'
import type { RegistryApp } from './app.ts'
import type { Config } from './config.ts'
import { PrismaClient } from './gen/prisma/client.ts'
import { createNikCustody, type NikCustody } from './identity/nik-custody.ts'
import { attendRotation } from './keys/attend-rotation.ts'
import { ringOf } from './keys/ring-file.ts'
import { createStandIn } from './siak/stand-in.ts'

export const openPrisma = (adapter: PrismaPg): PrismaClient => new PrismaClient({ adapter })

/** Opens NIKs with the ring of the configured file. @throws CannotStart */
export const openCustody = (config: Config): NikCustody => createNikCustody(ringOf(config.NIK_KEYS_FILE))

/** The kit's app with what the registry adds to it: its keys. */
export function registryApp(config: Config, custody: NikCustody): (base: App<PrismaClient>) => RegistryApp {
  const key = new Uint8Array(hkdfSync('sha256', config.FINGERPRINT_KEY, '', 'civil-registry fingerprints', 32))
  return (base) => ({
    ...base,
    custody,
    sealingKey: config.REGISTRY_SEALING_PRIVATE_JWK,
    bundleKey: signingKey(config.KTP_BUNDLE_SIGNING_JWK),
    fingerprint: (text) => new Uint8Array(createHmac('sha256', key).update(text).digest()),
    zone: config.ZONE,
    calendar: createOfficeCalendar({
      zone: config.ZONE,
      daysOff: config.OFFICE_DAYS_OFF,
      workedDays: config.OFFICE_WORKED_DAYS,
    }),
    stockMark: config.KTP_STOCK_MARK,
    siak: {
      register: createStandIn({ dailyQuota: config.SIAK_DAILY_QUOTA, today: base.today }),
      dailyQuota: config.SIAK_DAILY_QUOTA,
    },
  })
}

/**
 * The registry's app by itself, for a command that runs beside the service: on the same database, with the same keys.
 * @throws CannotStart where there are no keys
 */
export async function openRegistryApp(config: Config): Promise<{ readonly app: RegistryApp; close(): Promise<void> }> {
  const custody = openCustody(config)
  const attention = await attendRotation(config.DATABASE_URL, config.NIK_KEYS_FILE, custody)
  const base = openCommandApp(config, openPrisma)
  return {
    app: registryApp(config, custody)(base.app),
    close: async () => {
      await attention.close()
      await base.close()
    },
  }
}
