import type { ChildId } from '@satuanak/contracts'
import type { RegistryTx } from '../app.ts'
import type { PrismaClient } from '../gen/prisma/client.ts'

type Reader = Pick<PrismaClient, '$queryRaw'>

/** Which of these prints were registered before, in hexadecimal digits, and as whom. */
export async function findPrinted(reader: Reader, prints: readonly string[]): Promise<ReadonlyMap<string, ChildId>> {
  if (prints.length === 0) return new Map()
  const rows = await reader.$queryRaw<{ print: string; childId: ChildId }[]>`
    SELECT asked AS print, p.child_id AS "childId"
    FROM unnest(${[...prints]}::text[]) asked JOIN intake_print p ON p.print = decode(asked, 'hex')`
  return new Map(rows.map(({ print, childId }) => [print, childId]))
}

export async function savePrintsInTx(
  tx: RegistryTx,
  printed: readonly { readonly print: string; readonly childId: ChildId }[],
): Promise<void> {
  if (printed.length === 0) return
  await tx.$executeRaw`
    INSERT INTO intake_print (print, child_id)
    SELECT decode(print, 'hex'), "childId"
    FROM json_to_recordset(${JSON.stringify(printed)}::json) AS one (print text, "childId" uuid)`
}
