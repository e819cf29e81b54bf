import { SERVICES } from '@satuanak/contracts'
import type { House } from './house.ts'

/** How many rows each table of each agency holds: `social.public.street_contact` → 3. */
export async function countRows(house: House): Promise<Record<string, number>> {
  const rows = `(${onTable('SELECT count(*) AS n FROM')})::integer AS rows`
  const tables = await everyTable<{ rows: number }>(house, rows, COUNTED)
  return Object.fromEntries(tables.map(({ table, rows }) => [table, rows]))
}

/** Everything that stands in each table of each agency, whatever its schema, as text; bytes in hexadecimal. */
export function dumpTables(house: House): Promise<{ readonly table: string; readonly text: string | null }[]> {
  const text = `${onTable(`SELECT string_agg(t::text, E'\\n') AS n FROM`, ' AS t')} AS text`
  return everyTable(house, text, `schemaname NOT IN ('pg_catalog', 'information_schema')`)
}

/** What triggers keep for the search follows from what is counted. */
const COUNTED = `schemaname IN ('public', 'platform')`

/** Carries out SQL in an agency's database as its owner, as an operator might by mistake. */
export function execute(house: House, service: (typeof SERVICES)[number], sql: string): Promise<number> {
  return house.service(service).app.db.$executeRawUnsafe(sql)
}

/** Runs `query` on the table at hand and takes its column `n`. */
const onTable = (query: string, alias = '') =>
  `(xpath('/row/n/text()', query_to_xml(format('${query.replaceAll("'", "''")} %I.%I${alias}', schemaname, tablename), true, true, '')))[1]::text`

async function everyTable<Row>(
  house: House,
  column: string,
  which: string,
): Promise<(Row & { readonly table: string })[]> {
  const sql = `SELECT current.name || '.' || schemaname || '.' || tablename AS table, ${column}
    FROM pg_tables, (SELECT name FROM platform.service) current
    WHERE ${which} ORDER BY 1`
  const found = await Promise.all(
    SERVICES.map((service) => house.service(service).app.db.$queryRawUnsafe<(Row & { table: string })[]>(sql)),
  )
  return found.flat()
}
