import type { ChildId, KelurahanCode, Precision, Sex } from '@satuanak/contracts'
import type { RegistryTx } from '../app.ts'
import { Prisma, type PrismaClient } from '../gen/prisma/client.ts'
import type { Sought } from './domain-compare.ts'
import { ROWS_PER_KEY } from './domain-keys.ts'

type Reader = Pick<PrismaClient, '$queryRaw'>

/** A record of the registry, as far as it is compared. */
export interface Known extends Sought {
  readonly id: ChildId
}

interface Row {
  readonly id: ChildId
  readonly name: string
  readonly sex: Sex
  readonly birth_date: string | null
  readonly birth_precision: Precision
  readonly mother_name: string | null
  readonly kelurahan: KelurahanCode | null
  readonly rt: string | null
  readonly rw: string | null
  readonly nik_index: string | null
}

function toKnown(row: Row): Known {
  return {
    id: row.id,
    name: row.name,
    sex: row.sex,
    birthDate: row.birth_date,
    birthDatePrecision: row.birth_precision,
    motherName: row.mother_name,
    address: row.kelurahan === null ? null : { kelurahan: row.kelurahan, rt: row.rt, rw: row.rw, line: null },
    nikIndex: row.nik_index,
  }
}

/**
 * Ids of the records that share a finding key or the NIK. One index lookup per key, each of so many rows at most:
 * counted in an aggregate, so that no limit can talk the planner into reading the table from its beginning.
 */
export function idsQuery(keys: readonly number[], nikIndex: string | null): Prisma.Sql {
  const byKey = keys.map(
    (key) =>
      Prisma.sql`SELECT (array_agg(child_id))[1:${ROWS_PER_KEY}::int] AS ids FROM match_key WHERE keys @> ARRAY[${key}::int]`,
  )
  const byNik = Prisma.sql`SELECT array_agg(id) FROM person WHERE nik_index = decode(${nikIndex}, 'hex')`
  return Prisma.sql`SELECT DISTINCT unnest(ids) AS id FROM (${Prisma.join([...byKey, byNik], ' UNION ALL ')}) found`
}

/** The records that share a finding key or the NIK. */
export async function findFindable(
  reader: Reader,
  keys: readonly number[],
  nikIndex: string | null,
): Promise<readonly Known[]> {
  const found = await reader.$queryRaw<{ id: ChildId }[]>(idsQuery(keys, nikIndex))
  return findKnown(
    reader,
    found.map(({ id }) => id),
  )
}

/** The first records that are found by nothing. */
export async function findWithoutKeys(reader: Reader, limit: number): Promise<readonly Known[]> {
  const rows = await reader.$queryRaw<{ id: ChildId }[]>`
    SELECT p.id FROM person p WHERE NOT EXISTS (SELECT FROM match_key k WHERE k.child_id = p.id) ORDER BY p.id LIMIT ${limit}`
  return findKnown(
    reader,
    rows.map(({ id }) => id),
  )
}

/** The records under these ids, in the order of the ids. */
export async function findKnown(reader: Reader, ids: readonly ChildId[]): Promise<readonly Known[]> {
  const rows = await reader.$queryRaw<Row[]>`
    SELECT p.id, p.name, p.sex, p.birth_date::text, p.birth_precision, p.mother_name, p.kelurahan, p.rt, p.rw,
           encode(p.nik_index, 'hex') AS nik_index
    FROM person p WHERE p.id = ANY(${[...ids]}::uuid[]) ORDER BY p.id`
  return rows.map(toKnown)
}

/** The records under each of these keys, as many of each as for one child; a key that finds nobody is left out. */
export async function findIdsByKey(
  reader: Reader,
  keys: readonly number[],
): Promise<ReadonlyMap<number, readonly ChildId[]>> {
  const rows = await reader.$queryRaw<{ key: number; ids: ChildId[] }[]>`
    SELECT asked.key, found.ids FROM unnest(${[...keys]}::int[]) AS asked (key)
    CROSS JOIN LATERAL (
      SELECT (array_agg(child_id))[1:${ROWS_PER_KEY}::int] AS ids FROM match_key WHERE keys @> ARRAY[asked.key]
    ) found
    WHERE found.ids IS NOT NULL`
  return new Map(rows.map(({ key, ids }) => [key, ids]))
}

/** The keys of many records that nobody was found by yet. */
export async function saveKeysOfManyInTx(
  tx: RegistryTx,
  records: readonly { readonly id: ChildId; readonly keys: readonly number[] }[],
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO match_key (child_id, keys)
    SELECT id, keys FROM json_to_recordset(${JSON.stringify(records)}::json) AS one (id uuid, keys int[])
    ON CONFLICT (child_id) DO NOTHING`
}

export async function saveKeysInTx(tx: RegistryTx, id: ChildId, keys: readonly number[]): Promise<void> {
  await tx.matchKey.upsert({
    where: { childId: id },
    create: { childId: id, keys: [...keys] },
    update: { keys: [...keys] },
  })
}

/** Holds off others who come in with one of these marks until this transaction ends. Taken in one order by all. */
export async function lockMarksInTx(tx: RegistryTx, marks: readonly string[]): Promise<void> {
  await tx.$executeRaw`
    SELECT pg_advisory_xact_lock(hashtextextended(mark, 0))
    FROM (SELECT mark FROM unnest(${[...marks]}::text[]) mark ORDER BY mark) one`
}
