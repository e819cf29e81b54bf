import type { EducationTx } from '../app.ts'
import type { PrismaClient } from '../gen/prisma/client.ts'
import type { Ground, GroundCode } from './domain-grounds.ts'

type Reader = Pick<PrismaClient, 'atsSchoolGround'>

/** Adds what a school says to a record; once for each time at school. */
export async function addGroundInTx(
  tx: EducationTx,
  { recordId, enrolmentId, ground, since }: Ground & { readonly recordId: string; readonly enrolmentId: string },
): Promise<void> {
  const data = { recordId, enrolmentId, ground, since: new Date(`${since.toString()}T00:00:00Z`) }
  await tx.atsSchoolGround.createMany({ data: [data], skipDuplicates: true })
}

/** What schools say for these records, by record, the earliest first; in one statement. */
export async function findGrounds(reader: Reader, recordIds: readonly string[]): Promise<Map<string, Ground[]>> {
  const rows = await reader.atsSchoolGround.findMany({
    where: { recordId: { in: [...recordIds] } },
    orderBy: [{ since: 'asc' }, { enrolmentId: 'asc' }],
  })
  const grounds = new Map<string, Ground[]>()
  for (const { recordId, ground, since } of rows) {
    const one = { ground: ground as GroundCode, since: Temporal.PlainDate.from(since.toISOString().slice(0, 10)) }
    grounds.set(recordId, [...(grounds.get(recordId) ?? []), one])
  }
  return grounds
}
