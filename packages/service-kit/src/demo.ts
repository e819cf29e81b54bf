import { type City, type CityReferral, generateCity } from '@satuanak/demo-city'
import pg from 'pg'
import { migrate } from './migrate.ts'

/** Rows by table, each row an object by column name; arrays and numbers as they are, bytes as `\x…`. */
export type InsertRows = (table: string, rows: readonly object[]) => Promise<void>

export interface DemoSpec {
  readonly databaseUrl: string
  readonly prismaFolder: string
  /** Writes this service's part of the city. */
  readonly load: (city: City, insert: InsertRows) => Promise<void>
  readonly children?: number
  /** The day on which the city stands: the same for all services, whenever each of them loads its part. */
  readonly today: Temporal.PlainDate
}

/** The variable `DEMO_DAY` (`2026-11-23`), or today where nobody said: a service loaded by hand. */
export function demoDay(written: string | undefined): Temporal.PlainDate {
  return written ? Temporal.PlainDate.from(written) : Temporal.Now.plainDateISO('Asia/Jakarta')
}

/**
 * Loads a service's part of the demo city: all of it or nothing, and nothing twice. Every service generates the same
 * city by itself, so their parts fit together. No event is told of it: each service also writes its own copy of what
 * the others would have told.
 */
export async function runDemo({ databaseUrl, prismaFolder, load, children, today }: DemoSpec): Promise<void> {
  await migrate({ databaseUrl, folder: prismaFolder })
  const city = await generateCity({
    today,
    ...(children === undefined ? {} : { children }),
  })
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  const insert: InsertRows = (table, rows) => insertRows(client, table, rows)
  try {
    await client.query('BEGIN')
    await insertProjections(city, insert)
    await load(city, insert)
    await client.query('COMMIT')
    await client.query('ANALYZE')
  } finally {
    await client.end()
  }
}

const BATCH = 5_000

async function insertRows(client: pg.Client, table: string, rows: readonly object[]): Promise<void> {
  const [first] = rows
  if (first === undefined) return
  const name = table
    .split('.')
    .map((part) => client.escapeIdentifier(part))
    .join('.')
  const columns = Object.keys(first)
    .map((column) => client.escapeIdentifier(column))
    .join(', ')
  for (let from = 0; from < rows.length; from += BATCH) {
    await client.query(
      `INSERT INTO ${name} (${columns}) SELECT ${columns} FROM jsonb_populate_recordset(NULL::${name}, $1::jsonb)
       ON CONFLICT DO NOTHING`,
      [JSON.stringify(rows.slice(from, from + BATCH))],
    )
  }
}

/**
 * What every service follows of every child: that there is one, protection levels, schools, and what open referrals
 * grant (DESIGN §7).
 */
async function insertProjections(city: City, insert: InsertRows): Promise<void> {
  const known: object[] = []
  const levels: object[] = []
  const grants: object[] = []
  const schools: object[] = []
  for (const child of city.children) {
    known.push({ child_id: child.id })
    if (child.level !== 2) levels.push({ child_id: child.id, level: child.level, version: 0 })
    if (child.enrolment)
      schools.push({ enrolment_id: child.enrolment.id, child_id: child.id, npsn: child.enrolment.npsn })
    for (const referral of child.referrals.filter(isOpen)) {
      const { id, to, grants: parts, expiresAt } = referral
      grants.push({
        referral_id: id,
        child_id: child.id,
        agency: to,
        parts,
        expires_at: expiresAt,
        live: true,
        version: 0,
      })
    }
  }
  await insert('platform.child_known', known)
  await insert('platform.child_level', levels)
  await insert('platform.referral_grant', grants)
  await insert('platform.child_school', schools)
}

const isOpen = ({ state }: CityReferral): boolean => state === 'TERKIRIM' || state === 'DITERIMA'
