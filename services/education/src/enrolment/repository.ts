import type { ChildId, Level, Npsn } from '@satuanak/contracts'
import type { EducationTx } from '../app.ts'
import type { Enrolment as EnrolmentRow, PrismaClient } from '../gen/prisma/client.ts'
import type { Enrolment } from './domain.ts'

export type Reader = Pick<PrismaClient, 'enrolment'>

const toDate = (day: Temporal.PlainDate): Date => new Date(`${day.toString()}T00:00:00Z`)
const toDay = (date: Date): Temporal.PlainDate => Temporal.PlainDate.from(date.toISOString().slice(0, 10))

const toEnrolment = (row: EnrolmentRow): Enrolment => ({
  id: row.id,
  childId: row.childId as ChildId,
  npsn: row.npsn as Npsn,
  level: row.level as Level,
  grade: row.grade,
  startedOn: toDay(row.startedOn),
  endedOn: row.endedOn && toDay(row.endedOn),
})

export async function saveEnrolmentInTx(
  tx: EducationTx,
  enrolment: Enrolment,
  { by, at }: { readonly by: string; readonly at: Temporal.Instant },
): Promise<void> {
  await tx.enrolment.create({
    data: {
      ...enrolment,
      startedOn: toDate(enrolment.startedOn),
      endedOn: enrolment.endedOn && toDate(enrolment.endedOn),
      recordedBy: by,
      recordedAt: new Date(at.epochMilliseconds),
    },
  })
}

export async function endEnrolmentInTx(tx: EducationTx, id: string, on: Temporal.PlainDate): Promise<void> {
  await tx.enrolment.update({ where: { id }, data: { endedOn: toDate(on) } })
}

/** Enrolments of these ids, the latest first. */
export async function findEnrolments(reader: Reader, childIds: readonly ChildId[]): Promise<Enrolment[]> {
  const rows = await reader.enrolment.findMany({
    where: { childId: { in: [...childIds] } },
    orderBy: [{ startedOn: 'desc' }, { id: 'desc' }],
  })
  return rows.map(toEnrolment)
}

export async function findEnrolment(reader: Reader, id: string): Promise<Enrolment | null> {
  const row = await reader.enrolment.findUnique({ where: { id } })
  return row && toEnrolment(row)
}
