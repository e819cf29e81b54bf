import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Caller, createKeyPair } from '@satuanak/identity'
import { declareService } from '@satuanak/messaging'
import { migrate } from '@satuanak/service-kit'
import { newRing } from '../keys/ring.ts'
import { saveRing } from '../keys/ring-file.ts'
import { openRegistryApp } from '../registry-app.ts'
import { prismaFolder } from '../service.ts'
import { type ImportFile, importFile } from './import-file.ts'

/** The import on an empty, migrated database, for the benchmark: what it does, and where its time and space go. */
export async function openImport(databaseUrl: string) {
  await migrate({ databaseUrl, folder: prismaFolder })
  const key = () => new Uint8Array(randomBytes(32))
  const folder = await mkdtemp(join(tmpdir(), 'satuanak-import-'))
  const ringFile = join(folder, 'nik.json')
  await saveRing(ringFile, newRing())
  const registry = await openRegistryApp({
    HOST: '127.0.0.1',
    PORT: 0,
    DATABASE_URL: databaseUrl,
    NATS_URL: '',
    GATEWAY_JWKS: { keys: [] },
    FINGERPRINT_KEY: key(),
    ZONE: 'Asia/Jakarta',
    LOG_LEVEL: 'silent',
    REGISTRY_SEALING_PRIVATE_JWK: { kty: 'OKP' },
    KTP_BUNDLE_SIGNING_JWK: (await createKeyPair()).privateJwk as { kty: string },
    NIK_KEYS_FILE: ringFile,
    SIAK: 'TIRUAN',
    SIAK_DAILY_QUOTA: 0,
    KTP_STOCK_MARK: 1,
    OFFICE_DAYS_OFF: [],
    OFFICE_WORKED_DAYS: [],
  })
  const { db } = registry.app
  await declareService(db, { name: 'civil-registry', zone: 'Asia/Jakarta' })
  return {
    importFile: (caller: Caller, command: ImportFile) => importFile(registry.app, caller, command),
    /** The largest tables, their indexes with them. */
    sizes: () => db.$queryRaw<{ table: string; bytes: number }[]>`
      SELECT relid::regclass::text AS "table", pg_total_relation_size(relid)::float8 AS bytes
      FROM pg_stat_user_tables ORDER BY bytes DESC LIMIT 8`,
    close: async () => {
      await registry.close()
      await rm(folder, { recursive: true })
    },
  }
}
