import type { KelurahanCode, Level, Npsn } from '@satuanak/contracts'
import type { EducationTx } from '../app.ts'
import { Prisma, type PrismaClient, type School as SchoolRow } from '../gen/prisma/client.ts'
import type { Provider, School, SchoolEnd, SchoolKind, SchoolStatus } from './domain.ts'

type Reader = Pick<PrismaClient, 'school' | '$queryRaw'>

const toDate = (day: Temporal.PlainDate): Date => new Date(`${day.toString()}T00:00:00Z`)
const toDay = (date: Date): Temporal.PlainDate => Temporal.PlainDate.from(date.toISOString().slice(0, 10))

const toSchool = (row: SchoolRow): School => ({
  ...row,
  npsn: row.npsn as Npsn,
  levels: row.levels as Level[],
  provider: row.provider as Provider,
  kelurahan: row.kelurahan as KelurahanCode,
  kind: row.kind as SchoolKind,
  closedOn: row.closedOn && toDay(row.closedOn),
  mergedInto: row.mergedInto as Npsn | null,
})

/** False where the number is taken. */
export async function saveSchoolInTx(tx: EducationTx, school: School): Promise<boolean> {
  const data = { ...school, levels: [...school.levels], closedOn: school.closedOn && toDate(school.closedOn) }
  const { count } = await tx.school.createMany({ data: [data], skipDuplicates: true })
  return count === 1
}

/** These schools, held against whoever is about to close one of them; always locked in the order of their numbers. */
export async function lockSchoolsInTx(tx: EducationTx, npsns: readonly Npsn[]): Promise<School[]> {
  await tx.$queryRaw`SELECT npsn FROM school WHERE npsn = ANY(${[...npsns]}) ORDER BY npsn FOR UPDATE`
  return findSchools(tx, npsns)
}

/** These schools, held open: none of them is closed while the transaction lasts. */
export async function holdSchoolsInTx(tx: EducationTx, npsns: readonly Npsn[]): Promise<School[]> {
  await tx.$queryRaw`SELECT npsn FROM school WHERE npsn = ANY(${[...npsns]}) ORDER BY npsn FOR SHARE`
  return findSchools(tx, npsns)
}

export async function closeSchoolInTx(tx: EducationTx, npsn: Npsn, { closedOn, mergedInto }: SchoolEnd): Promise<void> {
  await tx.school.update({ where: { npsn }, data: { closedOn: closedOn && toDate(closedOn), mergedInto } })
}

export async function findSchools(reader: Reader, npsns: readonly Npsn[]): Promise<School[]> {
  const rows = await reader.school.findMany({ where: { npsn: { in: [...npsns] } } })
  return rows.map(toSchool)
}

export interface SchoolQuery {
  readonly kelurahan: string | null
  readonly level: string | null
  readonly provider: string | null
  readonly kind: string | null
  readonly status: SchoolStatus | null
  /** The day by which the status is told. */
  readonly today: Temporal.PlainDate
  readonly search: string | null
  /** Name and NPSN of the last school of the page before. */
  readonly after: readonly [string, string] | null
  readonly limit: number
}

/** Schools by name, then NPSN. */
export async function findSchoolPage(reader: Reader, query: SchoolQuery): Promise<School[]> {
  const { kelurahan, level, provider, kind, search, after, limit } = query
  const like = search === null ? null : `%${search.replace(/[\\%_]/g, '\\$&')}%`
  const rows = await reader.$queryRaw<SchoolRow[]>`
    SELECT npsn, name, levels, provider, kelurahan, capacity, kind, latitude, longitude,
      closed_on AS "closedOn", merged_into AS "mergedInto"
    FROM school
    WHERE true
      ${kelurahan === null ? Prisma.empty : Prisma.sql`AND kelurahan = ${kelurahan}`}
      ${level === null ? Prisma.empty : Prisma.sql`AND ${level} = ANY(levels)`}
      ${provider === null ? Prisma.empty : Prisma.sql`AND provider = ${provider}`}
      ${kind === null ? Prisma.empty : Prisma.sql`AND kind = ${kind}`}
      ${standing(query)}
      ${like === null ? Prisma.empty : Prisma.sql`AND (name ILIKE ${like} OR npsn ILIKE ${like})`}
      ${after === null ? Prisma.empty : Prisma.sql`AND (name, npsn) > (${after[0]}, ${after[1]})`}
    ORDER BY name, npsn LIMIT ${limit}`
  return rows.map(toSchool)
}

/** As `statusOn` in domain.ts has it. */
function standing({ status, today }: SchoolQuery): Prisma.Sql {
  if (status === null) return Prisma.empty
  const over = Prisma.sql`COALESCE(closed_on <= ${today.toString()}::date, false)`
  if (status === 'AKTIF') return Prisma.sql`AND NOT ${over}`
  return status === 'TUTUP'
    ? Prisma.sql`AND ${over} AND merged_into IS NULL`
    : Prisma.sql`AND ${over} AND merged_into IS NOT NULL`
}
