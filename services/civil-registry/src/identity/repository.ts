import type { AgencyCode, ChildId, KelurahanCode, MatchVerdict, Paper, Precision, Sex } from '@satuanak/contracts'
import type { Territory } from '@satuanak/identity'
import type { RegistryTx } from '../app.ts'
import { Prisma, type PrismaClient } from '../gen/prisma/client.ts'
import { NO_ALIAS, within } from '../reach.ts'
import type { BlindIndex, Person, SealedNik } from './domain.ts'

type Reader = Pick<PrismaClient, 'person' | '$queryRaw'>

type PersonRow = Prisma.PersonGetPayload<{ include: { papers: true } }>

function toPerson(row: PersonRow): Person {
  return {
    id: row.id as ChildId,
    name: row.name,
    sex: row.sex as Sex,
    birthDate: row.birthDate?.toISOString().slice(0, 10) ?? null,
    birthDatePrecision: row.birthPrecision as Precision,
    birthPlace: row.birthPlace,
    motherName: row.motherName,
    address:
      row.kelurahan === null
        ? null
        : { kelurahan: row.kelurahan as KelurahanCode, rt: row.rt, rw: row.rw, line: row.addressLine },
    nikLast4: row.nikLast4,
    held: row.papers.map((paper) => paper.kind as Paper),
    match: row.matchVerdict as MatchVerdict,
    registeredBy: row.registeredBy as AgencyCode,
    registeredAt: Temporal.Instant.fromEpochMilliseconds(row.registeredAt.getTime()),
  }
}

/** Keys under which a person is searched for; made by the domain-kit from the names as written (ID-20). */
export interface MatchKeys {
  readonly name: string
  readonly mother: string | null
}

export interface NewPerson {
  readonly person: Person
  readonly keys: MatchKeys
  readonly nik: SealedNik | null
}

/** @returns false where this id was registered before: a presented child may come more than once. */
export async function savePersonInTx(tx: RegistryTx, { person, keys, nik }: NewPerson): Promise<boolean> {
  const { count } = await tx.person.createMany({
    skipDuplicates: true,
    data: {
      id: person.id,
      name: person.name,
      nameKey: keys.name,
      sex: person.sex,
      birthDate: person.birthDate === null ? null : new Date(`${person.birthDate}T00:00:00Z`),
      birthPrecision: person.birthDatePrecision,
      birthPlace: person.birthPlace,
      motherName: person.motherName,
      motherKey: keys.mother,
      kelurahan: person.address?.kelurahan ?? null,
      rt: person.address?.rt ?? null,
      rw: person.address?.rw ?? null,
      addressLine: person.address?.line ?? null,
      ...nikColumns(nik),
      matchVerdict: person.match,
      registeredBy: person.registeredBy,
      registeredAt: new Date(person.registeredAt.epochMilliseconds),
    },
  })
  if (count === 0) return false
  await tx.paper.createMany({
    data: person.held.map((kind) => ({
      childId: person.id,
      kind,
      recordedBy: person.registeredBy,
      recordedAt: new Date(person.registeredAt.epochMilliseconds),
    })),
  })
  return true
}

function nikColumns(nik: SealedNik | null) {
  if (nik === null) return {}
  return { nikCipher: nik.cipher, nikKeyId: nik.keyId, nikIndex: nik.index, nikLast4: nik.last4 }
}

/** Gives a child its NIK, and counts it among the papers it holds. */
export async function saveIssuedNikInTx(
  tx: RegistryTx,
  childId: ChildId,
  nik: SealedNik,
  recordedBy: AgencyCode,
  at: Temporal.Instant,
): Promise<void> {
  await tx.person.update({ where: { id: childId }, data: nikColumns(nik) })
  await tx.paper.create({ data: { childId, kind: 'NIK', recordedBy, recordedAt: new Date(at.epochMilliseconds) } })
}

/** Any number registered as one is: who brings an id that is there already is an error. */
export async function savePersonsInTx(tx: RegistryTx, newcomers: readonly NewPerson[]): Promise<void> {
  const rows = newcomers.map(({ person, keys, nik }) => ({
    id: person.id,
    name: person.name,
    name_key: keys.name,
    sex: person.sex,
    birth_date: person.birthDate,
    birth_precision: person.birthDatePrecision,
    birth_place: person.birthPlace,
    mother_name: person.motherName,
    mother_key: keys.mother,
    kelurahan: person.address?.kelurahan ?? null,
    rt: person.address?.rt ?? null,
    rw: person.address?.rw ?? null,
    address_line: person.address?.line ?? null,
    nik_cipher: nik && asBytes(nik.cipher),
    nik_key_id: nik?.keyId ?? null,
    nik_index: nik && asBytes(nik.index),
    nik_last4: nik?.last4 ?? null,
    match_verdict: person.match,
    registered_by: person.registeredBy,
    registered_at: person.registeredAt.toString({ smallestUnit: 'millisecond' }),
    held: person.held,
  }))
  await tx.$executeRaw`
    WITH one AS (
      SELECT * FROM json_to_recordset(${JSON.stringify(rows)}::json) AS one (
        id uuid, name text, name_key text, sex text, birth_date date, birth_precision text, birth_place text,
        mother_name text, mother_key text, kelurahan text, rt text, rw text, address_line text, nik_cipher bytea,
        nik_key_id text, nik_index bytea, nik_last4 text, match_verdict text, registered_by text,
        registered_at timestamptz, held text[])
    ), written AS (
      INSERT INTO person (id, name, name_key, sex, birth_date, birth_precision, birth_place, mother_name, mother_key,
        kelurahan, rt, rw, address_line, nik_cipher, nik_key_id, nik_index, nik_last4, match_verdict, registered_by,
        registered_at)
      SELECT id, name, name_key, sex, birth_date, birth_precision, birth_place, mother_name, mother_key, kelurahan, rt,
        rw, address_line, nik_cipher, nik_key_id, nik_index, nik_last4, match_verdict, registered_by, registered_at
      FROM one
    )
    INSERT INTO paper (child_id, kind, recorded_by, recorded_at)
    SELECT id, kind, registered_by, registered_at FROM one CROSS JOIN LATERAL unnest(held) kind`
}

/** As PostgreSQL reads bytes out of JSON. */
const asBytes = (value: Uint8Array): string => `\\x${Buffer.from(value).toString('hex')}`

const GATE = 'civil-registry: registering'

/**
 * One by one, registrations go side by side; a bulk registration waits for those under way and has the registry to
 * itself until its transaction ends. Taken before every other lock.
 */
export async function lockRegistrationInTx(tx: RegistryTx, mode: 'side by side' | 'alone'): Promise<void> {
  if (mode === 'alone') await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${GATE}, 0))`
  else await tx.$executeRaw`SELECT pg_advisory_xact_lock_shared(hashtextextended(${GATE}, 0))`
}

/** Who holds one of these NIKs, as far as it tells whether two are one person. */
export interface NikHolder {
  readonly id: ChildId
  /** The blind index, in hexadecimal digits. */
  readonly nikIndex: string
  readonly nameKey: string
  readonly birthDate: string | null
}

/** The holders of any of these NIKs, each NIK's oldest record first. */
export async function findNikHolders(reader: Reader, nikIndexes: readonly string[]): Promise<NikHolder[]> {
  return reader.$queryRaw<NikHolder[]>`
    SELECT p.id, encode(p.nik_index, 'hex') AS "nikIndex", p.name_key AS "nameKey", p.birth_date::text AS "birthDate"
    FROM unnest(${[...nikIndexes]}::text[]) asked JOIN person p ON p.nik_index = decode(asked, 'hex')
    ORDER BY p.id`
}

/** Counts a paper among those a child holds. */
export async function savePaperInTx(
  tx: RegistryTx,
  paper: {
    readonly childId: ChildId
    readonly paper: Paper
    readonly recordedBy: AgencyCode
    readonly at: Temporal.Instant
  },
): Promise<void> {
  const { childId, paper: kind, recordedBy, at } = paper
  await tx.paper.create({ data: { childId, kind, recordedBy, recordedAt: new Date(at.epochMilliseconds) } })
}

/**
 * Holds off others who are about to give the same NIK to someone, until this transaction ends (ID-08). By each of its
 * indexes, in one order for all: two who know different keys of the ring still share one.
 */
export async function lockNikInTx(tx: RegistryTx, indexes: readonly BlindIndex[]): Promise<void> {
  const keys = indexes.map((index) => Buffer.from(index).readBigInt64BE(0)).toSorted((a, b) => (a < b ? -1 : 1))
  for (const key of keys) await tx.$executeRaw`SELECT pg_advisory_xact_lock(${key})`
}

/** Whoever holds a NIK, by its indexes under all keys of the ring. */
export async function findChildrenByNik(reader: Reader, indexes: readonly BlindIndex[]): Promise<ChildId[]> {
  const rows = await reader.person.findMany({
    where: { nikIndex: { in: [...indexes] } },
    select: { id: true },
    orderBy: { id: 'asc' },
  })
  return rows.map((row) => row.id as ChildId)
}

/** Id of the key under which a NIK's holders keep it; null where nobody holds it. */
export async function findHoldersKey(reader: Reader, indexes: readonly BlindIndex[]): Promise<string | null> {
  const holder = await reader.person.findFirst({
    where: { nikIndex: { in: [...indexes] } },
    select: { nikKeyId: true },
  })
  return holder?.nikKeyId ?? null
}

/** A sealed NIK with the record it is bound to. */
export type HeldNik = Pick<SealedNik, 'cipher' | 'keyId'> & { readonly personId: ChildId }

/** The NIK of the first of these records that has one. */
export async function findHeldNik(reader: Reader, ids: readonly ChildId[]): Promise<HeldNik | null> {
  const held = await findHeldNiks(reader, ids)
  return ids.flatMap((id) => held.get(id) ?? [])[0] ?? null
}

/** The NIKs of those of these records that have one: one statement. */
export async function findHeldNiks(reader: Reader, ids: readonly ChildId[]): Promise<ReadonlyMap<ChildId, HeldNik>> {
  const rows = await reader.person.findMany({
    where: { id: { in: [...ids] }, nikCipher: { not: null } },
    select: { id: true, nikCipher: true, nikKeyId: true },
  })
  return new Map(
    rows.flatMap(({ id, nikCipher: cipher, nikKeyId: keyId }) =>
      cipher === null || keyId === null ? [] : [[id as ChildId, { personId: id as ChildId, cipher, keyId }]],
    ),
  )
}

/** When a request that was carried out came in the first time. */
export async function findRequestedAt(reader: Reader, requestId: string): Promise<Temporal.Instant> {
  const [row] = await reader.$queryRaw<{ at: Date }[]>`
    SELECT at FROM platform.request WHERE request_id = ${requestId}::uuid`
  if (!row) throw new Error('the request was not kept')
  return Temporal.Instant.fromEpochMilliseconds(row.at.getTime())
}

export async function findPersons(reader: Reader, ids: readonly ChildId[]): Promise<Person[]> {
  const rows = await reader.person.findMany({
    where: { id: { in: [...ids] } },
    include: { papers: { orderBy: { kind: 'asc' } } },
    orderBy: { id: 'asc' },
  })
  return rows.map(toPerson)
}

/** Everything written of one person, locked: two officers cannot give papers to one child at once, under any id. */
export async function findPersonsInTx(tx: RegistryTx, ids: readonly ChildId[]): Promise<Person[]> {
  await tx.$queryRaw`SELECT id FROM person WHERE id = ANY(${[...ids]}::uuid[]) ORDER BY id FOR UPDATE`
  return findPersons(tx, ids)
}

interface PageOf<Keys> {
  readonly kelurahan: string | null
  readonly territory: readonly Territory[]
  readonly after: Keys | null
  readonly limit: number
}

export interface PaperQuery extends PageOf<readonly [string]> {
  readonly paper: Paper
}

/** Ids in their own order, which is that of registration. */
export async function findChildrenWithout(
  reader: Reader,
  { paper, kelurahan, territory, after, limit }: PaperQuery,
): Promise<ChildId[]> {
  const rows = await reader.$queryRaw<{ id: ChildId }[]>`
    SELECT p.id FROM person p
    WHERE NOT EXISTS (SELECT FROM paper held WHERE held.child_id = p.id AND held.kind = ${paper})
      ${kelurahan === null ? Prisma.empty : Prisma.sql`AND p.kelurahan = ${kelurahan}`}
      ${after === null ? Prisma.empty : Prisma.sql`AND p.id > ${after[0]}::uuid`}
      AND ${NO_ALIAS} AND ${within(territory)}
    ORDER BY p.id LIMIT ${limit}`
  return rows.map((row) => row.id)
}
