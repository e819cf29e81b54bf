import type { Sensitivity } from '@satuanak/contracts'
import type { Facts } from '@satuanak/identity'
import type { EducationApp, EducationTx } from '../app.ts'
import { identifyChildInTx } from '../child/identify-child.ts'
import type { AtsRecord } from './domain.ts'
import { AtsRecordNotFound } from './errors.ts'
import { findAtsRecord } from './repository.ts'

/**
 * A record and how strictly its child is kept. Read again once its child is held: of two who decide about it at the same
 * moment the second sees what the first did.
 * @throws AtsRecordNotFound
 */
export async function getRecordInTx(
  app: EducationApp,
  tx: EducationTx,
  id: string,
): Promise<{ readonly record: AtsRecord; readonly level: Sensitivity }> {
  const found = await findAtsRecord(tx, id)
  if (!found) throw new AtsRecordNotFound()
  const { level } = await identifyChildInTx(app, tx, found.childId)
  return { record: (await findAtsRecord(tx, id)) ?? found, level }
}

/** What a deed on a record is measured against (TUN-R3). */
export const factsOfRecord = ({ childId, kelurahan }: AtsRecord, level: Sensitivity) =>
  ({ child: childId, level, kelurahan: kelurahan === null ? [] : [kelurahan] }) satisfies Facts
