import type { Job } from '@satuanak/service-kit'
import type { CoordinationApp } from '../app.ts'
import { forgetOldSecretsInTx } from './repository.ts'

const EVERY = 3_600_000

/** Takes secrets out of the database that were rotated away more than 24 hours ago. */
export function forgetOldSecrets(app: CoordinationApp): Job<CoordinationApp['db']> {
  return {
    name: 'forget-old-secrets',
    every: EVERY,
    step: async (tx) => {
      await forgetOldSecretsInTx(tx, app.now())
      return false
    },
  }
}
