import { builder } from '../graphql/builder.ts'
import { ChildNotFound, childOf } from '../graphql/child.ts'
import { Sex } from '../graphql/child-identity.ts'
import { RegistryReceipt } from '../graphql/receipt.ts'
import { ChildStatusEnum, GuardianInput, StatedPaperEnum } from '../graphql/record-inputs.ts'
import { stateParticulars } from './state-particulars.ts'

const StatedAddressInput = builder.inputType('StatedAddressInput', {
  fields: (t) => ({
    kelurahan: t.string({ required: true, description: 'Kemendagri code, `33.75.01.1001` (ID-23).' }),
    rt: t.string({ description: 'One to three digits, or "-" (ID-24).' }),
    rw: t.string({ description: 'One to three digits, or "-" (ID-24).' }),
    line: t.string({ description: 'Street and number, at most 240 characters.' }),
  }),
})

export const StatedValuesInput = builder.inputType('StatedValuesInput', {
  description: 'Only what is stated; what is left empty stays as it is. Never a NIK: that is issueNik.',
  fields: (t) => ({
    name: t.string(),
    sex: t.field({ type: Sex }),
    birthDate: t.string({ description: '`2013-05-20`, `2013-05`, `2013` or `±2013`, as exactly as known (ID-22).' }),
    birthPlace: t.string(),
    motherName: t.string({ description: '"Tidak diketahui" for a foundling (EC-12).' }),
    fatherName: t.string(),
    guardian: t.field({ type: GuardianInput }),
    childStatus: t.field({ type: ChildStatusEnum }),
    birthOrder: t.int({ description: '1 for the first-born; tells twins apart (EC-06).' }),
    aktaNumber: t.string({ description: 'As written, whatever its form (ID-17).' }),
    everMarried: t.boolean(),
    address: t.field({ type: StatedAddressInput }),
  }),
})

const StateParticularsInput = builder.inputType('StateParticularsInput', {
  fields: (t) => ({
    requestId: t.field({
      type: 'UUID',
      required: true,
      description: 'Chosen by the client, one per intention (EC-46).',
    }),
    childId: t.field({ type: 'UUID', required: true }),
    values: t.field({ type: StatedValuesInput, required: true }),
    paper: t.field({ type: StatedPaperEnum, description: 'What it is copied from; empty: by word of mouth.' }),
    statedOn: t.field({ type: 'Date', required: true, description: 'When it was said, or the paper shown.' }),
  }),
})

builder.mutationFields((t) => ({
  stateParticulars: t.field({
    description:
      'State what an agency knows of a child the registry has. Nothing is overwritten: the value that stands is shown, the others keep where they came from (ID-05).',
    type: RegistryReceipt,
    permission: 'person.state',
    args: { input: t.arg({ type: StateParticularsInput, required: true }) },
    errors: { types: [ChildNotFound] },
    resolve: async (_root, { input }, context) => {
      const { childId, warnings } = await stateParticulars(context.app, context.caller, input)
      return { child: await childOf(context)(childId), warnings }
    },
  }),
}))
