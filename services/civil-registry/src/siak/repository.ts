import type { RegistryTx } from '../app.ts'
import type { PrismaClient } from '../gen/prisma/client.ts'
import type { Sealed } from '../sealed-rows.ts'
import type { SiakSource } from './domain.ts'

type Reader = Pick<PrismaClient, '$queryRaw'>
/** Blind index of a NIK in hex (ID-09). */
export type NikIndex = string
/** Of a look-up's row, for good: what is sealed in it is bound to this, the index changes with the keys (ADR 0020). */
export type LookUpId = string

/** As text, many rows travel in one parameter: as bytes, each would be converted by itself. */
interface Written {
  readonly cipher: string
  readonly key: string
}

const written = ({ cipher, keyId }: Sealed): Written => ({ cipher: Buffer.from(cipher).toString('hex'), key: keyId })
const read = ({ cipher, key }: Written): Sealed => ({ cipher: new Uint8Array(Buffer.from(cipher, 'hex')), keyId: key })
const joined = (indexes: readonly NikIndex[]): string => indexes.join(',')

/** A question to the register: the NIK sealed, and by its blind indexes under every key of the ring. */
export interface Question {
  readonly id: LookUpId
  readonly index: NikIndex
  readonly otherIndexes: readonly NikIndex[]
  readonly nik: Sealed
}

/** A question that is this process's to put to the register, once, on this day. */
export interface Claim {
  readonly id: LookUpId
}

/** An answer as it is kept; `record` is null where the register knows nobody by that NIK. */
export interface KeptAnswer {
  readonly id: LookUpId
  readonly record: Sealed | null
  readonly source: SiakSource
  readonly answeredAt: Temporal.Instant
  readonly expiresAt: Temporal.Instant
}

/** The register's day: local date, how many questions it takes, and the moment. */
export interface Moment {
  readonly day: Temporal.PlainDate
  readonly quota: number
  readonly now: Temporal.Instant
}

/** What a round with the register does to the rest of the day. */
export interface Outcome {
  readonly exhausted: boolean
  /** Rounds without any answer, one after the other. */
  readonly failures: number
  readonly awayUntil: Temporal.Instant | null
}

interface Reserved {
  /** Questions that may still be put to the register today; 0 while it is left alone. */
  readonly left: number
  readonly failures: number
}

/** Locks the day, so that all who claim do it one after the other and the quota is counted once. */
async function lockDayInTx(tx: RegistryTx, { day, quota, now }: Moment): Promise<Reserved> {
  await tx.$executeRaw`INSERT INTO siak_day (day) VALUES (${day.toString()}::date) ON CONFLICT DO NOTHING`
  const [row] = await tx.$queryRaw<{ reserved: number; open: boolean; failures: number }[]>`
    SELECT reserved, failures,
           NOT exhausted AND coalesce(away_until <= ${now.toString()}::timestamptz, true) AS open
    FROM siak_day WHERE day = ${day.toString()}::date FOR UPDATE`
  return { left: row?.open ? Math.max(0, quota - row.reserved) : 0, failures: row?.failures ?? 0 }
}

const reserveInTx = (tx: RegistryTx, { day }: Moment, count: number) =>
  tx.$executeRaw`UPDATE siak_day SET reserved = reserved + ${count} WHERE day = ${day.toString()}::date`

/** What was claimed, and how often in a row the register has been away today. */
export interface Claimed<Of extends Claim = Claim> {
  readonly claims: readonly Of[]
  readonly failures: number
}

/**
 * Writes new questions down, once per NIK, and claims as many as the day's quota leaves. An answer past its day is a
 * question again. Questions that wait already stay where they are, whoever asks.
 */
export async function saveQuestionsInTx(
  tx: RegistryTx,
  questions: readonly Question[],
  moment: Moment,
): Promise<Claimed> {
  const { left, failures } = await lockDayInTx(tx, moment)
  const [day, now] = [moment.day.toString(), moment.now.toString()]
  const under = new Set((await forgetPastInTx(tx, questions, moment)).map(({ index }) => index))
  const rows = questions
    .filter(({ otherIndexes }) => !otherIndexes.some((index) => under.has(index)))
    .map(({ id, index, nik }, n) => ({ n, id, index, ...written(nik) }))
  const claims = await tx.$queryRaw<Claim[]>`
    WITH saved AS (
      INSERT INTO siak_lookup AS kept (id, nik_index, nik_cipher, nik_key_id, state, waiting_since, asked_on)
      SELECT id, decode(index, 'hex'), decode(cipher, 'hex'), key, 'MENUNGGU', ${now}::timestamptz,
             CASE WHEN n < ${left} THEN ${day}::date END
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) asked(n int, id uuid, index text, cipher text, key text)
      ORDER BY index
      ON CONFLICT (nik_index) DO UPDATE
        SET id = excluded.id, nik_cipher = excluded.nik_cipher, nik_key_id = excluded.nik_key_id, state = 'MENUNGGU',
            waiting_since = excluded.waiting_since, asked_on = excluded.asked_on
        WHERE kept.state = 'TERJAWAB' AND kept.expires_at <= ${now}::timestamptz
          AND kept.asked_on IS DISTINCT FROM ${day}::date
      RETURNING id, asked_on)
    SELECT id FROM saved WHERE asked_on IS NOT NULL`
  await reserveInTx(tx, moment, claims.length)
  return { claims, failures }
}

/**
 * What stands under an older key of the ring about these NIKs; an answer past its day goes, since it is asked anew under
 * the current one.
 */
async function forgetPastInTx(tx: RegistryTx, questions: readonly Question[], { day, now }: Moment) {
  const others = questions.flatMap(({ otherIndexes }) => otherIndexes)
  if (others.length === 0) return []
  await tx.$executeRaw`
    DELETE FROM siak_lookup USING unnest(string_to_array(${joined(others)}, ',')) index
    WHERE nik_index = decode(index, 'hex') AND state = 'TERJAWAB' AND expires_at <= ${now.toString()}::timestamptz
      AND asked_on IS DISTINCT FROM ${day.toString()}::date`
  return tx.$queryRaw<{ index: NikIndex }[]>`
    SELECT index FROM unnest(string_to_array(${joined(others)}, ',')) index
    JOIN siak_lookup ON nik_index = decode(index, 'hex')`
}

/** Claims the questions that have waited longest, as far as the quota goes; none that was asked today already. */
export async function claimWaitingInTx(
  tx: RegistryTx,
  moment: Moment,
  limit: number,
): Promise<Claimed<Claim & { readonly nik: Sealed }>> {
  const { left, failures } = await lockDayInTx(tx, moment)
  if (left === 0) return { claims: [], failures }
  const day = moment.day.toString()
  const rows = await tx.$queryRaw<(Written & Claim)[]>`
    UPDATE siak_lookup asked SET asked_on = ${day}::date
    FROM (SELECT id FROM siak_lookup
          WHERE state = 'MENUNGGU' AND asked_on IS DISTINCT FROM ${day}::date
          ORDER BY waiting_since, id LIMIT ${Math.min(left, limit)} FOR UPDATE) due
    WHERE asked.id = due.id
    RETURNING asked.id, encode(asked.nik_cipher, 'hex') AS cipher, asked.nik_key_id AS key`
  await reserveInTx(tx, moment, rows.length)
  return { claims: rows.map(({ id, ...nik }) => ({ id, nik: read(nik) })), failures }
}

/** Keeps what the register answered. */
export async function saveAnswersInTx(tx: RegistryTx, answers: readonly KeptAnswer[]): Promise<void> {
  if (answers.length === 0) return
  const rows = answers.map(({ id, record, source, answeredAt, expiresAt }) => ({
    id,
    source,
    at: answeredAt.toString(),
    until: expiresAt.toString(),
    ...(record && written(record)),
  }))
  // Rows are held in the order of their index, here and by whoever asks: the two never wait for each other. Whoever claims
  // what waits takes others: none that was asked today.
  await tx.$executeRaw`
    WITH answered AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) one(
        id uuid, cipher text, key text, source text, at timestamptz, until timestamptz)
    ), held AS (
      SELECT id FROM siak_lookup WHERE id IN (SELECT id FROM answered) AND state = 'MENUNGGU'
      ORDER BY nik_index FOR UPDATE
    )
    UPDATE siak_lookup kept
    SET state = 'TERJAWAB', record_cipher = decode(cipher, 'hex'), record_key_id = key, source = answered.source,
        answered_at = at, expires_at = until
    FROM answered JOIN held USING (id)
    WHERE kept.id = answered.id`
}

/** What the register said unasked: its answer, and the NIK for where there is no row yet. */
export interface Told {
  readonly question: Question
  /** Sealed for the row of this id. */
  answerFor(id: LookUpId): KeptAnswer
}

/** Keeps it in place of the answer or the question that there is. */
export async function saveToldInTx(tx: RegistryTx, { question, answerFor }: Told, moment: Moment): Promise<void> {
  const { index, otherIndexes, nik } = question
  // Whoever writes questions down holds the day too: there is one row for the NIK, or none.
  await lockDayInTx(tx, moment)
  const [kept] = await tx.$queryRaw<{ id: LookUpId }[]>`
    SELECT id FROM unnest(string_to_array(${joined([index, ...otherIndexes])}, ',')) index
    JOIN siak_lookup ON nik_index = decode(index, 'hex') LIMIT 1`
  const { id, record, source, answeredAt, expiresAt } = answerFor(kept?.id ?? question.id)
  const [at, until, sealed] = [answeredAt.toString(), expiresAt.toString(), written(nik)]
  const { cipher, key } = record ? written(record) : { cipher: null, key: null }
  await tx.$executeRaw`
    INSERT INTO siak_lookup (id, nik_index, nik_cipher, nik_key_id, state, waiting_since, record_cipher, record_key_id,
                             source, answered_at, expires_at)
    VALUES (${id}::uuid, decode(${index}, 'hex'), decode(${sealed.cipher}, 'hex'), ${sealed.key}, 'TERJAWAB',
            ${at}::timestamptz, decode(${cipher}, 'hex'), ${key}, ${source}, ${at}::timestamptz, ${until}::timestamptz)
    ON CONFLICT (id) DO UPDATE
      SET state = 'TERJAWAB', record_cipher = excluded.record_cipher, record_key_id = excluded.record_key_id,
          source = excluded.source, answered_at = excluded.answered_at, expires_at = excluded.expires_at`
}

/** Gives back what was claimed and not asked, and writes down how the register was met. */
export async function saveOutcomeInTx(
  tx: RegistryTx,
  { day }: Moment,
  unasked: readonly Claim[],
  { exhausted, failures, awayUntil }: Outcome,
): Promise<void> {
  await tx.$executeRaw`
    UPDATE siak_day
    SET reserved = reserved - ${unasked.length}, exhausted = exhausted OR ${exhausted}, failures = ${failures},
        away_until = ${awayUntil?.toString() ?? null}::timestamptz
    WHERE day = ${day.toString()}::date`
  if (unasked.length === 0) return
  await tx.$executeRaw`
    UPDATE siak_lookup SET asked_on = NULL
    WHERE id = ANY(${unasked.map(({ id }) => id)}::uuid[]) AND state = 'MENUNGGU'`
}

interface LookupRow {
  readonly id: LookUpId
  readonly index: NikIndex
  readonly state: 'MENUNGGU' | 'TERJAWAB'
  readonly cipher: string | null
  readonly key: string | null
  readonly source: SiakSource | null
  readonly waitingSince: Date
  readonly answeredAt: Date | null
  readonly expiresAt: Date | null
}

/** A question that was written down: its answer, or null while it waits. */
export interface Kept {
  readonly index: NikIndex
  readonly waitingSince: Temporal.Instant
  readonly answer: KeptAnswer | null
}

const instantOf = (date: Date): Temporal.Instant => Temporal.Instant.fromEpochMilliseconds(date.getTime())

/** The answers and the waiting questions about these NIKs; an answer past its day is left out. */
export async function findKept(reader: Reader, indexes: readonly NikIndex[], now: Temporal.Instant): Promise<Kept[]> {
  const rows = await reader.$queryRaw<LookupRow[]>`
    SELECT id, index, state, encode(record_cipher, 'hex') AS cipher, record_key_id AS key, source,
           waiting_since AS "waitingSince", answered_at AS "answeredAt", expires_at AS "expiresAt"
    FROM unnest(string_to_array(${joined(indexes)}, ',')) index
    JOIN siak_lookup ON nik_index = decode(index, 'hex')
    WHERE (state = 'MENUNGGU' OR expires_at > ${now.toString()}::timestamptz)`
  return rows.map((row) => ({
    index: row.index,
    waitingSince: instantOf(row.waitingSince),
    answer: toAnswer(row),
  }))
}

function toAnswer({ state, id, cipher, key, source, answeredAt, expiresAt }: LookupRow): KeptAnswer | null {
  if (state === 'MENUNGGU' || source === null || answeredAt === null || expiresAt === null) return null
  const record = cipher === null || key === null ? null : read({ cipher, key })
  return { id, record, source, answeredAt: instantOf(answeredAt), expiresAt: instantOf(expiresAt) }
}
