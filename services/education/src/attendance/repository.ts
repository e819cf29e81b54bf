import type { EducationTx } from '../app.ts'
import { Prisma, type PrismaClient } from '../gen/prisma/client.ts'
import { type Counts, type Mark, NO_MARKS, WINDOW_DAYS } from './domain.ts'

type Reader = Pick<PrismaClient, '$queryRaw'>

export interface DayMarks {
  readonly day: Temporal.PlainDate
  readonly marks: readonly { readonly enrolmentId: string; readonly mark: Mark }[]
  readonly by: string
  readonly at: Temporal.Instant
}

/** Writes or corrects the marks of one day, in one statement. */
export async function saveMarksInTx(tx: EducationTx, { day, marks, by, at }: DayMarks): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO attendance_mark (enrolment_id, day, mark, recorded_by, recorded_at)
    SELECT enrolment_id, ${day.toString()}::date, mark, ${by}, ${at.toString()}::timestamptz
    FROM unnest(${marks.map(({ enrolmentId }) => enrolmentId)}::uuid[], ${marks.map(({ mark }) => mark)}::text[])
      AS given (enrolment_id, mark)
    ORDER BY enrolment_id
    ON CONFLICT (enrolment_id, day) DO UPDATE
      SET mark = excluded.mark, recorded_by = excluded.recorded_by, recorded_at = excluded.recorded_at`
}

/** How often each mark was given from one day to another, both included, by enrolment; who has none has no entry. */
export function countMarks(
  reader: Reader,
  enrolmentIds: readonly string[],
  { from, to }: { readonly from: Temporal.PlainDate; readonly to: Temporal.PlainDate },
): Promise<Map<string, Counts>> {
  return count(reader, enrolmentIds, Prisma.sql`m.day BETWEEN ${from.toString()}::date AND ${to.toString()}::date`)
}

/** Likewise, of the 30 days that end so many days after each enrolment's first day. */
export function countMarksAfter(
  reader: Reader,
  enrolmentIds: readonly string[],
  days: number,
): Promise<Map<string, Counts>> {
  const last = Prisma.sql`e.started_on + ${days}::int`
  return count(reader, enrolmentIds, Prisma.sql`m.day > ${last} - ${WINDOW_DAYS}::int AND m.day <= ${last}`)
}

async function count(reader: Reader, enrolmentIds: readonly string[], when: Prisma.Sql): Promise<Map<string, Counts>> {
  const rows = await reader.$queryRaw<{ id: string; mark: Mark; n: number }[]>`
    SELECT e.id, m.mark, count(*)::int AS n
    FROM enrolment e JOIN attendance_mark m ON m.enrolment_id = e.id
    WHERE e.id = ANY(${[...enrolmentIds]}::uuid[]) AND ${when}
    GROUP BY e.id, m.mark`
  const counts = new Map<string, Counts>()
  for (const { id, mark, n } of rows) counts.set(id, { ...(counts.get(id) ?? NO_MARKS), [mark]: n })
  return counts
}
