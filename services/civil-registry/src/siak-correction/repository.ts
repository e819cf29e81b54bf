import type { ChildId } from '@satuanak/contracts'
import type { Caller } from '@satuanak/identity'
import type { RegistryTx } from '../app.ts'
import type { PrismaClient, SiakCorrection as SiakCorrectionRow } from '../gen/prisma/client.ts'
import type { CorrectedField, CorrectionState, SiakCorrection } from './domain.ts'

type Reader = Pick<PrismaClient, 'siakCorrection'>

const instantOf = (date: Date): Temporal.Instant => Temporal.Instant.fromEpochMilliseconds(date.getTime())
const dateOf = (instant: Temporal.Instant): Date => new Date(instant.epochMilliseconds)

function toCorrection(row: SiakCorrectionRow): SiakCorrection {
  return {
    id: row.id,
    childId: row.childId as ChildId,
    fields: row.fields as CorrectedField[],
    aktaNumber: row.aktaNumber,
    state: row.state as CorrectionState,
    requestedAt: instantOf(row.requestedAt),
    dueAt: instantOf(row.dueAt),
    correctedAt: row.correctedAt && instantOf(row.correctedAt),
    source: row.source as SiakCorrection['source'],
  }
}

type NewCorrection = Omit<SiakCorrection, 'state' | 'correctedAt' | 'source'>

export async function saveCorrectionInTx(tx: RegistryTx, note: NewCorrection, caller: Caller): Promise<void> {
  const { id, childId, fields, aktaNumber, requestedAt, dueAt } = note
  const times = { requestedAt: dateOf(requestedAt), dueAt: dateOf(dueAt) }
  await tx.siakCorrection.create({
    data: { id, childId, fields: [...fields], aktaNumber, state: 'MENUNGGU', requestedBy: caller.subject, ...times },
  })
}

export async function findCorrections(reader: Reader, ids: readonly string[]): Promise<SiakCorrection[]> {
  const rows = await reader.siakCorrection.findMany({ where: { id: { in: [...ids] } }, orderBy: { id: 'asc' } })
  return rows.map(toCorrection)
}

/** Every correction under these ids, the latest first: one statement for any number of children. */
export async function findCorrectionsOf(reader: Reader, ids: readonly ChildId[]): Promise<SiakCorrection[]> {
  const rows = await reader.siakCorrection.findMany({ where: { childId: { in: [...ids] } }, orderBy: { id: 'desc' } })
  return rows.map(toCorrection)
}

/** Who waits longest first. */
export async function findWaiting(reader: Reader, limit: number): Promise<string[]> {
  const rows = await reader.siakCorrection.findMany({
    where: { state: 'MENUNGGU' },
    orderBy: { id: 'asc' },
    take: limit,
    select: { id: true },
  })
  return rows.map(({ id }) => id)
}

/** Once: what is settled already stays as it is. */
export async function settleCorrectionInTx(
  tx: RegistryTx,
  id: string,
  { state, source }: { readonly state: CorrectionState; readonly source: SiakCorrection['source'] },
  at: Temporal.Instant,
): Promise<void> {
  const correctedAt = state === 'DIPERBAIKI' ? dateOf(at) : null
  await tx.siakCorrection.updateMany({ where: { id, state: 'MENUNGGU' }, data: { state, source, correctedAt } })
}
