import type { ChildId } from '@satuanak/contracts'
import type { RegistryTx } from '../app.ts'
import type { IrisScreening as IrisScreeningRow, PrismaClient } from '../gen/prisma/client.ts'
import type { IrisOutcome, IrisScreening } from './domain.ts'

type Reader = Pick<PrismaClient, 'irisScreening'>

const toScreening = (row: IrisScreeningRow): IrisScreening => ({
  id: row.id,
  childId: row.childId as ChildId,
  screenedOn: Temporal.PlainDate.from(row.screenedOn.toISOString().slice(0, 10)),
  outcome: row.outcome as IrisOutcome,
})

export async function saveScreeningInTx(
  tx: RegistryTx,
  { id, childId, outcome, screenedOn }: IrisScreening,
  recorded: { readonly by: string; readonly at: Temporal.Instant },
): Promise<void> {
  await tx.irisScreening.create({
    data: {
      id,
      childId,
      outcome,
      screenedOn: new Date(`${screenedOn.toString()}T00:00:00Z`),
      recordedBy: recorded.by,
      recordedAt: new Date(recorded.at.epochMilliseconds),
    },
  })
}

/** Every screening under these ids, the latest first: one statement for any number of children. */
export async function findScreenings(reader: Reader, ids: readonly ChildId[]): Promise<IrisScreening[]> {
  const rows = await reader.irisScreening.findMany({ where: { childId: { in: [...ids] } }, orderBy: { id: 'desc' } })
  return rows.map(toScreening)
}
