import {
  AgencyCode,
  type ChildId,
  type EventId,
  type FactType,
  type KelurahanCode,
  Sensitivity,
} from '@satuanak/contracts'
import type { Tx } from '@satuanak/messaging'
import type { CoordinationClient } from '../app.ts'
import { Prisma, type PrismaClient } from '../gen/prisma/client.ts'
import type { TimelineEntry } from './domain.ts'

export type TimelineTx = Tx<CoordinationClient>
type Reader = Pick<PrismaClient, '$queryRaw'>

export async function saveTimelineEntryInTx(tx: TimelineTx, entry: TimelineEntry): Promise<void> {
  await tx.timelineEntry.create({
    data: {
      ...entry,
      at: new Date(entry.at.epochMilliseconds),
      parties: [...entry.parties],
      data: entry.data as Prisma.InputJsonValue,
    },
  })
}

/** The kelurahan named for each child that anyone has spoken of: domicile and place of the ATS record. */
export async function findPlaces(reader: Reader, ids: readonly ChildId[]): Promise<Map<ChildId, KelurahanCode[]>> {
  const rows = await reader.$queryRaw<{ childId: ChildId; kelurahan: KelurahanCode[] }[]>`
    SELECT child_id::text AS "childId",
           coalesce(array_agg(DISTINCT kelurahan::text) FILTER (WHERE kelurahan IS NOT NULL AND type NOT LIKE 'social.%'), '{}') AS kelurahan
    FROM timeline_entry WHERE child_id = ANY(${[...ids]}::uuid[]) GROUP BY child_id`
  return new Map(rows.map((row) => [row.childId, row.kelurahan]))
}

/** Some types of fact, as far as their reader may see them. */
export interface Sight {
  readonly types: readonly FactType[]
  /** Facts up to this sensitivity. */
  readonly level: Sensitivity
  /** Only facts to which this agency is party; null where that does not matter. */
  readonly party: AgencyCode | null
}

export interface TimelineQuery {
  /** The child asked for, and every id it was written under. */
  readonly asked: ChildId
  readonly members: readonly ChildId[]
  readonly sights: readonly Sight[]
}

/** The last entry seen: its moment and its place. */
export type TimelineKeys = readonly [at: string, place: string]

interface Row {
  readonly asked: ChildId
  readonly id: EventId
  readonly childId: ChildId
  readonly at: Date
  readonly place: string
  readonly type: FactType
  readonly agency: string
  readonly parties: string[]
  readonly kelurahan: string | null
  readonly sensitivity: number
  readonly data: unknown
}

/** The first `limit` entries after `after` of each child, oldest first: one statement for any number of children. */
export async function findTimelines(
  reader: Reader,
  queries: readonly TimelineQuery[],
  { after, limit }: { readonly after: TimelineKeys | null; readonly limit: number },
): Promise<Map<ChildId, TimelineEntry[]>> {
  const beyond =
    after === null ? Prisma.empty : Prisma.sql`AND (e.at, e.place) > (${after[0]}::timestamptz, ${after[1]})`
  const rows = await reader.$queryRaw<Row[]>`
    SELECT q.asked, e.id, e.child_id AS "childId", e.at, e.place, e.type, e.agency, e.parties, e.kelurahan, e.sensitivity, e.data
    FROM jsonb_to_recordset(${JSON.stringify(queries)}::jsonb) AS q(asked uuid, members uuid[], sights jsonb)
    CROSS JOIN LATERAL (
      SELECT * FROM timeline_entry e
      WHERE e.child_id = ANY(q.members) AND EXISTS (
        SELECT FROM jsonb_to_recordset(q.sights) AS s(types text[], level integer, party text)
        WHERE e.type = ANY(s.types) AND e.sensitivity <= s.level AND (s.party IS NULL OR s.party = ANY(e.parties))
      ) ${beyond}
      ORDER BY e.at, e.place LIMIT ${limit}
    ) e
    ORDER BY e.at, e.place`
  const found = Map.groupBy(rows, (row) => row.asked)
  return new Map([...found].map(([asked, entries]) => [asked, entries.map(toEntry)]))
}

function toEntry({ asked: _asked, ...row }: Row): TimelineEntry {
  return {
    ...row,
    at: Temporal.Instant.fromEpochMilliseconds(row.at.getTime()),
    agency: AgencyCode.parse(row.agency),
    parties: row.parties.map((code) => AgencyCode.parse(code)),
    sensitivity: Sensitivity.parse(row.sensitivity),
  }
}
