import type { Job } from '@satuanak/service-kit'
import type { RegistryApp } from '../app.ts'
import { findable, keepManyFindableInTx } from './find-candidates-of-many.ts'
import { findWithoutKeys } from './repository.ts'

/** So many records a step: well below a second. */
const PER_STEP = 500

const EVERY_HOUR = 3_600_000

/**
 * Writes the finding keys of records that have none: those of a database from before there were keys, and all of them
 * where the key function was changed and a migration emptied `match_key`. Until then nobody finds them (ID-21).
 */
export function writeMissingKeys(): Job<RegistryApp['db']> {
  return {
    name: 'write-missing-keys',
    every: EVERY_HOUR,
    step: async (tx) => {
      const records = await findWithoutKeys(tx, PER_STEP)
      await keepManyFindableInTx(tx, records.map(findable))
      return records.length === PER_STEP
    },
  }
}
