import type { ChildId } from '@satuanak/contracts'
import type { Territory } from '@satuanak/identity'
import { Prisma, type PrismaClient } from '../gen/prisma/client.ts'
import { NO_ALIAS, within } from '../reach.ts'

type Reader = Pick<PrismaClient, '$queryRaw'>

/** One word asked for, of the own name (N) or the mother's (M): any of `words` will do. Never empty. */
export interface Term {
  readonly kind: 'N' | 'M'
  readonly words: readonly string[]
}

/** Every word in the registry's names that shares one of these forms; the caller sorts out which are alike. */
export async function findWordsByForm(
  reader: Reader,
  forms: readonly { readonly asked: string; readonly form: string }[],
): Promise<{ asked: string; word: string }[]> {
  return reader.$queryRaw`
    SELECT DISTINCT one.asked, standing.word
    FROM unnest(${forms.map(({ asked }) => asked)}::text[], ${forms.map(({ form }) => form)}::text[]) one (asked, form)
      JOIN search.word_form standing ON standing.form = one.form
    ORDER BY 1, 2`
}

/** How many persons stand under each term, in its order; none is counted beyond `bound`. */
export async function countPersons(reader: Reader, terms: readonly Term[], bound: number): Promise<number[]> {
  const counts = terms.map(
    ({ kind, words }) => Prisma.sql`(SELECT count(*)::int FROM (
      SELECT FROM search.person_word WHERE kind = ${kind} AND word = ANY(${[...words]}::text[]) LIMIT ${bound}) one)`,
  )
  const [row] = await reader.$queryRaw<{ counts: number[] }[]>`SELECT ARRAY[${Prisma.join(counts)}] AS counts`
  return row?.counts ?? []
}

export interface StretchQuery {
  /** Whose persons are read, in the order of their ids. */
  readonly driver: Term
  /** What else must stand in the names. */
  readonly others: readonly Term[]
  /** Who has all of these was found before. */
  readonly except: readonly Term[] | null
  readonly birthDate: string | null
  readonly birthYear: number | null
  readonly kelurahan: string | null
  readonly territory: readonly Territory[]
  readonly after: string | null
  readonly limit: number
  /**
   * How the driver's persons are read: `ALL` where they are few, in any order, then sorted; `BY_ID` where they are not
   * many; `MOST` where looking has to end after `most` of them.
   */
  readonly reading: 'ALL' | 'BY_ID' | 'MOST'
  readonly most: number
}

export interface Stretch {
  /** Who fits, by id. */
  readonly ids: readonly ChildId[]
  /** Where looking ended before either the page was full or the driver's persons had come to an end. */
  readonly stoppedAt: ChildId | null
}

/**
 * Reads persons of the driver's words by id until `limit` fit or `most` were looked at, in one covering index. All that
 * a person must meet stands in one expression, cheap parts first: no join can turn the order or read further. Where
 * looking ended is asked in the same statement, and worked out only where the page is not full.
 */
export async function findStretch(reader: Reader, query: StretchQuery): Promise<Stretch> {
  const { reading, limit, most } = query
  const persons = personsOf(query)
  const rows = await reader.$queryRaw<{ id: ChildId; fits: boolean }[]>`
    WITH found AS MATERIALIZED (
      SELECT p.id FROM (${persons} ${reading === 'MOST' ? Prisma.sql`LIMIT ${most}` : Prisma.empty}) p
      WHERE (${fits(query)} AND ${within(query.territory)} AND ${NO_ALIAS}) IS TRUE
      ORDER BY p.id LIMIT ${limit}
    )
    SELECT id, true AS fits FROM found
    ${reading === 'MOST' ? endOf(persons, query) : Prisma.empty}`
  const ids = rows.filter((row) => row.fits).map(({ id }) => id)
  return { ids, stoppedAt: rows.find((row) => !row.fits)?.id ?? null }
}

const endOf = (persons: Prisma.Sql, { limit, most }: StretchQuery): Prisma.Sql => Prisma.sql`
  UNION ALL
  SELECT id, false FROM (${persons} OFFSET ${most - 1} LIMIT 1) last
  WHERE (SELECT count(*) FROM found) < ${limit}`

/** The driver's persons, each once, by id. Of many, none is read before it is asked for: words' stretches are merged. */
function personsOf({ driver: { kind, words }, reading, after }: StretchQuery): Prisma.Sql {
  const onward = after === null ? Prisma.empty : Prisma.sql`AND person_id > ${after}::uuid`
  const stretch = (which: Prisma.Sql) => Prisma.sql`
    SELECT person_id AS id, birth_date, kelurahan, name_key, mother_key FROM search.person_word
    WHERE kind = ${kind} AND ${which} ${onward}`
  const stretches =
    reading === 'ALL'
      ? stretch(Prisma.sql`word = ANY(${[...words]}::text[])`)
      : Prisma.join(
          words.map((word) => stretch(Prisma.sql`word = ${word}`)),
          ' UNION ALL ',
        )
  return Prisma.sql`
    SELECT DISTINCT ON (id) id, birth_date, kelurahan, name_key, mother_key FROM (${stretches}) stretch ORDER BY id`
}

function fits({ others, except, birthDate, birthYear, kelurahan }: StretchQuery): Prisma.Sql {
  const tests = [
    birthDate === null ? [] : [Prisma.sql`p.birth_date = ${birthDate}::date`],
    birthYear === null ? [] : [Prisma.sql`extract(year FROM p.birth_date) = ${birthYear}`],
    kelurahan === null ? [] : [Prisma.sql`p.kelurahan = ${kelurahan}`],
    others.map(stands),
    except === null ? [] : [Prisma.sql`NOT (${all(except.map(stands))})`],
  ].flat()
  return all(tests)
}

const all = (tests: readonly Prisma.Sql[]): Prisma.Sql =>
  tests.length === 0 ? Prisma.sql`true` : Prisma.join([...tests], ' AND ')

/** One of the words stands in the name: keys part their words by one blank, and words hold letters and digits only. */
function stands({ kind, words }: Term): Prisma.Sql {
  const key = kind === 'N' ? Prisma.sql`p.name_key` : Prisma.sql`coalesce(p.mother_key, '')`
  return Prisma.sql`' ' || ${key} || ' ' LIKE ANY(${words.map((word) => `% ${word} %`)}::text[])`
}
