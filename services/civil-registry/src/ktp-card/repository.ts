import type { ChildId, Npsn } from '@satuanak/contracts'
import type { Territory } from '@satuanak/identity'
import type { RegistryTx } from '../app.ts'
import { Prisma, type PrismaClient } from '../gen/prisma/client.ts'
import type { Batch, Card, CardState, Handover } from './domain.ts'

type Reader = Pick<PrismaClient, 'printBatch' | 'printCard' | '$queryRaw'>

const WITH_CARDS = { cards: { orderBy: { number: 'asc' } } } as const satisfies Prisma.PrintBatchInclude
type Row = Prisma.PrintBatchGetPayload<{ include: typeof WITH_CARDS }>

const toDay = (date: Date): Temporal.PlainDate => Temporal.PlainDate.from(date.toISOString().slice(0, 10))
const fromDay = (day: Temporal.PlainDate): Date => new Date(`${day.toString()}T00:00:00Z`)
const toDate = (at: Temporal.Instant): Date => new Date(at.epochMilliseconds)

function toHandover(row: Row): Handover | null {
  if (row.baNumber === null || row.baYear === null || row.handedOn === null || row.returnOn === null) return null
  return {
    year: row.baYear,
    number: row.baNumber,
    on: toDay(row.handedOn),
    returnOn: toDay(row.returnOn),
    giver: { name: row.giverName ?? '', office: row.giverOffice ?? '' },
    receiver: { name: row.receiverName ?? '', office: row.receiverOffice ?? '' },
  }
}

const toBatch = (row: Row): Batch => ({
  id: row.id,
  npsn: row.npsn as Npsn | null,
  kecamatan: row.kecamatan,
  openedAt: Temporal.Instant.fromEpochMilliseconds(row.openedAt.getTime()),
  handover: toHandover(row),
  cards: row.cards.map(({ number, childId, state, spoiled }) => ({
    number,
    childId: childId as ChildId,
    state: state as CardState,
    spoiled,
  })),
})

export async function findBatches(reader: Reader, ids: readonly string[]): Promise<Batch[]> {
  const rows = await reader.printBatch.findMany({ where: { id: { in: [...ids] } }, include: WITH_CARDS })
  const byId = new Map(rows.map((row) => [row.id, toBatch(row)]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

/** The run, held until the transaction ends. */
export async function findBatchToChangeInTx(tx: RegistryTx, id: string): Promise<Batch | null> {
  await tx.$executeRaw`SELECT FROM print_batch WHERE id = ${id}::uuid FOR UPDATE`
  return (await findBatches(tx, [id]))[0] ?? null
}

export async function saveBatchInTx(tx: RegistryTx, { cards, ...batch }: Batch, openedBy: string): Promise<void> {
  const { id, npsn, kecamatan, openedAt } = batch
  await tx.printBatch.create({ data: { id, npsn, kecamatan, openedAt: toDate(openedAt), openedBy } })
  await tx.printCard.createMany({ data: cards.map((card) => ({ ...card, batchId: id })) })
}

export async function moveCardsInTx(
  tx: RegistryTx,
  batchId: string,
  cards: readonly Pick<Card, 'number'>[],
  step: { readonly state: CardState; readonly at: Temporal.Instant; readonly by: string },
): Promise<void> {
  await tx.printCard.updateMany({
    where: { batchId, number: { in: cards.map(({ number }) => number) } },
    data: { state: step.state, movedAt: toDate(step.at), movedBy: step.by },
  })
}

export async function addSpoiledInTx(tx: RegistryTx, batchId: string, cards: readonly Pick<Card, 'number'>[]) {
  const numbers = cards.map(({ number }) => number)
  await tx.printCard.updateMany({ where: { batchId, number: { in: numbers } }, data: { spoiled: { increment: 1 } } })
}

/** The next number of the year; held until the transaction ends, so that none is left out or given twice (BLG-R6). */
export async function nextNumberInTx(tx: RegistryTx, year: number): Promise<number> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('berita acara ktp', ${year}))`
  const { _max } = await tx.printBatch.aggregate({ where: { baYear: year }, _max: { baNumber: true } })
  return (_max.baNumber ?? 0) + 1
}

export async function saveHandoverInTx(tx: RegistryTx, batchId: string, handover: Handover): Promise<void> {
  await tx.printBatch.update({
    where: { id: batchId },
    data: {
      baYear: handover.year,
      baNumber: handover.number,
      handedOn: fromDay(handover.on),
      returnOn: fromDay(handover.returnOn),
      giverName: handover.giver.name,
      giverOffice: handover.giver.office,
      receiverName: handover.receiver.name,
      receiverOffice: handover.receiver.office,
    },
  })
}

/** Runs at schools whose unfetched cards go back today or should have gone: the longest due first. */
export async function findOverdueBatch(reader: Reader, today: Temporal.PlainDate): Promise<string | null> {
  const row = await reader.printBatch.findFirst({
    where: { npsn: { not: null }, returnOn: { lte: fromDay(today) }, cards: { some: { state: 'DISERAHKAN' } } },
    orderBy: [{ returnOn: 'asc' }, { id: 'asc' }],
    select: { id: true },
  })
  return row?.id ?? null
}

export interface BatchQuery {
  readonly npsn: string | null
  readonly territory: readonly Territory[]
  /** Id of the last one of the page before. */
  readonly after: readonly [string] | null
  readonly limit: number
}

/** Runs within the caller's reach, the latest first: a school's own, once they were handed over. */
export async function findBatchPage(reader: Reader, { npsn, territory, after, limit }: BatchQuery): Promise<Batch[]> {
  const reach = territory.flatMap((one) => {
    if (one.kind === 'all') return Prisma.sql`true`
    return one.kind === 'school' ? Prisma.sql`(b.npsn = ANY(${[...one.npsn]}) AND b.handed_on IS NOT NULL)` : []
  })
  const page = await reader.$queryRaw<{ id: string }[]>`
    SELECT b.id FROM print_batch b
    WHERE ${reach.length === 0 ? Prisma.sql`false` : Prisma.sql`(${Prisma.join(reach, ' OR ')})`}
      ${npsn === null ? Prisma.empty : Prisma.sql`AND b.npsn = ${npsn}`}
      ${after === null ? Prisma.empty : Prisma.sql`AND b.id < ${after[0]}::uuid`}
    ORDER BY b.id DESC LIMIT ${limit}`
  return findBatches(
    reader,
    page.map(({ id }) => id),
  )
}
