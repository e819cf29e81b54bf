import { groupOf } from '@satuanak/child-kit'
import type { ChildId } from '@satuanak/contracts'
import { fields, orRefuse, uuid } from '@satuanak/domain-kit'
import { audit, type Caller, permitOr } from '@satuanak/identity'
import type { RegistryApp, RegistryTx } from '../app.ts'
import { type RevealPurpose, revealWindow } from './domain.ts'
import { ChildNotFound, NoNik, RevealExpired } from './errors.ts'
import { findHeldNik, findPersons, findRequestedAt, type HeldNik } from './repository.ts'

export interface RevealNik {
  readonly requestId: string
  readonly childId: string
  readonly purpose: RevealPurpose
}

export interface RevealedNik {
  readonly childId: ChildId
  /** All 16 digits: never to be kept, logged, or told to anyone but the caller (ID-09). */
  readonly nik: string
  readonly expiresAt: Temporal.Instant
}

/**
 * Opens a child's NIK for one named role, for one reason, for 60 seconds; audited before it leaves (PV-05, PV-10). The
 * request sent again within that minute is the same reveal, after it none.
 * @throws InvalidInput, ChildNotFound, NoNik, RevealExpired, NotPermitted, RequestIdReused.
 */
export async function revealNik(app: RegistryApp, caller: Caller, command: RevealNik): Promise<RevealedNik> {
  const { value } = orRefuse(fields({ childId: uuid<ChildId>(command.childId) }))
  // What a request gave is kept as text, so it gives the record's id and not the NIK (ID-09).
  await app.once(caller, { name: 'revealNik', ...command, input: command }, async (tx) => {
    const { personId } = await heldFor(app, tx, caller, value.childId)
    await audit(tx, caller, 'nik.reveal', [value.childId, personId], {}, command.purpose)
    return personId
  })
  // Measured anew: when the request comes again the child may be hidden by now, or the caller have another desk (PV-14).
  const held = await heldFor(app, app.db, caller, value.childId)
  const { expiresAt, over } = revealWindow(await findRequestedAt(app.db, command.requestId), app.now())
  if (over) throw new RevealExpired()
  return { childId: value.childId, nik: app.custody.open(held, held.personId), expiresAt }
}

/** The NIK of the person under any id, canonical first, for a NIK is the person's and not the record's (ID-05). */
async function heldFor(
  app: RegistryApp,
  reader: RegistryApp['db'] | RegistryTx,
  caller: Caller,
  childId: ChildId,
): Promise<HeldNik> {
  const group = (await groupOf(reader, [childId], app.now())).get(childId)
  const ids = group?.ids ?? [childId]
  const persons = await findPersons(reader, ids)
  if (!persons.some(({ id }) => id === childId)) throw new ChildNotFound('childId')
  const kelurahan = persons.flatMap(({ address }) => address?.kelurahan ?? [])
  const facts = { child: childId, level: group?.level ?? 2, kelurahan }
  permitOr(caller, 'nik.reveal', facts, () => new ChildNotFound('childId'))
  const held = await findHeldNik(reader, ids)
  if (held === null) throw new NoNik()
  return held
}
