import type { ChildId } from '@satuanak/contracts'
import type { Nisn } from '@satuanak/domain-kit'
import type { EducationTx } from '../app.ts'
import type { PrismaClient } from '../gen/prisma/client.ts'

type Reader = Pick<PrismaClient, 'pupilNisn'>

/** NISN by child id; who has none has no entry. One statement. */
export async function findNisns(reader: Reader, childIds: readonly ChildId[]): Promise<Map<ChildId, Nisn>> {
  const rows = await reader.pupilNisn.findMany({ where: { childId: { in: [...childIds] } } })
  return new Map(rows.map(({ childId, nisn }) => [childId as ChildId, nisn]))
}

/** Whose number it is; null where it is nobody's. Waits for whoever is about to take it. */
export async function findHolderInTx(tx: EducationTx, nisn: Nisn): Promise<ChildId | null> {
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`nisn ${nisn}`}, 0))::text`
  const row = await tx.pupilNisn.findUnique({ where: { nisn } })
  return row && (row.childId as ChildId)
}

/** Writes the one number of a child, or corrects it: what stood under another of its ids stands no more. */
export async function saveNisnInTx(
  tx: EducationTx,
  { childId, nisn, ids }: { readonly childId: ChildId; readonly nisn: Nisn; readonly ids: readonly ChildId[] },
  { by, at }: { readonly by: string; readonly at: Temporal.Instant },
): Promise<void> {
  const what = { nisn, recordedBy: by, recordedAt: new Date(at.epochMilliseconds) }
  await tx.pupilNisn.deleteMany({ where: { childId: { in: ids.filter((id) => id !== childId) } } })
  await tx.pupilNisn.upsert({ where: { childId }, create: { childId, ...what }, update: what })
}
