import type { AgencyCode, AtsOpd, AtsReason } from '@satuanak/contracts'
import type { EducationTx } from '../../app.ts'
import type { Prisma, PrismaClient } from '../../gen/prisma/client.ts'
import type { Cause, Mapping, Proposal, ProposalState } from './domain.ts'

type Reader = Pick<PrismaClient, 'atsCause'>
type Row = Prisma.AtsCauseGetPayload<object>

const toDate = (at: Temporal.Instant): Date => new Date(at.epochMilliseconds)
const toInstant = (date: Date): Temporal.Instant => Temporal.Instant.fromEpochMilliseconds(date.getTime())

/** The causes that stand of each of these records, the primary one first, in one statement. */
export async function findCauses(
  reader: Reader,
  recordIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Cause[]>> {
  const rows = await reader.atsCause.findMany({
    where: { recordId: { in: [...recordIds] }, supersededAt: null },
    orderBy: [{ primary: 'desc' }, { reason: 'asc' }],
  })
  return Map.groupBy(rows.map(toCause), ({ recordId }) => recordId)
}

export const findCausesOf = async (reader: Reader, recordId: string): Promise<readonly Cause[]> =>
  (await findCauses(reader, [recordId])).get(recordId) ?? []

/** Those that stand and were proposed by this referral; two may share one (RF-R4). */
export async function findCausesOfReferral(reader: Reader, referralId: string): Promise<readonly Cause[]> {
  const rows = await reader.atsCause.findMany({ where: { referralId, supersededAt: null } })
  return rows.map(toCause)
}

export interface Mapped {
  readonly recordId: string
  readonly by: string
  readonly at: Temporal.Instant
  readonly newId: () => string
}

/** First no cause is primary, for two never are at once. */
export async function saveMappingInTx(tx: EducationTx, { kept, superseded, added }: Mapping, mapped: Mapped) {
  const { recordId, by, at, newId } = mapped
  await tx.atsCause.updateMany({ where: { recordId, supersededAt: null }, data: { primary: false } })
  await tx.atsCause.updateMany({ where: { id: { in: [...superseded] } }, data: { supersededAt: toDate(at) } })
  const primary = kept.find((one) => one.primary)
  if (primary) await tx.atsCause.update({ where: { id: primary.id }, data: { primary: true } })
  const row = { recordId, mappedBy: by, mappedAt: toDate(at) }
  await tx.atsCause.createMany({ data: added.map((cause) => ({ ...cause, ...row, id: newId() })) })
}

export async function decideOpdInTx(
  tx: EducationTx,
  id: string,
  decided: { readonly opd: AtsOpd; readonly by: string; readonly at: Temporal.Instant },
): Promise<void> {
  const { opd, by: decidedBy, at } = decided
  await tx.atsCause.update({ where: { id }, data: { opd, decidedBy, decidedAt: toDate(at) } })
}

export async function proposeCausesInTx(tx: EducationTx, ids: readonly string[], at: Temporal.Instant): Promise<void> {
  const proposal: ProposalState = 'DIUSULKAN'
  await tx.atsCause.updateMany({ where: { id: { in: [...ids] } }, data: { proposal, proposedAt: toDate(at) } })
}

/** The proposal is on its OPD's desk as this referral. */
export async function placeCauseInTx(tx: EducationTx, id: string, referralId: string): Promise<void> {
  await tx.atsCause.updateMany({ where: { id }, data: { referralId } })
}

/** What an OPD said, to each cause that the referral is about. */
export async function answerCausesInTx(
  tx: EducationTx,
  ids: readonly string[],
  answer: Pick<Proposal, 'state'> & Partial<Pick<Proposal, 'declineReason' | 'proposedAgency' | 'outcome'>>,
  at: Temporal.Instant,
): Promise<void> {
  const { state: proposal, ...codes } = answer
  await tx.atsCause.updateMany({
    where: { id: { in: [...ids] } },
    data: { ...codes, proposal, answeredAt: toDate(at) },
  })
}

const toCause = (row: Row): Cause => ({
  id: row.id,
  recordId: row.recordId,
  reason: row.reason as AtsReason,
  primary: row.primary,
  opd: row.opd as AtsOpd | null,
  note: row.note,
  proposal: row.proposal === null || row.proposedAt === null ? null : toProposal(row, row.proposedAt),
})

const toProposal = (row: Row, proposedAt: Date): Proposal => ({
  state: row.proposal as ProposalState,
  proposedAt: toInstant(proposedAt),
  referralId: row.referralId,
  answeredAt: row.answeredAt && toInstant(row.answeredAt),
  declineReason: row.declineReason,
  proposedAgency: row.proposedAgency as AgencyCode | null,
  outcome: row.outcome,
})
