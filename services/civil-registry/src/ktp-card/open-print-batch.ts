import type { Npsn } from '@satuanak/contracts'
import { fields, optional, orRefuse, parseNpsn, parseRegionCode, problem, wholeNumber } from '@satuanak/domain-kit'
import { audit, type Caller, permit } from '@satuanak/identity'
import type { RegistryApp } from '../app.ts'
import { listPrintable, takeFromPrintQueueInTx } from '../ktp-recording/take-from-print-queue.ts'
import { requireStockInTx } from '../ktp-stock/move-stock.ts'
import { MOST_CARDS } from './domain.ts'
import { NothingToPrint } from './errors.ts'
import { saveBatchInTx } from './repository.ts'

export interface OpenPrintBatch {
  readonly requestId: string
  readonly npsn?: string | null | undefined
  readonly kecamatan?: string | null | undefined
  /** At most so many cards. */
  readonly cards: number
}

/**
 * Opens a print run: the cards that wait longest for one school, or for one kecamatan those that no school may hand over
 * (EC-48, KT-10). Stock is promised to it, or the run is refused (BLG-R5).
 * @returns the run's id.
 * @throws InvalidInput, NothingToPrint, StockShort, NotPermitted, RequestIdReused.
 */
export async function openPrintBatch(app: RegistryApp, caller: Caller, command: OpenPrintBatch): Promise<string> {
  permit(caller, 'ktp.print', { level: 1 })
  const { value } = orRefuse(check(command))
  const destination = { npsn: value.npsn?.code ?? null, kecamatan: value.kecamatan?.dotted ?? null }
  return app.once(caller, { name: 'openPrintBatch', ...command, input: command }, async (tx) => {
    const next = await listPrintable(app, tx, caller, { ...destination, limit: value.cards })
    if (next.length === 0) throw new NothingToPrint()
    await requireStockInTx(tx, next.length)
    const taken = await takeFromPrintQueueInTx(app, tx, caller, { childIds: next, requestId: command.requestId })
    if (taken.length === 0) throw new NothingToPrint()
    const id = app.newId<string>()
    const cards = taken.map((childId, place) => ({ number: place + 1, childId, state: 'ANTRE', spoiled: 0 }) as const)
    const npsn = destination.npsn as Npsn | null
    await saveBatchInTx(tx, { id, ...destination, npsn, openedAt: app.now(), handover: null, cards }, caller.subject)
    await audit(tx, caller, 'ktp.print', taken, { batch: id, cards: taken.length })
    return id
  })
}

function check({ npsn, kecamatan, cards }: OpenPrintBatch) {
  return fields(
    {
      npsn: optional(npsn, parseNpsn),
      kecamatan: optional(kecamatan, (input) => parseRegionCode(input, { level: 'district' })),
      cards: wholeNumber(cards, { rule: 'BLG-R5', from: 1, to: MOST_CARDS }),
    },
    (value) => ((value.npsn === null) === (value.kecamatan === null) ? [ONE_DESTINATION] : []),
  )
}

const ONE_DESTINATION = problem(
  'BLG-07',
  {
    id: 'Pilih satu tujuan: sekolah (NPSN), atau kecamatan. Satu kelompok cetak diserahkan di satu tempat.',
    en: 'Choose one destination: a school (NPSN) or a kecamatan. One print run is handed over in one place.',
  },
  'npsn',
)
