import type { ChildId } from '@satuanak/contracts'
import { fields, orRefuse, uuid } from '@satuanak/domain-kit'
import { audit, type Caller } from '@satuanak/identity'
import type { RegistryApp } from '../app.ts'
import { childFileFor } from '../identity/find-child-files.ts'
import { NoNikToVerify } from './errors.ts'
import { verifyNiks } from './verify-niks.ts'

export interface VerifyNik {
  readonly requestId: string
  readonly childId: string
}

/**
 * Has a child's NIK and particulars checked in SIAK (BLG-04). Where SIAK cannot answer now the verdict is
 * MENUNGGU_VERIFIKASI and comes by itself: never an error, never to be sent again.
 * @throws InvalidInput, ChildNotFound, NoNikToVerify, NotPermitted, RequestIdReused.
 */
export async function verifyNik(app: RegistryApp, caller: Caller, command: VerifyNik): Promise<ChildId> {
  const { value } = orRefuse(fields({ childId: uuid<ChildId>(command.childId) }))
  const childId = await app.once(caller, { name: 'verifyNik', ...command, input: command }, async (tx) => {
    const file = await childFileFor(app, tx, { caller, permission: 'nik.verify', childId: value.childId })
    if (!file.persons.some(({ nikLast4 }) => nikLast4 !== null)) throw new NoNikToVerify()
    await audit(tx, caller, 'nik.verify', [value.childId])
    return value.childId
  })
  // The register is outside the house: asked once the wish to ask is written down, outside its transaction.
  await verifyNiks(app, [childId])
  return childId
}
