import type { ChildId, ExitReason, Level, Npsn } from '@satuanak/contracts'
import type { EducationTx } from '../app.ts'
import type { Enrolment as EnrolmentRow, PrismaClient } from '../gen/prisma/client.ts'
import type { Enrolment, Leaving } from './domain.ts'
import type { ClassPlace } from './domain-classes.ts'
import type { EntryReason } from './domain-reasons.ts'

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
  entryReason: row.entryReason as EntryReason | null,
  exitReason: row.exitReason as ExitReason | null,
  movedTo: row.movedTo as Npsn | null,
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

/** `followUpOn` is the day on which it is asked whether another school has taken the pupil. */
export async function endEnrolmentInTx(
  tx: EducationTx,
  id: string,
  { endedOn, exitReason, movedTo, followUpOn }: Leaving & { readonly followUpOn: Temporal.PlainDate | null },
): Promise<void> {
  const data = { endedOn: toDate(endedOn), exitReason, movedTo, followUpOn: followUpOn && toDate(followUpOn) }
  await tx.enrolment.update({ where: { id }, data })
}

/** Nothing is left to ask about these ids: a school has taken the child, or it was looked at. */
export async function dropFollowUpsInTx(tx: EducationTx, childIds: readonly ChildId[]): Promise<void> {
  await tx.enrolment.updateMany({
    where: { childId: { in: [...childIds] }, followUpOn: { not: null } },
    data: { followUpOn: null },
  })
}

/** One whose day of asking has come, the longest waiting first; null where there is none. */
export async function findDueFollowUp(reader: Reader, today: Temporal.PlainDate): Promise<Enrolment | null> {
  const row = await reader.enrolment.findFirst({
    where: { followUpOn: { lte: toDate(today) } },
    orderBy: [{ followUpOn: 'asc' }, { id: 'asc' }],
  })
  return row && toEnrolment(row)
}

/** Writes or corrects a pupil's class of one school year, and the grade that the enrolment shows. */
export async function saveClassInTx(
  tx: EducationTx,
  enrolmentId: string,
  { schoolYear, grade, rombel }: ClassPlace,
  { by, at }: { readonly by: string; readonly at: Temporal.Instant },
): Promise<void> {
  const what = { grade, rombel, recordedBy: by, recordedAt: new Date(at.epochMilliseconds) }
  await tx.enrolmentClass.upsert({
    where: { enrolmentId_schoolYear: { enrolmentId, schoolYear } },
    create: { enrolmentId, schoolYear, ...what },
    update: what,
  })
  const latest = await tx.enrolmentClass.findFirst({ where: { enrolmentId }, orderBy: { schoolYear: 'desc' } })
  await tx.enrolment.update({ where: { id: enrolmentId }, data: { grade: latest?.grade ?? null } })
}

/** The classes of these enrolments, by enrolment, the latest year first. */
export async function findClasses(
  reader: Pick<PrismaClient, 'enrolmentClass'>,
  enrolmentIds: readonly string[],
): Promise<Map<string, ClassPlace[]>> {
  const rows = await reader.enrolmentClass.findMany({
    where: { enrolmentId: { in: [...enrolmentIds] } },
    orderBy: { schoolYear: 'desc' },
  })
  const places = rows.map(({ enrolmentId, schoolYear, grade, rombel }) => ({
    enrolmentId,
    place: { schoolYear, grade, rombel },
  }))
  const byEnrolment = Map.groupBy(places, ({ enrolmentId }) => enrolmentId)
  return new Map([...byEnrolment].map(([id, some]) => [id, some.map(({ place }) => place)]))
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

export async function findEnrolmentsById(reader: Reader, ids: readonly string[]): Promise<Enrolment[]> {
  const rows = await reader.enrolment.findMany({ where: { id: { in: [...ids] } }, orderBy: { id: 'asc' } })
  return rows.map(toEnrolment)
}
