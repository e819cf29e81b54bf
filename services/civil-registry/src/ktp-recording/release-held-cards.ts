import { lockChildrenInTx } from '@satuanak/child-kit'
import type { Job } from '@satuanak/service-kit'
import type { RegistryApp } from '../app.ts'
import { findChildFiles } from '../identity/find-child-files.ts'
import { holderOf } from './change-ktp-status.ts'
import { moveCardInTx } from './move-card.ts'
import { findDueRecords, findKtpRecords } from './repository.ts'

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
      const files = await findChildFiles(app, tx, due)
      await lockChildrenInTx(tx, [...new Set([...files.values()].flatMap(({ group }) => group.ids))])
      // Read again under the lock: an officer may have written something newer while it was waited for.
      const held = (await findKtpRecords(tx, due)).filter(({ state }) => state === 'DITAHAN')
      for (const known of held) {
        const file = files.get(known.childId)
        if (file === undefined) throw new Error('a record of a child that the registry does not keep')
        const herald = { actor: 'system', org: 'DUKCAPIL', level: file.group.level } as const
        await moveCardInTx(app, tx, herald, { known, record: known, holder: holderOf(file, known) })
      }
      return due.length === PER_STEP
    },
  }
}
