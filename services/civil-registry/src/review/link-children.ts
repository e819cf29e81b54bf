import { saveChildLinkInTx } from '@satuanak/child-kit'
import type { ChildId, Sensitivity } from '@satuanak/contracts'
import { fields, orRefuse, uuid } from '@satuanak/domain-kit'
import { audit, type Caller } from '@satuanak/identity'
import { emit } from '@satuanak/messaging'
import type { RegistryApp } from '../app.ts'
import { tellFlagsInTx } from '../flags/tell-flags.ts'
import { decideDisputesInTx } from '../record/decide-disputes.ts'
import { AlreadyOnePerson, DeclaredDistinct } from './errors.ts'
import { areDistinct, savePairInTx } from './repository.ts'
import { getTwoPersonsInTx, reasonText, twice } from './two-persons.ts'

export interface LinkChildren {
  readonly requestId: string
  /** Any id of the person under whose canonical id both are shown from now on. */
  readonly keepId: string
  /** Any id of the other. */
  readonly aliasId: string
  readonly reason: string
}

/**
 * An officer's word that two records are one person. The link is an edge between the two persons' canonical ids, so
 * links form trees: no circle, and each alias has one link to take back. No row is re-keyed (ADR 0008). Where both held a
 * NIK of their own, the alias's is marked and Dukcapil decides (EC-02).
 * @returns the id of the pair of the two canonical ids
 * @throws InvalidInput, ReviewedChildNotFound, AlreadyOnePerson, DeclaredDistinct, NotPermitted, RequestIdReused.
 */
export async function linkChildren(app: RegistryApp, caller: Caller, command: LinkChildren): Promise<string> {
  const { keepId, aliasId, reason } = check(command)
  return app.once(caller, { name: 'linkChildren', ...command, input: command }, async (tx) => {
    const [keep, other] = await getTwoPersonsInTx(app, tx, caller, [
      { field: 'keepId', id: keepId },
      { field: 'aliasId', id: aliasId },
    ])
    if (keep.canonical === other.canonical) throw new AlreadyOnePerson('aliasId')
    if (await areDistinct(tx, { one: keep.ids, other: other.ids })) throw new DeclaredDistinct('aliasId')
    const [canonical, alias] = [keep.canonical, other.canonical]
    await saveChildLinkInTx(tx, { alias, canonical, linked: true })
    await decideDisputesInTx(app, tx, [canonical])
    const pairId = await savePairInTx(tx, app.newId(), [canonical, alias], {
      state: 'DITAUTKAN',
      decidedBy: caller.subject,
      decidedAt: app.now(),
      note: reason,
    })
    await audit(tx, caller, 'match.review', [canonical, alias, keep.id, other.id], { decision: 'DITAUTKAN' })
    await emit(tx, {
      type: 'civil-registry.person.merged.v1',
      subject: canonical,
      data: { alias, canonical },
      actor: caller.subject,
      org: caller.agency,
      // It tells of both (PV-14).
      sensitivity: Math.max(keep.level, other.level) as Sensitivity,
      time: app.now(),
      correlationid: command.requestId,
    })
    const by = { actor: caller.subject, org: caller.agency, correlationid: command.requestId }
    await tellFlagsInTx(app, tx, [canonical], by)
    return pairId
  })
}

function check({ keepId, aliasId, reason }: LinkChildren) {
  const { value } = orRefuse(
    fields({ keepId: uuid<ChildId>(keepId), aliasId: uuid<ChildId>(aliasId), reason: reasonText(reason) }, (ids) =>
      twice([ids.keepId, ids.aliasId], 'aliasId'),
    ),
  )
  return value
}
