import type { AgencyCode, ChildId } from '@satuanak/contracts'
import type { RegistryTx } from '../app.ts'
import type { PrismaClient } from '../gen/prisma/client.ts'
import type { KkReason, KkRecord } from './domain.ts'

type Reader = Pick<PrismaClient, 'personKk'>
type Bytes = Uint8Array<ArrayBuffer>

/** A KK as it is written: the number sealed, bound to this row (ID-09). */
export interface NewKk extends KkRecord {
  readonly personId: ChildId
  readonly sealed: { readonly cipher: Bytes; readonly keyId: string; readonly index: Bytes }
  readonly agency: AgencyCode
  readonly recordedBy: string
}

export async function saveKkInTx(tx: RegistryTx, { sealed, issuedOn, last4, recordedAt, ...kk }: NewKk): Promise<void> {
  await tx.personKk.create({
    data: {
      ...kk,
      kkCipher: sealed.cipher,
      kkKeyId: sealed.keyId,
      kkIndex: sealed.index,
      kkLast4: last4,
      issuedOn: new Date(`${issuedOn}T00:00:00Z`),
      recordedAt: new Date(recordedAt.epochMilliseconds),
    },
  })
}

/** Whether one of these records has this KK, by its indexes under all keys of the ring, with this issue date. */
export async function hasKk(
  reader: Reader,
  personIds: readonly ChildId[],
  indexes: readonly Bytes[],
  issuedOn: string,
): Promise<boolean> {
  const where = {
    personId: { in: [...personIds] },
    kkIndex: { in: [...indexes] },
    issuedOn: new Date(`${issuedOn}T00:00:00Z`),
  }
  return (await reader.personKk.count({ where })) > 0
}

export async function findKks(
  reader: Reader,
  personIds: readonly ChildId[],
): Promise<Map<ChildId, readonly KkRecord[]>> {
  const rows = await reader.personKk.findMany({
    where: { personId: { in: [...personIds] } },
    select: { id: true, personId: true, issuedOn: true, reason: true, kkLast4: true, recordedAt: true },
    orderBy: { id: 'asc' },
  })
  const kks = rows.map((row) => ({
    personId: row.personId as ChildId,
    id: row.id,
    issuedOn: row.issuedOn.toISOString().slice(0, 10),
    reason: row.reason as KkReason,
    last4: row.kkLast4,
    recordedAt: Temporal.Instant.fromEpochMilliseconds(row.recordedAt.getTime()),
  }))
  return Map.groupBy(kks, ({ personId }) => personId)
}

/** Counts the KK among the papers the child holds. @returns whether it lacked it until now */
export async function saveHeldKkInTx(tx: RegistryTx, childId: ChildId, by: AgencyCode, at: Temporal.Instant) {
  const { count } = await tx.paper.createMany({
    skipDuplicates: true,
    data: [{ childId, kind: 'KK', recordedBy: by, recordedAt: new Date(at.epochMilliseconds) }],
  })
  return count > 0
}
