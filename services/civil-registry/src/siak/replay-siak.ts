import type { Job } from '@satuanak/service-kit'
import type { RegistryApp } from '../app.ts'
import { momentOf, openFor, settle } from './broker.ts'
import { claimWaitingInTx } from './repository.ts'

/** Questions of one step: at 32 at once and 200 ms each well within a transaction's 15 s. */
const STEP = 1_000
const EVERY = 60_000

/**
 * Asks the register what still waits, the longest first, as far as the day's quota goes; while the register is away,
 * after its pause. Questions are claimed in a transaction of their own, before: a step that is cut off has asked for
 * the day, and what got no answer waits for the next.
 */
export function replaySiak(app: RegistryApp): Job<RegistryApp['db']> {
  return {
    name: 'replay-siak',
    every: EVERY,
    step: async (tx) => {
      const moment = momentOf(app)
      const claimed = await app.inTransaction((own) => claimWaitingInTx(own, moment, STEP))
      const claims = claimed.claims.map(({ id, nik }) => ({ id, nik: openFor(app, id, nik) }))
      await settle(app, moment, { ...claimed, claims }, (run) => run(tx))
      return claims.length === STEP
    },
  }
}
