import { createHash } from 'node:crypto'
import type { SqlClient, Tx } from '@satuanak/messaging'

/** The last sealed link: what other services witness, so that no agency can cut its own past off (DESIGN §7). */
export interface AuditHead {
  readonly position: number
  readonly hash: string
}

export interface AuditBreak {
  readonly position: number
  /** Id of the entry at that position; null where it is missing. */
  readonly id: string | null
  /** `MISSING` entry, `PREVIOUS` hash is not its predecessor's, `HASH` is not its content's, `WITNESS` saw another. */
  readonly reason: 'MISSING' | 'PREVIOUS' | 'HASH' | 'WITNESS'
}

const GENESIS: AuditHead = { position: 0, hash: '0'.repeat(64) }
const BATCH = 1_000
/** 'audit' in ASCII: one sealer per database. */
const SEAL_LOCK = 0x61_75_64_69_74

/** Text as PostgreSQL prints it, so that a hash never depends on a driver's idea of dates or numbers. */
const CONTENT = `
  id::text, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at, actor, agency,
  to_json(roles)::text AS roles, action, purpose, to_json(subjects)::text AS subjects, detail::text AS detail,
  trace_id, result`

interface ContentRow {
  readonly id: string
  readonly at: string
  readonly actor: string
  readonly agency: string
  readonly roles: string
  readonly action: string
  readonly purpose: string | null
  readonly subjects: string
  readonly detail: string
  readonly trace_id: string | null
  readonly result: string
}

interface SealedRow extends ContentRow {
  readonly position: string
  readonly previous_hash: string
  readonly hash: string
}

/**
 * Chains entries that are not yet sealed, oldest first, at most a thousand. An entry that commits late is sealed later:
 * the order of the chain is the order of sealing, not of `at`. Several sealers may run; they wait for each other.
 * @returns how many were sealed and the head; call again while it is a thousand.
 */
export async function sealAudit(tx: Tx): Promise<{ readonly sealed: number; readonly head: AuditHead }> {
  await tx.$queryRawUnsafe(`SELECT pg_advisory_xact_lock(${SEAL_LOCK})::text`)
  let head = await findHead(tx)
  const rows = await tx.$queryRawUnsafe<ContentRow[]>(
    `SELECT ${CONTENT} FROM platform.audit_entry WHERE position IS NULL ORDER BY audit_entry.at, audit_entry.id LIMIT ${BATCH}`,
  )
  const links = rows.map((row) => {
    const previous = head.hash
    head = { position: head.position + 1, hash: linkHash(row, head) }
    return { id: row.id, position: String(head.position), previous, hash: head.hash }
  })
  if (links.length > 0) await writeSeals(tx, links)
  return { sealed: links.length, head }
}

/** The last sealed link, position 0 where nothing is sealed yet. */
export async function findHead(sql: SqlClient): Promise<AuditHead> {
  const [last] = await sql.$queryRawUnsafe<{ position: string; hash: string }[]>(
    'SELECT position::text, hash FROM platform.audit_entry WHERE position IS NOT NULL ORDER BY audit_entry.position DESC LIMIT 1',
  )
  return last ? { position: Number(last.position), hash: last.hash } : GENESIS
}

/**
 * Walks the whole chain from its beginning, a batch at a time.
 * @param witnessed heads that others saw earlier; without one, entries cut off the end cannot be missed.
 * @returns the first broken link, or null.
 */
export async function verifyAudit(sql: SqlClient, witnessed: readonly AuditHead[] = []): Promise<AuditBreak | null> {
  const seen = new Map(witnessed.map(({ position, hash }) => [position, hash]))
  let head = GENESIS
  for (;;) {
    const rows = await sql.$queryRawUnsafe<SealedRow[]>(
      `SELECT ${CONTENT}, position::text AS position, previous_hash, hash FROM platform.audit_entry
       WHERE audit_entry.position > $1::bigint ORDER BY audit_entry.position LIMIT ${BATCH}`,
      String(head.position),
    )
    for (const row of rows) {
      const broken = brokenLink(row, head, seen)
      if (broken) return broken
      head = { position: Number(row.position), hash: row.hash }
    }
    if (rows.length < BATCH) return cutOff(head, seen)
  }
}

function brokenLink(row: SealedRow, head: AuditHead, seen: ReadonlyMap<number, string>): AuditBreak | null {
  const position = head.position + 1
  if (Number(row.position) !== position) return { position, id: null, reason: 'MISSING' }
  if (row.previous_hash !== head.hash) return { position, id: row.id, reason: 'PREVIOUS' }
  if (row.hash !== linkHash(row, head)) return { position, id: row.id, reason: 'HASH' }
  const witness = seen.get(position)
  return witness !== undefined && witness !== row.hash ? { position, id: row.id, reason: 'WITNESS' } : null
}

function cutOff(head: AuditHead, seen: ReadonlyMap<number, string>): AuditBreak | null {
  const isLonger = [...seen.keys()].some((position) => position > head.position)
  return isLonger ? { position: head.position + 1, id: null, reason: 'MISSING' } : null
}

const linkHash = (row: ContentRow, previous: AuditHead): string =>
  createHash('sha256')
    .update(
      canonicalJson({
        position: previous.position + 1,
        previousHash: previous.hash,
        id: row.id,
        at: row.at,
        actor: row.actor,
        agency: row.agency,
        roles: JSON.parse(row.roles),
        action: row.action,
        purpose: row.purpose,
        subjects: JSON.parse(row.subjects),
        detail: JSON.parse(row.detail),
        traceId: row.trace_id,
        result: row.result,
      }),
    )
    .digest('hex')

/** One text per value: keys sorted by code unit, no spaces, numbers and strings as ECMAScript prints them (RFC 8785). */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (value !== null && typeof value === 'object') {
    const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1))
    return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`).join(',')}}`
  }
  return JSON.stringify(value)
}

interface Link {
  readonly id: string
  readonly position: string
  readonly previous: string
  readonly hash: string
}

async function writeSeals(tx: Tx, links: readonly Link[]): Promise<void> {
  await tx.$executeRawUnsafe(
    `UPDATE platform.audit_entry AS entry SET position = link.position, previous_hash = link.previous, hash = link.hash
     FROM unnest($1::text[]::uuid[], $2::text[]::bigint[], $3::text[], $4::text[]) AS link (id, position, previous, hash)
     WHERE entry.id = link.id`,
    links.map(({ id }) => id),
    links.map(({ position }) => position),
    links.map(({ previous }) => previous),
    links.map(({ hash }) => hash),
  )
}
