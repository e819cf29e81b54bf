import type { ChildId } from '@satuanak/contracts'
import type { RegistryApp, RegistryTx } from '../app.ts'
import { DUPLICATE, dueOf, endBy } from './domain.ts'
import { closeDuplicatesInTx, openDuplicatesInTx } from './repository.ts'

/** A person's KTP-el status as it is now, other than it was. */
export interface StatusMoved {
  readonly childId: ChildId
  readonly code: string
}

/**
 * Opens a case where the centre finds the same biometrics elsewhere, and ends it where it finds anything else (KT-03,
 * RF-21): in two statements for any number of persons, in the transaction in which the status moves.
 */
export async function followDuplicatesInTx(
  app: RegistryApp,
  tx: RegistryTx,
  moved: readonly StatusMoved[],
): Promise<void> {
  const [duplicates, others] = [
    moved.filter(({ code }) => code === DUPLICATE),
    moved.filter(({ code }) => code !== DUPLICATE),
  ]
  if (duplicates.length > 0) {
    const cases = duplicates.map(({ childId }) => ({ id: app.newId<string>(), childId }))
    await openDuplicatesInTx(tx, cases, app.today(), dueOf(app.today()))
  }
  if (others.length > 0) {
    const ends = others.map(({ childId, code }) => ({ childId, state: endBy(code) }))
    await closeDuplicatesInTx(tx, ends, app.now())
  }
}
