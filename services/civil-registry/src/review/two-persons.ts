import { groupOf, lockChildrenInTx } from '@satuanak/child-kit'
import type { ChildId, Sensitivity } from '@satuanak/contracts'
import { fields, type Notice, orRefuse, problem, text, uuid } from '@satuanak/domain-kit'
import { type Caller, permitOr } from '@satuanak/identity'
import type { RegistryApp, RegistryTx } from '../app.ts'
import { ReviewedChildNotFound } from './errors.ts'
import { findRecorded, lockDeskInTx } from './repository.ts'

/** What a decision about two records says: which two, and why. */
export interface TwoRecords {
  readonly requestId: string
  readonly childId: string
  readonly otherId: string
  readonly reason: string
}

/** One of the two persons a decision is about. */
export interface ReviewedPerson {
  /** The id that was named. */
  readonly id: ChildId
  readonly canonical: ChildId
  readonly ids: readonly ChildId[]
  readonly level: Sensitivity
}

/** Why, in the officer's words: short, and without a NIK (ID-09). */
export const reasonText = (reason: string) => text(reason, { rule: 'PV-05', max: 500, multiline: true })

/** What `declareDistinct` and `reopenPair` are sent. @throws InvalidInput, all wrong fields at once. */
export function checkTwoRecords({ childId, otherId, reason }: TwoRecords) {
  const { value } = orRefuse(
    fields({ childId: uuid<ChildId>(childId), otherId: uuid<ChildId>(otherId), reason: reasonText(reason) }, (ids) =>
      twice([ids.childId, ids.otherId], 'otherId'),
    ),
  )
  return value
}

/** The problem of the same record named twice. */
export function twice([one, other]: readonly [ChildId, ChildId], field: string): Notice[] {
  return one === other ? [problem('DESIGN-4', SAME_RECORD, field)] : []
}

const SAME_RECORD = {
  id: 'Ini catatan yang sama dua kali. Pilih dua catatan yang berbeda.',
  en: 'This is the same record twice. Choose two different records.',
}

/** An id as the command names it, and the command's field for it. */
export interface NamedId {
  readonly field: string
  readonly id: ChildId
}

/**
 * The two persons behind two ids, held so that nobody else decides about them until the transaction ends.
 * @throws ReviewedChildNotFound where one of the ids has no record, or a hidden one (PV-14); NotPermitted.
 */
export async function getTwoPersonsInTx(
  app: RegistryApp,
  tx: RegistryTx,
  caller: Caller,
  named: readonly [NamedId, NamedId],
): Promise<readonly [ReviewedPerson, ReviewedPerson]> {
  await lockDeskInTx(tx)
  const one = await getPersonInTx(app, tx, caller, named[0])
  const other = await getPersonInTx(app, tx, caller, named[1])
  await lockChildrenInTx(tx, [...new Set([...one.ids, ...other.ids])])
  return [one, other]
}

/** The person behind one id. The desk is locked by then. @throws ReviewedChildNotFound, NotPermitted */
export async function getPersonInTx(
  app: RegistryApp,
  tx: RegistryTx,
  caller: Caller,
  { field, id }: NamedId,
): Promise<ReviewedPerson> {
  const notFound = () => new ReviewedChildNotFound(field)
  const group = (await groupOf(tx, [id], app.now())).get(id)
  const [recorded] = await findRecorded(tx, [id])
  if (group === undefined || recorded === undefined) throw notFound()
  permitOr(caller, 'match.review', { child: id, level: group.level }, notFound)
  return { id, canonical: group.canonical, ids: group.ids, level: group.level }
}
