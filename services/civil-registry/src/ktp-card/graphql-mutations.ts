import { refusal } from '@satuanak/graphql-kit'
import type { RegistryContext } from '../app.ts'
import { builder } from '../graphql/builder.ts'
import { StockBelowZero, StockShort } from '../ktp-stock/move-stock.ts'
import type { Batch } from './domain.ts'
import {
  AlreadyHandedOver,
  CardNotThere,
  HandoverCountDiffers,
  NothingToPrint,
  NotYetPrinted,
  PrintBatchNotFound,
} from './errors.ts'
import { PrintBatchType } from './graphql.ts'
import { handOverCards } from './hand-over-cards.ts'
import { findPrintBatch } from './list-print-batches.ts'
import { openPrintBatch } from './open-print-batch.ts'
import { recordPrinted, recordSpoiled } from './record-printed.ts'
import { recordReceipt } from './record-receipt.ts'

refusal(builder, PrintBatchNotFound, { name: 'KtpPrintBatchNotFound', description: 'There is no such print run.' })
refusal(builder, NothingToPrint, {
  name: 'KtpNothingToPrint',
  description: 'No card for this destination is ready to print.',
})
refusal(builder, CardNotThere, {
  name: 'KtpCardNotThere',
  description: 'A card is not in the run, or not at the step for this deed.',
})
refusal(builder, NotYetPrinted, {
  name: 'KtpNotYetPrinted',
  description: 'Cards of the run are not printed yet; nothing is handed over in part (BLG-R6).',
})
refusal(builder, HandoverCountDiffers, {
  name: 'KtpHandoverCountDiffers',
  description: 'The cards on the table are not as many as on the list (BLG-R6).',
})
refusal(builder, AlreadyHandedOver, {
  name: 'KtpAlreadyHandedOver',
  description: 'The run has its Berita Acara already.',
})

const REQUEST_ID = 'Chosen by the client, one per intention (EC-46).'

const OpenPrintBatchInput = builder.inputType('OpenPrintBatchInput', {
  fields: (t) => ({
    requestId: t.field({ type: 'UUID', required: true, description: REQUEST_ID }),
    npsn: t.string({ description: 'The school that hands the cards over; or else `kecamatan`.' }),
    kecamatan: t.string({ description: '`63.11.06`: for whoever has no such school (EC-48).' }),
    cards: t.int({ required: true, description: 'At most so many, who waits longest first; up to 100.' }),
  }),
})

const onCards = (name: 'RecordPrintedInput' | 'RecordSpoiledInput' | 'RecordReceiptInput') =>
  builder.inputType(name, {
    fields: (t) => ({
      requestId: t.field({ type: 'UUID', required: true, description: REQUEST_ID }),
      batchId: t.field({ type: 'UUID', required: true }),
      childIds: t.field({ type: ['UUID'], required: true, description: 'Whose cards, of this run.' }),
    }),
  })

const SignatoryInput = builder.inputType('KtpSignatoryInput', {
  fields: (t) => ({
    name: t.string({ required: true }),
    office: t.string({ required: true, description: 'Jabatan, as it stands under the signature.' }),
  }),
})

const HandOverCardsInput = builder.inputType('HandOverCardsInput', {
  fields: (t) => ({
    requestId: t.field({ type: 'UUID', required: true, description: REQUEST_ID }),
    batchId: t.field({ type: 'UUID', required: true }),
    count: t.int({ required: true, description: 'Cards as counted on the table; must match the list.' }),
    giver: t.field({ type: SignatoryInput, required: true }),
    receiver: t.field({ type: SignatoryInput, required: true }),
  }),
})

const changed = async (context: RegistryContext, id: Promise<string>): Promise<Batch | null> =>
  findPrintBatch(context.app, await id)

builder.mutationFields((t) => ({
  openPrintBatch: t.field({
    description: 'Open a print run from the queue; refused where the stock does not reach (BLG-07, BLG-R5).',
    type: PrintBatchType,
    permission: 'ktp.print',
    args: { input: t.arg({ type: OpenPrintBatchInput, required: true }) },
    errors: { types: [NothingToPrint, StockShort] },
    resolve: (_root, { input }, context) => changed(context, openPrintBatch(context.app, context.caller, input)),
  }),
  recordPrinted: t.field({
    description: 'Cards came out of the printer (BLG-07).',
    type: PrintBatchType,
    permission: 'ktp.print',
    args: { input: t.arg({ type: onCards('RecordPrintedInput'), required: true }) },
    errors: { types: [PrintBatchNotFound, CardNotThere, StockBelowZero] },
    resolve: (_root, { input }, context) => changed(context, recordPrinted(context.app, context.caller, input)),
  }),
  recordSpoiled: t.field({
    description: 'Cards were spoiled: each cost a blangko, and is printed again.',
    type: PrintBatchType,
    permission: 'ktp.print',
    args: { input: t.arg({ type: onCards('RecordSpoiledInput'), required: true }) },
    errors: { types: [PrintBatchNotFound, CardNotThere, StockBelowZero] },
    resolve: (_root, { input }, context) => changed(context, recordSpoiled(context.app, context.caller, input)),
  }),
  handOverCards: t.field({
    description: 'Hand a run over with its Berita Acara: whole, counted, signed for by both sides (BLG-08, BLG-R6).',
    type: PrintBatchType,
    permission: 'ktp.print',
    args: { input: t.arg({ type: HandOverCardsInput, required: true }) },
    errors: { types: [PrintBatchNotFound, AlreadyHandedOver, NotYetPrinted, HandoverCountDiffers, CardNotThere] },
    resolve: (_root, { input }, context) => changed(context, handOverCards(context.app, context.caller, input)),
  }),
  recordReceipt: t.field({
    description: 'Pupils have their cards: a school says so of its own, Dukcapil of any (BLG-R6).',
    type: PrintBatchType,
    permission: 'ktp.card.receive',
    args: { input: t.arg({ type: onCards('RecordReceiptInput'), required: true }) },
    errors: { types: [PrintBatchNotFound, CardNotThere] },
    resolve: (_root, { input }, context) => changed(context, recordReceipt(context.app, context.caller, input)),
  }),
}))
