import type { Sensitivity } from '@satuanak/contracts'
import { fields, optional, orRefuse, parseNpsn } from '@satuanak/domain-kit'
import { type Caller, decide, mayEver, territory } from '@satuanak/identity'
import type { RegistryApp } from '../app.ts'
import type { Batch, Card } from './domain.ts'
import { type BatchQuery, findBatches, findBatchPage } from './repository.ts'

export interface ListPrintBatches {
  readonly npsn?: string | null | undefined
  readonly after: BatchQuery['after']
  readonly limit: number
}

/** Print runs, the latest first; a school sees its own from the handover on. @throws InvalidInput */
export async function listPrintBatches(
  app: RegistryApp,
  caller: Caller,
  { npsn, after, limit }: ListPrintBatches,
): Promise<readonly Batch[]> {
  const { value } = orRefuse(fields({ npsn: optional(npsn, parseNpsn) }))
  const reach = territory(caller, 'ktp.card.read')
  return findBatchPage(app.db, { npsn: value.npsn?.code ?? null, territory: reach, after, limit })
}

/** The run that a mutation has just changed. */
export const findPrintBatch = async (app: RegistryApp, id: string): Promise<Batch | null> =>
  (await findBatches(app.db, [id]))[0] ?? null

/**
 * The cards of a run that this caller may see, as the levels of their children stand now. A card that was diverted is
 * the print desk's business: on a school's list it would tell that a pupil left, or became a social case (PV-14).
 */
export function visibleCards(
  caller: Caller,
  { npsn, cards }: Batch,
  levelOf: (card: Card) => Sensitivity,
): readonly Card[] {
  const schools = npsn === null ? [] : [npsn]
  const prints = mayEver(caller, 'ktp.print')
  return cards.filter(
    (card) =>
      decide(caller, 'ktp.card.read', { level: levelOf(card), schools }).allowed &&
      (prints || card.state !== 'KE_KECAMATAN'),
  )
}
