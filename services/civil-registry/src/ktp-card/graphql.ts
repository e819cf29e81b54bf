import { connection, createCursor, pageArgs, pageRequest } from '@satuanak/graphql-kit'
import { noteRead } from '@satuanak/service-kit'
import type { RegistryContext } from '../app.ts'
import { builder } from '../graphql/builder.ts'
import { type Child, ChildType, childOf } from '../graphql/child.ts'
import { type Batch, CARD_STATES, type Card, type Handover, numberOf, type Signatory } from './domain.ts'
import { listPrintBatches, visibleCards } from './list-print-batches.ts'

const READ = 'ktp.card.read'

const CardStateEnum = builder.enumType('KtpCardState', {
  description:
    'ANTRE in the printer’s queue, DICETAK printed, DISERAHKAN at the school or kecamatan, KE_KECAMATAN diverted there ' +
    'since the pupil left the school (EC-48), DITERIMA in the pupil’s hands, KEMBALI back at Dukcapil (BLG-R6).',
  values: CARD_STATES,
})

interface ShownCard extends Card {
  readonly child: Child
  readonly batch: Batch
}

const PrintCardType = builder.objectRef<ShownCard>('KtpCard').implement({
  description: 'One card of a print run, a line of the Berita Acara (DOC-14).',
  permission: READ,
  facts: ({ child, batch }) => ({ level: child.group.level, schools: batch.npsn === null ? [] : [batch.npsn] }),
  child: ({ childId }) => childId,
  fields: (t) => ({
    number: t.exposeInt('number', { nullable: false, permission: READ, description: 'Its line, from 1.' }),
    child: t.field({ type: ChildType, permission: 'child.refer', resolve: ({ child }) => child }),
    state: t.expose('state', { type: CardStateEnum, nullable: false, permission: READ }),
    spoiled: t.exposeInt('spoiled', { permission: 'ktp.print', description: 'How many were spoiled before this one.' }),
  }),
})

const SignatoryType = builder.objectRef<Signatory>('KtpSignatory').implement({
  description: 'Who signs, and for which office (BLG-R6).',
  permission: READ,
  fields: (t) => ({
    name: t.exposeString('name', { nullable: false, permission: READ }),
    office: t.exposeString('office', { nullable: false, permission: READ }),
  }),
})

const HandoverType = builder.objectRef<Handover & { readonly count: number }>('KtpHandover').implement({
  description: 'DOC-14, the Berita Acara Serah Terima: with the run’s `cards` all that is printed on it (BLG-R6).',
  permission: READ,
  fields: (t) => ({
    number: t.string({
      nullable: false,
      permission: READ,
      description: '`BA-KTP/0007/2026`: counted through the year without a gap.',
      resolve: (handover) => numberOf(handover),
    }),
    on: t.expose('on', { type: 'Date', nullable: false, permission: READ }),
    count: t.exposeInt('count', { nullable: false, permission: READ, description: 'Cards handed over.' }),
    returnOn: t.expose('returnOn', {
      type: 'Date',
      nullable: false,
      permission: READ,
      description: 'What nobody has fetched by then goes back to Dukcapil.',
    }),
    giver: t.expose('giver', { type: SignatoryType, nullable: false, permission: READ }),
    receiver: t.expose('receiver', { type: SignatoryType, nullable: false, permission: READ }),
  }),
})

const diverted = ({ cards }: Batch): number => cards.filter(({ state }) => state === 'KE_KECAMATAN').length

export const PrintBatchType = builder.objectRef<Batch>('KtpPrintBatch')
PrintBatchType.implement({
  description: 'One print run, for one school or one kecamatan (BLG-07, BLG-08).',
  permission: READ,
  facts: ({ npsn }) => ({ level: 1, schools: npsn === null ? [] : [npsn] }),
  fields: (t) => ({
    id: t.expose('id', { type: 'UUID', nullable: false, permission: READ }),
    npsn: t.exposeString('npsn', { permission: READ }),
    kecamatan: t.expose('kecamatan', {
      type: 'RegionCode',
      permission: READ,
      description: 'For whoever has no school that may hand the card over (EC-48).',
    }),
    openedAt: t.expose('openedAt', { type: 'DateTime', nullable: false, permission: READ }),
    handover: t.field({
      type: HandoverType,
      permission: READ,
      description: 'The Berita Acara; null until the run is handed over.',
      resolve: (batch) => batch.handover && { ...batch.handover, count: batch.cards.length - diverted(batch) },
    }),
    cards: t.field({
      type: [PrintCardType],
      nullable: false,
      permission: READ,
      description: 'Its cards by line, at most 100.',
      resolve: shownCards,
    }),
  }),
})

async function shownCards(batch: Batch, _args: unknown, context: RegistryContext): Promise<ShownCard[]> {
  const found = await Promise.all(batch.cards.map(({ childId }) => childOf(context)(childId)))
  const children = new Map(found.flatMap((child) => (child === null ? [] : [[child.id, child]])))
  // Of whom nothing is known nothing is shown: as if the child were hidden.
  const cards = visibleCards(context.caller, batch, ({ childId }) => children.get(childId)?.group.level ?? 4)
  for (const { childId } of cards) noteRead(context, childId, READ)
  return cards.flatMap((card) => {
    const child = children.get(card.childId)
    return child ? [{ ...card, child, batch }] : []
  })
}

const BY_ID = createCursor('printBatches', ['uuid'])
const BatchConnection = connection(builder, 'KtpPrintBatchConnection', { node: PrintBatchType, permission: READ })

builder.queryField('printBatches', (t) =>
  t.field({
    description: 'Print runs, the latest first; a school sees its own once they are handed over (BLG-R6).',
    type: BatchConnection,
    permission: READ,
    args: { npsn: t.arg.string({ description: 'Of one school (ID-13).' }), ...pageArgs(builder) },
    resolve: async (_root, args, context) => {
      const ask = pageRequest(args, BY_ID)
      const { after, limit } = ask
      const batches = await listPrintBatches(context.app, context.caller, { ...args, after, limit })
      return ask.page(batches, ({ id }) => [id])
    },
  }),
)
