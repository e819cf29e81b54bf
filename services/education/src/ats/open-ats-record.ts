import { emit } from '@satuanak/messaging'
import type { EducationTx, Said } from '../app.ts'
import type { AtsRecord } from './domain.ts'
import { saveAtsRecordInTx } from './repository.ts'

/** What a report says; the rest of a record comes later. */
export type Report = Pick<AtsRecord, 'id' | 'childId' | 'category' | 'source' | 'kelurahan' | 'note' | 'reportedAt'>

/** Puts a child on the working list and tells of it. Whether it may be there is decided by whoever calls. */
export async function openAtsRecordInTx(tx: EducationTx, report: Report, said: Said): Promise<void> {
  const record: AtsRecord = {
    ...report,
    state: 'BELUM_VERIFIKASI',
    verifiedAt: null,
    outcome: null,
    fieldChecks: [],
    closedAt: null,
    closedBy: null,
  }
  await saveAtsRecordInTx(tx, record, said.actor)
  await emit(tx, {
    ...said,
    type: 'education.ats.record.created.v1',
    subject: record.childId,
    data: {
      recordId: record.id,
      category: record.category,
      source: record.source,
      kelurahan: record.kelurahan,
    },
  })
}
