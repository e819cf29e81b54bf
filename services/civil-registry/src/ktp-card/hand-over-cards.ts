import { fields, orRefuse, text, uuid, wholeNumber } from '@satuanak/domain-kit'
import { audit, type Caller, permit } from '@satuanak/identity'
import { emit } from '@satuanak/messaging'
import type { RegistryApp } from '../app.ts'
import { type Card, divideForHandover, MOST_CARDS, numberOf, returnDay, type Signatory } from './domain.ts'
import { AlreadyHandedOver, HandoverCountDiffers, NotYetPrinted, PrintBatchNotFound } from './errors.ts'
import { findBatchToChangeInTx, moveCardsInTx, nextNumberInTx, saveHandoverInTx } from './repository.ts'
import { filesFor, tellCardsInTx } from './tell-card.ts'

export interface HandOverCards {
  readonly requestId: string
  readonly batchId: string
  /** As counted on the table. */
  readonly count: number
  readonly giver: Signatory
  readonly receiver: Signatory
}

/**
 * Hands a run over with its Berita Acara (BLG-08, BLG-R6, DOC-14): whole, counted, signed for by both sides, numbered
 * through the year. Cards of pupils who left the school meanwhile go to the kecamatan instead (EC-48).
 * @throws InvalidInput, PrintBatchNotFound, AlreadyHandedOver, NotYetPrinted, HandoverCountDiffers, NotPermitted,
 *   RequestIdReused.
 */
export async function handOverCards(app: RegistryApp, caller: Caller, command: HandOverCards): Promise<string> {
  permit(caller, 'ktp.print', { level: 1 })
  const { value } = orRefuse(check(command))
  return app.once(caller, { name: 'handOverCards', ...command, input: command }, async (tx) => {
    const batch = await findBatchToChangeInTx(tx, value.batchId)
    if (batch === null) throw new PrintBatchNotFound()
    if (batch.handover !== null) throw new AlreadyHandedOver(numberOf(batch.handover))
    const missing = batch.cards.filter(({ state }) => state === 'ANTRE').length
    if (missing > 0) throw new NotYetPrinted(missing)
    const files = await filesFor(app, tx, { caller, permission: 'ktp.print', batch }, batch.cards)
    const mayGo = ({ childId }: Card) => {
      const group = files.get(childId)?.group
      // A pupil who became a social case meanwhile is not put before the school either (PV-14).
      return group !== undefined && group.level <= 2 && group.schools.some((npsn) => npsn === batch.npsn)
    }
    const { handed, diverted } = divideForHandover(batch, mayGo)
    if (handed.length !== value.count) throw new HandoverCountDiffers(handed.length)
    const step = { at: app.now(), by: caller.subject }
    await moveCardsInTx(tx, batch.id, handed, { ...step, state: 'DISERAHKAN' })
    await moveCardsInTx(tx, batch.id, diverted, { ...step, state: 'KE_KECAMATAN' })
    const on = app.today()
    const number = await nextNumberInTx(tx, on.year)
    const { giver, receiver } = value
    await saveHandoverInTx(tx, batch.id, { year: on.year, number, on, returnOn: returnDay(on), giver, receiver })
    await tellCardsInTx(app, tx, caller, files, { code: 'CARD_SHIPPED', requestId: command.requestId })
    await emit(tx, {
      type: 'civil-registry.ktp.batch.handed.v1',
      subject: batch.id,
      data: { npsn: batch.npsn, handedOn: on.toString(), cards: handed.length, diverted: diverted.length },
      actor: caller.subject,
      org: caller.agency,
      sensitivity: 1,
      time: app.now(),
      correlationid: command.requestId,
    })
    await audit(tx, caller, 'ktp.print', [...files.keys()], { batch: batch.id, handed: handed.length })
    return batch.id
  })
}

function check({ batchId, count, giver, receiver }: HandOverCards) {
  return fields({
    batchId: uuid(batchId),
    count: wholeNumber(count, { rule: 'BLG-R6', from: 0, to: MOST_CARDS }),
    giver: signatory(giver),
    receiver: signatory(receiver),
  })
}

const signatory = ({ name, office }: Signatory) =>
  fields({ name: text(name, { rule: 'BLG-R6', max: 120 }), office: text(office, { rule: 'BLG-R6', max: 120 }) })
