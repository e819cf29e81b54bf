import type { ChildId } from '@satuanak/contracts'
import type { RegistryTx } from '../app.ts'
import type { MatchPair as PairRow, Prisma, PrismaClient } from '../gen/prisma/client.ts'
import { inOrder, type MatchPair, type PairState, type PairVerdict, type Reason } from './domain.ts'

type Reader = Pick<PrismaClient, 'matchPair' | '$queryRaw'>

function toPair(row: PairRow): MatchPair {
  return {
    id: row.id,
    low: row.lowId as ChildId,
    high: row.highId as ChildId,
    verdict: row.verdict as PairVerdict | null,
    score: row.score?.toNumber() ?? null,
    reasons: row.reasons as unknown as Reason[],
    foundAt: Temporal.Instant.fromEpochMilliseconds(row.foundAt.getTime()),
    state: row.state as PairState,
    decidedAt: row.decidedAt && Temporal.Instant.fromEpochMilliseconds(row.decidedAt.getTime()),
    note: row.note,
  }
}

/** Holds off every other decision of the desk until this transaction ends: groups may not change under a decision. */
export async function lockDeskInTx(tx: RegistryTx): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('review desk', 0))`
}

/** Which of these ids the registry has a record under. */
export async function findRecorded(reader: Pick<PrismaClient, 'person'>, ids: readonly ChildId[]): Promise<ChildId[]> {
  const rows = await reader.person.findMany({ where: { id: { in: [...ids] } }, select: { id: true } })
  return rows.map(({ id }) => id as ChildId)
}

/** The id that an officer linked this one to; null where it is nobody's alias. */
export async function findCanonicalOf(reader: Pick<Reader, '$queryRaw'>, alias: ChildId): Promise<ChildId | null> {
  const [link] = await reader.$queryRaw<{ canonical: ChildId }[]>`
    SELECT canonical_id::text AS canonical FROM platform.child_alias WHERE alias_id = ${alias}::uuid AND linked`
  return link?.canonical ?? null
}

export type FoundPair = Pick<MatchPair, 'id' | 'low' | 'high' | 'verdict' | 'score' | 'reasons' | 'foundAt'>

/** Puts what the index found before the officer. A pair that was found before keeps its place and its decision. */
export async function saveFoundPairsInTx(tx: RegistryTx, pairs: readonly FoundPair[]): Promise<void> {
  const rows = pairs.map((pair) => ({ ...pair, foundAt: pair.foundAt.toString() }))
  await tx.$executeRaw`
    INSERT INTO match_pair AS kept (id, low_id, high_id, verdict, score, reasons, found_at, state)
    SELECT id, low, high, verdict, score, reasons, "foundAt", 'MENUNGGU'
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS found(
      id uuid, low uuid, high uuid, verdict text, score numeric, reasons jsonb, "foundAt" timestamptz)
    ON CONFLICT (low_id, high_id) DO UPDATE
      SET verdict = excluded.verdict, score = excluded.score, reasons = excluded.reasons
      WHERE kept.state = 'MENUNGGU'`
}

/** Two persons, each by all its ids. */
export interface Between {
  readonly one: readonly ChildId[]
  readonly other: readonly ChildId[]
}

const between = ({ one, other }: Between): Prisma.MatchPairWhereInput => ({
  OR: [
    { lowId: { in: [...one] }, highId: { in: [...other] } },
    { lowId: { in: [...other] }, highId: { in: [...one] } },
  ],
})

/** Whether an officer declared these two persons distinct, under any of their ids. */
export async function areDistinct(reader: Reader, persons: Between): Promise<boolean> {
  return (await reader.matchPair.count({ where: { ...between(persons), state: 'BERBEDA' } })) > 0
}

export interface Decision {
  readonly state: PairState
  readonly decidedBy: string
  readonly decidedAt: Temporal.Instant
  readonly note: string
}

/** Writes an officer's decision on one pair, whether or not the index had found it. @returns the pair's id */
export async function savePairInTx(
  tx: RegistryTx,
  newId: string,
  [one, other]: readonly [ChildId, ChildId],
  decision: Decision,
): Promise<string> {
  const { low, high } = inOrder(one, other)
  const decided = columns(decision)
  const { id } = await tx.matchPair.upsert({
    where: { lowId_highId: { lowId: low, highId: high } },
    create: { id: newId, lowId: low, highId: high, reasons: [], foundAt: decided.decidedAt, ...decided },
    update: decided,
    select: { id: true },
  })
  return id
}

/** Gives every pair between these two persons that stands at `from` the same decision. */
export async function saveDecisionBetweenInTx(
  tx: RegistryTx,
  persons: Between,
  from: PairState,
  decision: Decision,
): Promise<void> {
  await tx.matchPair.updateMany({ where: { ...between(persons), state: from }, data: columns(decision) })
}

function columns({ decidedAt, ...decision }: Decision) {
  return { ...decision, decidedAt: new Date(decidedAt.epochMilliseconds) }
}

export async function findPair(reader: Reader, id: string): Promise<MatchPair | null> {
  const row = await reader.matchPair.findUnique({ where: { id } })
  return row && toPair(row)
}

export interface PairQuery {
  readonly state: PairState
  /** Up to which level of protection; 0 finds nothing. */
  readonly level: number
  readonly after: readonly [string] | null
  readonly limit: number
}

/**
 * Pairs in this state, oldest first. Of the waiting ones those that are still a question: not one person by now, not
 * declared distinct under any of their ids, and of several pairs between the same two persons the first.
 */
export async function findPairs(reader: Reader, { state, level, after, limit }: PairQuery): Promise<MatchPair[]> {
  const found = await reader.$queryRaw<{ id: string }[]>`
    SELECT p.id FROM match_pair p
    WHERE p.state = ${state} AND (${after?.[0] ?? null}::uuid IS NULL OR p.id > ${after?.[0] ?? null}::uuid)
      AND platform.child_level_of(p.low_id) <= ${level} AND platform.child_level_of(p.high_id) <= ${level}
      AND (${state} <> 'MENUNGGU' OR NOT EXISTS (
        SELECT FROM platform.child_group(p.low_id) a CROSS JOIN platform.child_group(p.high_id) b
        LEFT JOIN match_pair o
          ON o.low_id = least(a.member_id, b.member_id) AND o.high_id = greatest(a.member_id, b.member_id)
        WHERE a.member_id = b.member_id OR o.state = 'BERBEDA' OR (o.state = 'MENUNGGU' AND o.id < p.id)))
    ORDER BY p.id LIMIT ${limit}`
  const rows = await reader.matchPair.findMany({
    where: { id: { in: found.map(({ id }) => id) } },
    orderBy: { id: 'asc' },
  })
  return rows.map(toPair)
}
