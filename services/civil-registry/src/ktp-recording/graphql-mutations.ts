import { builder } from '../graphql/builder.ts'
import { type Child, ChildNotFound, ChildType, childOf } from '../graphql/child.ts'
import { recordKtpStatus } from './record-ktp-status.ts'

interface Receipt {
  readonly child: Child | null
}

const KtpReceipt = builder.objectRef<Receipt>('KtpReceipt').implement({
  description: 'Whose KTP-el was written down.',
  permission: 'anyone',
  fields: (t) => ({
    child: t.field({ type: ChildType, permission: 'child.refer', resolve: ({ child }) => child }),
  }),
})

const RecordKtpStatusInput = builder.inputType('RecordKtpStatusInput', {
  fields: (t) => ({
    requestId: t.field({
      type: 'UUID',
      required: true,
      description: 'Chosen by the client, one per intention (EC-46).',
    }),
    childId: t.field({ type: 'UUID', required: true }),
    code: t.string({ required: true, description: 'As SIAK writes it; PRR and SFE are understood (KT-01).' }),
    at: t.field({ type: 'DateTime', description: 'As of when it is true; now unless given.' }),
    everMarried: t.boolean({ description: 'Kawin or pernah kawin (KT-10); as it was unless given.' }),
    birthDateConfirmed: t.boolean({
      description: 'The officer stands for a birth date that is not exact to the day (ID-22); as it was unless given.',
    }),
  }),
})

builder.mutationField('recordKtpStatus', (t) =>
  t.field({
    description: 'Write down what SIAK says of a child’s KTP-el; print queue or hold follow from it (KT-01, BLG-R3).',
    type: KtpReceipt,
    permission: 'ktp.status.record',
    args: { input: t.arg({ type: RecordKtpStatusInput, required: true }) },
    errors: { types: [ChildNotFound] },
    resolve: async (_root, { input }, context) => {
      const childId = await recordKtpStatus(context.app, context.caller, input)
      return { child: await childOf(context)(childId) }
    },
  }),
)
