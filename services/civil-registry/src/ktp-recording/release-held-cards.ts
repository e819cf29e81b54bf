import type { Job } from '@satuanak/service-kit'
import type { RegistryApp } from '../app.ts'
import { decideCardsAnewInTx } from './decide-cards-anew.ts'
import { findDueRecords } from './repository.ts'

/** So many cards a step: short enough to be cut off without harm. */
const PER_STEP = 100

const EVERY_TEN_MINUTES = 600_000

/**
 * Moves the cards of those who are 17 today, or became so while the service was down, to the print queue (RF-11). Each
 * is decided anew: a birth date that was corrected meanwhile counts as it is now.
 */
export function releaseHeldCards(app: RegistryApp): Job<RegistryApp['db']> {
  return {
    name: 'release-held-cards',
    every: EVERY_TEN_MINUTES,
    step: async (tx) => {
      const due = await findDueRecords(tx, app.today(), PER_STEP)
      const by = { actor: 'system', org: 'DUKCAPIL' } as const
      await decideCardsAnewInTx(app, tx, by, { childIds: due, only: 'DITAHAN' })
      return due.length === PER_STEP
    },
  }
}
