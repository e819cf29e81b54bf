import { AgencyCode, type ChildId, type EventId, Grantable, type ReferralId, Sensitivity } from '@satuanak/contracts'
import type { Territory } from '@satuanak/identity'
import type { Tx } from '@satuanak/messaging'
import type { CoordinationClient } from '../app.ts'
import { Prisma, type PrismaClient } from '../gen/prisma/client.ts'
import { type DeclineReason, OPEN_STATES, type Referral, type ReferralState, type Sent } from './domain.ts'
import type { Outcome, ReferralType } from './domain-referral-types.ts'

export type ReferralTx = Tx<CoordinationClient>
type Reader = Pick<PrismaClient, 'referral' | '$queryRaw'>
type Row = Prisma.ReferralGetPayload<object>

export async function saveReferralInTx(tx: ReferralTx, referral: Sent): Promise<void> {
  const { from, to, sentAt, ackDueAt, dueAt, expiresAt, parts, ...columns } = referral
  await tx.referral.create({
    data: {
      ...columns,
      fromAgency: from,
      toAgency: to,
      parts: [...parts],
      state: 'TERKIRIM',
      sentAt: toDate(sentAt),
      ackDueAt: toDate(ackDueAt),
      dueAt: toDate(dueAt),
      expiresAt: toDate(expiresAt),
    },
  })
}

/** Writes the receiver's answer: the state and what goes with it. The constraint `referral_answered` checks the set. */
export async function saveAnswerInTx(tx: ReferralTx, referral: Referral): Promise<void> {
  await tx.referral.update({ where: { id: referral.id }, data: answerColumns(referral) })
}

function answerColumns(referral: Referral): Prisma.ReferralUpdateInput {
  const { state } = referral
  switch (state) {
    case 'TERKIRIM':
      return { state }
    case 'DITERIMA':
      return { state, acceptedAt: toDate(referral.acceptedAt) }
    case 'DITOLAK': {
      const { declinedAt, declineReason, proposedAgency, answerNote } = referral
      return { state, declinedAt: toDate(declinedAt), declineReason, proposedAgency, answerNote }
    }
    case 'SELESAI': {
      const { completedAt, outcome, answerNote } = referral
      return { state, completedAt: toDate(completedAt), outcome, answerNote }
    }
  }
}

/** The referral, held until the transaction ends: of two answers the second sees the first. */
export async function findReferralInTx(tx: ReferralTx, id: ReferralId): Promise<Referral | null> {
  await tx.$queryRaw`SELECT 1 FROM referral WHERE id = ${id}::uuid FOR UPDATE`
  const row = await tx.referral.findUnique({ where: { id } })
  return row === null ? null : toReferral(row)
}

export async function findReferral(reader: Reader, id: ReferralId): Promise<Referral | null> {
  const row = await reader.referral.findUnique({ where: { id } })
  return row === null ? null : toReferral(row)
}

/** Oldest first. */
export async function findReferralsOfChildren(reader: Reader, ids: readonly ChildId[]): Promise<Referral[]> {
  const rows = await reader.referral.findMany({
    where: { childId: { in: [...ids] } },
    orderBy: [{ sentAt: 'asc' }, { id: 'asc' }],
  })
  return rows.map(toReferral)
}

/** Makes others who send the same of the same person wait until this transaction ends (RF-R4). */
export async function lockFlowInTx(tx: ReferralTx, canonical: ChildId, type: ReferralType): Promise<void> {
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`${canonical} ${type}`}, 0))::text`
}

export type Flow = Pick<Sent, 'type' | 'to' | 'toKelurahan' | 'sensitivity'>

/**
 * The open referral of this flow for any id of the person, if there is one (RF-R4). One that is kept more carefully is
 * never the same: whoever reads the one may not read the other.
 */
export async function findOpenReferralInTx(
  tx: ReferralTx,
  members: readonly ChildId[],
  { type, to, toKelurahan, sensitivity }: Flow,
): Promise<ReferralId | null> {
  const row = await tx.referral.findFirst({
    where: {
      childId: { in: [...members] },
      type,
      toAgency: to,
      toKelurahan,
      state: { in: OPEN_STATES },
      sensitivity: sensitivity > 2 ? sensitivity : { lte: 2 },
    },
    select: { id: true },
    orderBy: { sentAt: 'asc' },
  })
  return row === null ? null : (row.id as ReferralId)
}

/** The last referral seen: when it was sent, and its id. */
export type DeskKeys = readonly [sentAt: string, id: string]

export interface DeskQuery {
  /** `to`: what the agency received; `from`: what it sent. */
  readonly side: 'to' | 'from'
  readonly agency: AgencyCode
  readonly state: ReferralState | null
  readonly territory: readonly Territory[]
  readonly after: DeskKeys | null
  readonly limit: number
}

/** One agency's referrals, newest first, found by the index of their side. Level 4 is not even counted (PV-14). */
export async function findDesk(
  reader: Reader,
  { side, agency, state, territory, after, limit }: DeskQuery,
): Promise<Referral[]> {
  const column = side === 'to' ? Prisma.sql`r.to_agency` : Prisma.sql`r.from_agency`
  const rows = await reader.$queryRaw<{ id: string }[]>`
    SELECT r.id FROM referral r
    WHERE ${column} = ${agency}
      ${state === null ? Prisma.empty : Prisma.sql`AND r.state = ${state}`}
      ${after === null ? Prisma.empty : Prisma.sql`AND (r.sent_at, r.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`}
      AND ${within(side, territory)}
    ORDER BY r.sent_at DESC, r.id DESC LIMIT ${limit}`
  const found = await reader.referral.findMany({ where: { id: { in: rows.map((row) => row.id) } } })
  const byId = new Map(found.map((row) => [row.id, row]))
  return rows.flatMap(({ id }) => {
    const row = byId.get(id)
    return row === undefined ? [] : [toReferral(row)]
  })
}

/** Where the caller's permission reaches on this side of a referral. */
function within(side: DeskQuery['side'], territories: readonly Territory[]): Prisma.Sql {
  const level = Prisma.sql`greatest(r.sensitivity, platform.child_level_of(r.child_id))`
  const office = side === 'to' ? Prisma.sql`r.to_kelurahan` : Prisma.sql`r.from_kelurahan`
  const reach = territories.flatMap((one) => {
    if (one.kind === 'all' || one.kind === 'agency') return Prisma.sql`${level} <= ${one.level}`
    if (one.kind !== 'agency-kelurahan') return []
    return Prisma.sql`(${office} = ANY(${[...one.codes]}::text[]) AND ${level} <= ${one.level})`
  })
  return reach.length === 0 ? Prisma.sql`false` : Prisma.sql`(${Prisma.join(reach, ' OR ')})`
}

const toDate = (at: Temporal.Instant): Date => new Date(at.epochMilliseconds)
const toInstant = (at: Date): Temporal.Instant => Temporal.Instant.fromEpochMilliseconds(at.getTime())

/** What a state cannot be without; the constraint `referral_answered` promises it. */
function held<T>(value: T | null, row: Row): T {
  if (value === null) throw new Error(`referral ${row.id} in state ${row.state} lacks what its state needs`)
  return value
}

function toReferral(row: Row): Referral {
  return { ...toSent(row), ...toProgress(row) }
}

function toSent(row: Row): Sent {
  return {
    id: row.id as ReferralId,
    childId: row.childId as ChildId,
    type: row.type as ReferralType,
    from: AgencyCode.parse(row.fromAgency),
    to: AgencyCode.parse(row.toAgency),
    fromKelurahan: row.fromKelurahan,
    toKelurahan: row.toKelurahan,
    reason: row.reason,
    parts: row.parts.map((part) => Grantable.parse(part)),
    sentAt: toInstant(row.sentAt),
    ackDueAt: toInstant(row.ackDueAt),
    dueAt: toInstant(row.dueAt),
    expiresAt: toInstant(row.expiresAt),
    trigger: row.trigger as EventId | null,
    sensitivity: Sensitivity.parse(row.sensitivity),
  }
}

type ProgressOf<R> = R extends Referral ? Omit<R, keyof Sent> : never

function toProgress(row: Row): ProgressOf<Referral> {
  const state = row.state as ReferralState
  const { answerNote } = row
  switch (state) {
    case 'TERKIRIM':
      return { state }
    case 'DITERIMA':
      return { state, acceptedAt: toInstant(held(row.acceptedAt, row)) }
    case 'DITOLAK':
      return {
        state,
        acceptedAt: row.acceptedAt === null ? null : toInstant(row.acceptedAt),
        declinedAt: toInstant(held(row.declinedAt, row)),
        declineReason: held(row.declineReason, row) as DeclineReason,
        proposedAgency: row.proposedAgency === null ? null : AgencyCode.parse(row.proposedAgency),
        answerNote,
      }
    case 'SELESAI':
      return {
        state,
        acceptedAt: toInstant(held(row.acceptedAt, row)),
        completedAt: toInstant(held(row.completedAt, row)),
        outcome: held(row.outcome, row) as Outcome,
        answerNote,
      }
  }
}
