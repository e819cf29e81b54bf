import { refusal } from '@satuanak/graphql-kit'
import { builder } from '../graphql/builder.ts'
import { STOCK_ITEMS, type Stock } from './domain.ts'
import { StockBelowZero, StockShort } from './errors.ts'
import { readCardStock } from './read-card-stock.ts'
import { recordCardStock } from './record-card-stock.ts'

refusal(builder, StockShort, {
  name: 'KtpStockShort',
  description: 'The stock does not reach for the run: which item, how much is needed and free (BLG-R5).',
})
refusal(builder, StockBelowZero, { name: 'KtpStockBelowZero', description: 'Less is there than is taken off.' })

const ItemEnum = builder.enumType('CardStockItem', {
  description: 'What a card is made of (BLG-H4).',
  values: STOCK_ITEMS,
})
const ReasonEnum = builder.enumType('CardStockReason', {
  description: 'Stock that came in, or a count that came out otherwise.',
  values: ['DITERIMA', 'PENYESUAIAN'] as const,
})

const PRINT = 'ktp.print'

const CardStockType = builder.objectRef<Stock>('CardStock').implement({
  description: 'What is there of one item, in cards: a ribbon counts as many as it still prints (BLG-R5).',
  permission: PRINT,
  fields: (t) => ({
    item: t.expose('item', { type: ItemEnum, nullable: false, permission: PRINT }),
    left: t.exposeInt('left', { nullable: false, permission: PRINT }),
    reserved: t.exposeInt('reserved', {
      nullable: false,
      permission: PRINT,
      description: 'Promised to print runs that are open.',
    }),
  }),
})

builder.queryField('cardStock', (t) =>
  t.field({
    description: 'Blangko, ribbon and film: left, and promised (BLG-R5).',
    type: [CardStockType],
    permission: PRINT,
    resolve: async (_root, _args, { app }) => [...(await readCardStock(app))],
  }),
)

const RecordCardStockInput = builder.inputType('RecordCardStockInput', {
  fields: (t) => ({
    requestId: t.field({
      type: 'UUID',
      required: true,
      description: 'Chosen by the client, one per intention (EC-46).',
    }),
    item: t.field({ type: ItemEnum, required: true }),
    delta: t.int({ required: true, description: 'In cards; below zero only as PENYESUAIAN.' }),
    reason: t.field({ type: ReasonEnum, required: true }),
  }),
})

builder.mutationField('recordCardStock', (t) =>
  t.field({
    description: 'Write down stock that came in, or a corrected count (BLG-R5).',
    type: [CardStockType],
    permission: PRINT,
    args: { input: t.arg({ type: RecordCardStockInput, required: true }) },
    errors: { types: [StockBelowZero] },
    resolve: async (_root, { input }, { app, caller }) => {
      await recordCardStock(app, caller, input)
      return [...(await readCardStock(app))]
    },
  }),
)
