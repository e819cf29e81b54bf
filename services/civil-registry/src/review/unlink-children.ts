import { lockChildrenInTx, saveChildLinkInTx } from '@satuanak/child-kit'
import type { ChildId } from '@satuanak/contracts'
import { fields, orRefuse, uuid } from '@satuanak/domain-kit'
import { audit, type Caller } from '@satuanak/identity'
import { emit } from '@satuanak/messaging'
import type { RegistryApp } from '../app.ts'
import { tellFlagsInTx } from '../flags/tell-flags.ts'
import { decideDisputesInTx } from '../record/decide-disputes.ts'
import { NotLinked } from './errors.ts'
import { findCanonicalOf, lockDeskInTx, savePairInTx } from './repository.ts'
import { getPersonInTx, reasonText } from './two-persons.ts'

export interface UnlinkChildren {
  readonly requestId: string
  /** The id that was linked to another. */
  readonly aliasId: string
  readonly reason: string
}

/**
 * Takes one link back, and no other: whatever hung on either of the two stays with it, and what each agency wrote stands
 * apart as before. The officer says by it that they are two persons (EC-06); `reopenPair` would offer them again.
 * @returns the id of the pair that was linked
 * @throws InvalidInput, ReviewedChildNotFound, NotLinked, NotPermitted, RequestIdReused.
 */
export async function unlinkChildren(app: RegistryApp, caller: Caller, command: UnlinkChildren): Promise<string> {
  const { value } = orRefuse(fields({ aliasId: uuid<ChildId>(command.aliasId), reason: reasonText(command.reason) }))
  return app.once(caller, { name: 'unlinkChildren', ...command, input: command }, async (tx) => {
    const alias = value.aliasId
    await lockDeskInTx(tx)
    const { ids, level } = await getPersonInTx(app, tx, caller, { field: 'aliasId', id: alias })
    const canonical = await findCanonicalOf(tx, alias)
    if (canonical === null) throw new NotLinked('aliasId')
    await lockChildrenInTx(tx, ids)
    await saveChildLinkInTx(tx, { alias, canonical, linked: false })
    await decideDisputesInTx(app, tx, [canonical, alias], { split: true })
    const pairId = await savePairInTx(tx, app.newId(), [canonical, alias], {
      state: 'BERBEDA',
      decidedBy: caller.subject,
      decidedAt: app.now(),
      note: value.reason,
    })
    await audit(tx, caller, 'match.review', [canonical, alias], { decision: 'BERBEDA' })
    const by = { actor: caller.subject, org: caller.agency, correlationid: command.requestId }
    await emit(tx, {
      type: 'civil-registry.person.split.v1',
      subject: canonical,
      data: { alias, canonical },
      sensitivity: level,
      time: app.now(),
      ...by,
    })
    await tellFlagsInTx(app, tx, [canonical, alias], by)
    return pairId
  })
}
