import { groupOf, lockChildrenInTx } from '@satuanak/child-kit'
import type { ChildId, Sensitivity } from '@satuanak/contracts'
import { fields, orRefuse, problem, text, uuid } from '@satuanak/domain-kit'
import { type Caller, permitOr } from '@satuanak/identity'
import type { RegistryApp, RegistryTx } from '../app.ts'
import { ReviewedChildNotFound } from './errors.ts'
import { findRecorded, lockDeskInTx } from './repository.ts'

/** What every decision of the desk says: which two records, and why. */
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
const reasonText = (reason: string) => text(reason, { rule: 'PV-05', max: 500, multiline: true })

/** @throws InvalidInput, all wrong fields at once. */
export function checkTwoRecords(command: TwoRecords) {
  const { value } = orRefuse(
    fields(
      {
        childId: uuid<ChildId>(command.childId),
        otherId: uuid<ChildId>(command.otherId),
        reason: reasonText(command.reason),
      },
      ({ childId, otherId }) => (childId === otherId ? [SAME_RECORD] : []),
    ),
  )
  return value
}

const SAME_RECORD = problem(
  'DESIGN-4',
  {
    id: 'Ini catatan yang sama dua kali. Pilih dua catatan yang berbeda.',
    en: 'This is the same record twice. Choose two different records.',
  },
  'otherId',
)

/**
 * The two persons behind two ids, held so that nobody else decides about them until the transaction ends.
 * @throws ReviewedChildNotFound where one of the ids has no record, or a hidden one (PV-14); NotPermitted.
 */
export async function getTwoPersonsInTx(
  app: RegistryApp,
  tx: RegistryTx,
  caller: Caller,
  { childId, otherId }: { readonly childId: ChildId; readonly otherId: ChildId },
): Promise<readonly [ReviewedPerson, ReviewedPerson]> {
  await lockDeskInTx(tx)
  const one = await getPersonInTx(app, tx, caller, childId, 'childId')
  const other = await getPersonInTx(app, tx, caller, otherId, 'otherId')
  await lockChildrenInTx(tx, [...new Set([...one.ids, ...other.ids])])
  return [one, other]
}

/** The person behind one id. The desk is locked by then. @throws ReviewedChildNotFound, NotPermitted */
async function getPersonInTx(
  app: RegistryApp,
  tx: RegistryTx,
  caller: Caller,
  id: ChildId,
  field: string,
): Promise<ReviewedPerson> {
  const notFound = () => new ReviewedChildNotFound(field)
  const group = (await groupOf(tx, [id], app.now())).get(id)
  const [recorded] = await findRecorded(tx, [id])
  if (group === undefined || recorded === undefined) throw notFound()
  permitOr(caller, 'match.review', { child: id, level: group.level }, notFound)
  return { id, canonical: group.canonical, ids: group.ids, level: group.level }
}
