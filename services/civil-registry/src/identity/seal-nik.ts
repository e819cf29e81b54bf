import type { RegistryApp, RegistryTx } from '../app.ts'
import type { BlindIndex, SealedNik } from './domain.ts'
import { findHoldersKey, lockNikInTx, lockRegistrationInTx } from './repository.ts'

/**
 * Seals a NIK for a record under the key by which its other holders are found, where there are any (EC-01): whoever has
 * one NIK has one index, also half way through a rotation. Until the transaction ends nobody else can take the NIK (ID-08).
 */
export async function sealNikInTx(app: RegistryApp, tx: RegistryTx, nik: string, rowId: string): Promise<SealedNik> {
  const indexes = await lockedNikInTx(app, tx, nik)
  return app.custody.seal(nik, rowId, 'NIK', (await findHoldersKey(tx, indexes)) ?? undefined)
}

/** Holds off others who are about to give the same NIK to someone, until this transaction ends (ID-08). @returns its indexes */
export async function lockedNikInTx(app: RegistryApp, tx: RegistryTx, nik: string): Promise<readonly BlindIndex[]> {
  const indexes = app.custody.indexesOf(nik)
  await lockRegistrationInTx(tx, 'side by side')
  await lockNikInTx(tx, indexes)
  return indexes
}
