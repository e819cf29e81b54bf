import type { ChildId, KelurahanCode, Need } from '@satuanak/contracts'
import type { Territory } from '@satuanak/identity'
import type { Tx } from '@satuanak/messaging'
import type { TransactionClient } from '@satuanak/service-kit'
import {
  type Assessment as AssessmentRow,
  type StreetContact as ContactRow,
  Prisma,
  type PrismaClient,
} from '../gen/prisma/client.ts'
import type { Activity, Assessment, StreetContact } from './domain.ts'

export type SocialTx = Tx<TransactionClient<PrismaClient>>
type Reader = Pick<PrismaClient, 'streetContact' | 'assessment' | '$queryRaw'>

const toDate = (day: Temporal.PlainDate): Date => new Date(`${day.toString()}T00:00:00Z`)
const toDay = (date: Date): Temporal.PlainDate => Temporal.PlainDate.from(date.toISOString().slice(0, 10))

const toContact = (row: ContactRow): StreetContact => ({
  id: row.id,
  childId: row.childId as ChildId,
  metOn: toDay(row.metOn),
  kelurahan: row.kelurahan as KelurahanCode,
  place: row.place,
  activity: row.activity as Activity,
  note: row.note,
  repeat: row.repeat,
})

const toAssessment = (row: AssessmentRow): Assessment => ({
  id: row.id,
  childId: row.childId as ChildId,
  doneOn: toDay(row.doneOn),
  droppedOut: row.droppedOut,
  needs: row.needs as Need[],
  conclusion: row.conclusion,
})

interface Recorded {
  readonly by: string
  readonly at: Temporal.Instant
}

export async function saveContactInTx(tx: SocialTx, contact: StreetContact, { by, at }: Recorded): Promise<void> {
  await tx.streetContact.create({
    data: {
      ...contact,
      metOn: toDate(contact.metOn),
      recordedBy: by,
      recordedAt: new Date(at.epochMilliseconds),
    },
  })
}

export async function saveAssessmentInTx(tx: SocialTx, assessment: Assessment, { by, at }: Recorded): Promise<void> {
  await tx.assessment.create({
    data: {
      ...assessment,
      needs: [...assessment.needs],
      doneOn: toDate(assessment.doneOn),
      recordedBy: by,
      recordedAt: new Date(at.epochMilliseconds),
    },
  })
}

/** Contacts of these ids, the latest first. */
export async function findContacts(reader: Reader, childIds: readonly ChildId[]): Promise<StreetContact[]> {
  const rows = await reader.streetContact.findMany({
    where: { childId: { in: [...childIds] } },
    orderBy: [{ metOn: 'desc' }, { id: 'desc' }],
  })
  return rows.map(toContact)
}

export async function findContact(reader: Reader, id: string): Promise<StreetContact | null> {
  const row = await reader.streetContact.findUnique({ where: { id } })
  return row && toContact(row)
}

/** Assessments of these ids, the latest first. */
export async function findAssessments(reader: Reader, childIds: readonly ChildId[]): Promise<Assessment[]> {
  const rows = await reader.assessment.findMany({
    where: { childId: { in: [...childIds] } },
    orderBy: [{ doneOn: 'desc' }, { id: 'desc' }],
  })
  return rows.map(toAssessment)
}

export async function findAssessment(reader: Reader, id: string): Promise<Assessment | null> {
  const row = await reader.assessment.findUnique({ where: { id } })
  return row && toAssessment(row)
}

export interface ContactQuery {
  readonly kelurahan: string | null
  readonly since: Temporal.PlainDate | null
  readonly territory: readonly Territory[]
  readonly after: readonly [string, string] | null
  readonly limit: number
}

/** Contacts in the caller's territory and level, the latest day first. */
export async function findContactPage(reader: Reader, query: ContactQuery): Promise<StreetContact[]> {
  const { kelurahan, since, territory, after, limit } = query
  const rows = await reader.$queryRaw<ContactRow[]>`
    SELECT c.id, c.child_id AS "childId", c.met_on AS "metOn", c.kelurahan, c.place, c.activity, c.note, c.repeat,
           c.recorded_by AS "recordedBy", c.recorded_at AS "recordedAt"
    FROM street_contact c
    WHERE ${within(territory)}
      ${kelurahan === null ? Prisma.empty : Prisma.sql`AND c.kelurahan = ${kelurahan}`}
      ${since === null ? Prisma.empty : Prisma.sql`AND c.met_on >= ${since.toString()}::date`}
      ${after === null ? Prisma.empty : Prisma.sql`AND (c.met_on, c.id) < (${after[0]}::date, ${after[1]}::uuid)`}
    ORDER BY c.met_on DESC, c.id DESC LIMIT ${limit}`
  return rows.map(toContact)
}

/** Where a caller may look. A grant opens a child by reference, never a list of children. */
function within(territories: readonly Territory[]): Prisma.Sql {
  const highest = Math.max(0, ...territories.map((one) => (one.kind === 'all' ? one.level : 0)))
  return highest === 0 ? Prisma.sql`false` : Prisma.sql`platform.child_level_of(c.child_id) <= ${highest}`
}
