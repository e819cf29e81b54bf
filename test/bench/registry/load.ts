import { matchKeys } from '@satuanak/domain-kit'
import pg from 'pg'
import type { BenchPerson, Population } from './population.ts'

const BATCH = 5_000

/** Writes persons `from` to `to` as the registry would hold them, a batch at a time, and gathers the statistics. */
export async function load(
  databaseUrl: string,
  custody: Custody,
  population: Population,
  from: number,
  to: number,
): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    for (let at = from; at < to; at += BATCH) {
      const persons = Array.from({ length: Math.min(BATCH, to - at) }, (_, n) => population.person(at + n))
      await client.query('BEGIN')
      await insert(
        client,
        'person',
        persons.map((one) => personRow(one, custody)),
      )
      await insert(client, 'paper', persons.flatMap(paperRows))
      await insert(
        client,
        'platform.child_known',
        persons.map(({ id }) => ({ child_id: id })),
      )
      await client.query('COMMIT')
    }
    // What autovacuum does by itself, at a moment of ours.
    await client.query('VACUUM ANALYZE')
  } finally {
    await client.end()
  }
}

async function insert(client: pg.Client, table: string, rows: readonly object[]): Promise<void> {
  const columns = Object.keys(rows[0] ?? {}).join(', ')
  await client.query(
    `INSERT INTO ${table} (${columns}) SELECT ${columns} FROM jsonb_populate_recordset(NULL::${table}, $1::jsonb)`,
    [JSON.stringify(rows)],
  )
}

const RECORDED_AT = '2026-01-05T02:00:00Z'

/** What seals a NIK; the registry's own. */
interface Custody {
  seal(nik: string, childId: string): Record<'cipher' | 'index', Uint8Array> & Record<'keyId' | 'last4', string>
}

function personRow(
  { id, nik, name, mother, sex, birthDate, kelurahan, papers }: BenchPerson,
  custody: Custody,
): object {
  const sealed = papers.includes('NIK') ? custody.seal(nik, id) : null
  return {
    id,
    name,
    name_key: matchKeys(name)[0],
    sex,
    birth_date: birthDate,
    birth_precision: 'HARI',
    mother_name: mother,
    mother_key: matchKeys(mother)[0],
    kelurahan,
    nik_cipher: sealed && bytes(sealed.cipher),
    nik_key_id: sealed?.keyId ?? null,
    nik_index: sealed && bytes(sealed.index),
    nik_last4: sealed?.last4 ?? null,
    match_verdict: 'TIDAK_ADA',
    registered_by: 'DUKCAPIL',
    registered_at: RECORDED_AT,
  }
}

/** As PostgreSQL reads bytes out of JSON. */
const bytes = (value: Uint8Array): string => `\\x${Buffer.from(value).toString('hex')}`

const paperRows = ({ id, papers }: BenchPerson): object[] =>
  papers.map((kind) => ({ child_id: id, kind, recorded_by: 'DUKCAPIL', recorded_at: RECORDED_AT }))
