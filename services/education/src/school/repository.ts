import type { KelurahanCode, Level, Npsn } from '@satuanak/contracts'
import { Prisma, type PrismaClient, type School as SchoolRow } from '../gen/prisma/client.ts'
import type { Provider, School } from './domain.ts'

type Reader = Pick<PrismaClient, 'school' | '$queryRaw'>

const toSchool = (row: SchoolRow): School => ({
  ...row,
  npsn: row.npsn as Npsn,
  levels: row.levels as Level[],
  provider: row.provider as Provider,
  kelurahan: row.kelurahan as KelurahanCode,
})

export async function findSchools(reader: Reader, npsns: readonly Npsn[]): Promise<School[]> {
  const rows = await reader.school.findMany({ where: { npsn: { in: [...npsns] } } })
  return rows.map(toSchool)
}

export interface SchoolQuery {
  readonly kelurahan: string | null
  readonly level: string | null
  readonly provider: string | null
  readonly search: string | null
  /** Name and NPSN of the last school of the page before. */
  readonly after: readonly [string, string] | null
  readonly limit: number
}

/** Schools by name, then NPSN. */
export async function findSchoolPage(reader: Reader, query: SchoolQuery): Promise<School[]> {
  const { kelurahan, level, provider, search, after, limit } = query
  const like = search === null ? null : `%${search.replace(/[\\%_]/g, '\\$&')}%`
  const rows = await reader.$queryRaw<SchoolRow[]>`
    SELECT npsn, name, levels, provider, kelurahan, capacity FROM school
    WHERE true
      ${kelurahan === null ? Prisma.empty : Prisma.sql`AND kelurahan = ${kelurahan}`}
      ${level === null ? Prisma.empty : Prisma.sql`AND ${level} = ANY(levels)`}
      ${provider === null ? Prisma.empty : Prisma.sql`AND provider = ${provider}`}
      ${like === null ? Prisma.empty : Prisma.sql`AND (name ILIKE ${like} OR npsn ILIKE ${like})`}
      ${after === null ? Prisma.empty : Prisma.sql`AND (name, npsn) > (${after[0]}, ${after[1]})`}
    ORDER BY name, npsn LIMIT ${limit}`
  return rows.map(toSchool)
}
