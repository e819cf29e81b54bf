import type { EducationTx } from '../../app.ts'
import type { Prisma, PrismaClient } from '../../gen/prisma/client.ts'
import type { Answers, Instrument } from './domain.ts'

type Reader = Pick<PrismaClient, 'atsInstrument' | '$queryRaw'>
type Row = Prisma.AtsInstrumentGetPayload<object>

export interface Recorded {
  readonly recordId: string
  readonly answers: Answers
  readonly by: string
  readonly at: Temporal.Instant
}

/** Adds a filling in after those that are there; whoever calls holds the record's child. */
export async function addInstrumentInTx(tx: EducationTx, { recordId, answers, by, at }: Recorded): Promise<void> {
  const number = (await tx.atsInstrument.count({ where: { recordId } })) + 1
  const recordedAt = new Date(at.epochMilliseconds)
  await tx.atsInstrument.create({ data: { ...answers, recordId, number, recordedBy: by, recordedAt } })
}

/** The latest of each record that has one, in two statements for any number of records. */
export async function findInstruments(
  reader: Reader,
  recordIds: readonly string[],
): Promise<ReadonlyMap<string, Instrument>> {
  const rows = await reader.$queryRaw<{ record_id: string; number: number }[]>`
    SELECT record_id, max(number)::int AS number FROM ats_instrument
    WHERE record_id = ANY(${[...recordIds]}::uuid[]) GROUP BY record_id`
  if (rows.length === 0) return new Map()
  const latest = await reader.atsInstrument.findMany({
    where: { OR: rows.map(({ record_id: recordId, number }) => ({ recordId, number })) },
  })
  return new Map(latest.map((row) => [row.recordId, toInstrument(row)]))
}

export async function hasInstrument(reader: Reader, recordId: string): Promise<boolean> {
  return (await reader.atsInstrument.count({ where: { recordId } })) > 0
}

// The form is the only way in, so what stands in the row are the codes of `Answers`.
const toInstrument = ({ recordedBy: _, recordedAt, ...row }: Row): Instrument => ({
  ...(row as Omit<Row, 'recordedAt' | 'recordedBy'> & Answers),
  recordedAt: Temporal.Instant.fromEpochMilliseconds(recordedAt.getTime()),
})
