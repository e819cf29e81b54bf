import { trace } from '@opentelemetry/api'
import type { AgencyCode, Role } from '@satuanak/contracts'
import type { SqlClient, Tx } from '@satuanak/messaging'
import type { Permission } from './permissions.ts'
import type { Denial } from './refusals.ts'

/** Who did it. A `Caller` is one; a consumer gives the event's own actor and agency, without roles. */
export interface AuditActor {
  readonly subject: string
  readonly agency: AgencyCode
  readonly roles: readonly Role[]
}

type Code = string | number | boolean | null
/** Codes, ids and counts that say what was done: never a name, a NIK, an address or a sentence. */
export type AuditDetail = Readonly<Record<string, Code | readonly Code[]>>

interface Entry {
  readonly actor: AuditActor
  readonly action: string
  readonly subjects: readonly string[]
  readonly detail: AuditDetail
  readonly purpose: string | null
  readonly result: 'DONE' | 'REFUSED'
}

/**
 * One write, told in the transaction that does it: no audit, no write (DESIGN §7).
 * @param action the permission or deed, `referral.send`.
 * @param subjects ids of the children concerned, as they were written (never re-keyed).
 * @param purpose the code of why, where the deed asks for one (PV-03).
 * @throws Error when action, purpose or detail hold something that is not a code: a fault of ours.
 */
export async function audit(
  tx: Tx,
  actor: AuditActor,
  action: string,
  subjects: readonly string[],
  detail: AuditDetail = {},
  purpose: string | null = null,
): Promise<void> {
  await write(tx, { actor, action, subjects, detail, purpose, result: 'DONE' })
}

/** What one subgraph operation read of which children. */
export interface AuditedRead {
  /** The operation's name as the client gave it; anything but a GraphQL name is kept as `anonymous`. */
  readonly operation: string | null | undefined
  /** The permissions that were used to answer. */
  readonly permissions: readonly Permission[]
  readonly subjects: readonly string[]
}

/** One row per subgraph operation that showed personal data; written before the answer leaves. */
export async function auditRead(sql: SqlClient, actor: AuditActor, read: AuditedRead): Promise<void> {
  const detail = { operation: graphqlName(read.operation), permissions: [...new Set(read.permissions)].sort() }
  await write(sql, { actor, action: 'read', subjects: read.subjects, detail, purpose: null, result: 'DONE' })
}

/** What one subgraph operation was refused of one permission. */
export interface AuditedRefusal {
  /** As in `AuditedRead`. */
  readonly operation: string | null | undefined
  readonly permission: Permission
  readonly reasons: readonly Denial[]
  /** Ids of the children asked for, as far as they are known. */
  readonly subjects: readonly string[]
}

/** One row per subgraph operation and refused permission (PV-05). Outside the transaction, which a refusal rolls back. */
export async function auditRefusal(sql: SqlClient, actor: AuditActor, refusal: AuditedRefusal): Promise<void> {
  const { operation, permission: action, reasons, subjects } = refusal
  const detail = {
    code: 'NOT_PERMITTED',
    operation: graphqlName(operation),
    reasons: [...new Set(reasons)].sort(),
  }
  await write(sql, { actor, action, subjects, detail, purpose: null, result: 'REFUSED' })
}

const INSERT = `
  INSERT INTO platform.audit_entry (actor, agency, roles, action, purpose, subjects, detail, trace_id, result)
  VALUES ($1::text, $2::text, $3::text[], $4::text, $5::text, $6::text[]::uuid[], $7::jsonb, $8::text, $9::text)`

async function write(sql: SqlClient, entry: Entry): Promise<void> {
  const { actor, action, subjects, detail, purpose, result } = entry
  for (const code of codesIn(entry)) assertCode(code)
  const traceId = trace.getActiveSpan()?.spanContext().traceId ?? null
  await sql.$executeRawUnsafe(
    INSERT,
    actor.subject,
    actor.agency,
    [...actor.roles],
    action,
    purpose,
    [...new Set(subjects)],
    JSON.stringify(detail),
    traceId,
    result,
  )
}

/** No space, so no sentence and no full name; no run of 16 digits, so no NIK and no KK number. */
const CODE = /^[A-Za-z0-9_-][A-Za-z0-9_.:+-]{0,99}$/
const NIK_LIKE = /\d{16}/

function assertCode(value: string): void {
  // Without the value: it may be the very thing that must not be written down.
  if (!CODE.test(value) || NIK_LIKE.test(value)) throw new Error('An audit entry may hold codes only.')
}

function* codesIn({ action, purpose, detail }: Entry): Generator<string> {
  yield action
  if (purpose !== null) yield purpose
  for (const [key, value] of Object.entries(detail)) {
    yield key
    for (const one of Array.isArray(value) ? value : [value]) {
      if (typeof one === 'string' || typeof one === 'number') yield String(one)
    }
  }
}

const graphqlName = (name: string | null | undefined): string =>
  name && /^[_A-Za-z][_0-9A-Za-z]{0,99}$/.test(name) && !NIK_LIKE.test(name) ? name : 'anonymous'
