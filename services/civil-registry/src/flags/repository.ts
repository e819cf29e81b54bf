import type { ChildId } from '@satuanak/contracts'
import type { PrismaClient } from '../gen/prisma/client.ts'
import type { NikHolding } from './domain.ts'

interface Row extends NikHolding {
  readonly asked: ChildId
}

/** The NIKs of any number of persons, each by all its ids, and who else holds them: one statement. */
export async function findNikHoldings(
  reader: Pick<PrismaClient, '$queryRaw'>,
  persons: ReadonlyMap<ChildId, readonly ChildId[]>,
): Promise<Map<ChildId, Row[]>> {
  const asked = JSON.stringify([...persons].map(([id, ids]) => ({ asked: id, ids })))
  const rows = await reader.$queryRaw<Row[]>`
    SELECT q.asked, mine.id AS "recordId", encode(mine.nik_index, 'base64') AS nik,
           (SELECT coalesce(array_agg(theirs.id::text ORDER BY theirs.id), '{}') FROM person theirs
            WHERE theirs.nik_index = mine.nik_index AND theirs.id <> ALL(q.ids)) AS others
    FROM jsonb_to_recordset(${asked}::jsonb) AS q(asked uuid, ids uuid[])
    JOIN person mine ON mine.id = ANY(q.ids) AND mine.nik_index IS NOT NULL`
  return Map.groupBy(rows, (row) => row.asked)
}
