import { groupOf, lockChildrenInTx } from '@satuanak/child-kit'
import type { Job } from '@satuanak/service-kit'
import type { RegistryApp } from '../app.ts'
import { decideDisputesInTx } from './decide-disputes.ts'
import { clearBacklogInTx, findBacklog } from './repository-disputes.ts'

/** So many children a step: well below a second. */
const PER_STEP = 200

const EVERY_HOUR = 3_600_000

/**
 * Decides what is in question of children of whom it was never decided: those of a database from before there was a list,
 * and all of them where a migration that changes how values agree filled `dispute_backlog`.
 */
export function decideMissingDisputes(app: RegistryApp): Job<RegistryApp['db']> {
  return {
    name: 'decide-missing-disputes',
    every: EVERY_HOUR,
    step: async (tx) => {
      const children = await findBacklog(tx, PER_STEP)
      if (children.length === 0) return false
      const groups = await groupOf(tx, children, app.now())
      await lockChildrenInTx(tx, [...new Set([...groups.values()].flatMap(({ ids }) => ids))])
      await decideDisputesInTx(app, tx, children)
      await clearBacklogInTx(tx, children)
      return children.length === PER_STEP
    },
  }
}
