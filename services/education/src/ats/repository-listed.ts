import type { ChildId } from '@satuanak/contracts'
import type { EducationTx } from '../app.ts'
import type { PrismaClient } from '../gen/prisma/client.ts'
import type { AtsRecord } from './domain.ts'

/** Which of these prints, in hexadecimal digits, came in before. */
export async function findListed(
  reader: Pick<PrismaClient, '$queryRaw'>,
  prints: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await reader.$queryRaw<{ print: string }[]>`
    SELECT asked AS print FROM unnest(${[...prints]}::text[]) asked
      JOIN ats_listed_pupil p ON p.print = decode(asked, 'hex')`
  return new Set(rows.map(({ print }) => print))
}

/**
 * Writes down who came in, and gives the prints that are new by it: of two lists that bring a pupil at the same moment
 * the second waits for the first.
 */
export async function claimListedInTx(
  tx: EducationTx,
  pupils: readonly { readonly print: string; readonly childId: ChildId }[],
): Promise<ReadonlySet<string>> {
  const rows = await tx.$queryRaw<{ print: string }[]>`
    INSERT INTO ats_listed_pupil (print, child_id)
    SELECT decode(print, 'hex') AS print, "childId"
    FROM json_to_recordset(${JSON.stringify(pupils)}::json) AS one (print text, "childId" uuid)
    ORDER BY print
    ON CONFLICT DO NOTHING
    RETURNING encode(print, 'hex') AS print`
  return new Set(rows.map(({ print }) => print))
}

/** Writes records that the ministry's list has opened. */
export async function saveListedRecordsInTx(
  tx: EducationTx,
  records: readonly Pick<AtsRecord, 'id' | 'childId' | 'category' | 'kelurahan' | 'reportedAt'>[],
  reportedBy: string,
): Promise<void> {
  await tx.atsRecord.createMany({
    data: records.map(({ reportedAt, ...record }) => ({
      ...record,
      source: 'MINISTRY',
      state: 'BELUM_VERIFIKASI',
      reportedBy,
      reportedAt: new Date(reportedAt.epochMilliseconds),
    })),
  })
}
