import { particularsInput } from '@satuanak/child-kit/graphql'
import { refusal } from '@satuanak/graphql-kit'
import { builder } from '../graphql/builder.ts'
import { childOf } from '../graphql/child.ts'
import { Sex } from '../graphql/child-identity.ts'
import { PaperKind } from '../graphql/paper.ts'
import { RegistryReceipt } from '../graphql/receipt.ts'
import { KkInput, RecordInput, StatedPaperEnum } from '../graphql/record-inputs.ts'
import { ChildNotFound, NikAlreadyIssued, NikTaken } from './errors.ts'
import { issueNik } from './issue-nik.ts'
import { registerChild } from './register-child.ts'

const ParticularsInput = particularsInput(builder, Sex)

refusal(builder, ChildNotFound, {
  name: 'ChildNotFound',
  description: 'No such child here, or none that the caller may know of.',
})
refusal(builder, NikTaken, { name: 'NikTaken', description: 'Another child holds this NIK (EC-01).' })
refusal(builder, NikAlreadyIssued, {
  name: 'NikAlreadyIssued',
  description: 'The child has a NIK already, and a NIK never changes (ID-05).',
})

const RegisterChildInput = builder.inputType('RegisterChildInput', {
  fields: (t) => ({
    requestId: t.field({
      type: 'UUID',
      required: true,
      description: 'Chosen by the client, one per intention (EC-46).',
    }),
    child: t.field({ type: ParticularsInput, required: true }),
    papers: t.field({ type: [PaperKind], defaultValue: [], description: 'Papers the officer has seen.' }),
    record: t.field({ type: RecordInput, description: 'Parents, guardian, akta: what the registry asks besides.' }),
    paper: t.field({ type: StatedPaperEnum, description: 'What all this is copied from; empty: by word of mouth.' }),
    kk: t.field({ type: KkInput, description: 'The KK on which the child stands.' }),
  }),
})

const IssueNikInput = builder.inputType('IssueNikInput', {
  fields: (t) => ({
    requestId: t.field({
      type: 'UUID',
      required: true,
      description: 'Chosen by the client, one per intention (EC-46).',
    }),
    childId: t.field({ type: 'UUID', required: true }),
    nik: t.string({ required: true, description: 'The 16 digits that SIAK gave.' }),
  }),
})

builder.mutationFields((t) => ({
  registerChild: t.field({
    description: 'Register a child, with or without a NIK (TUN-03, EC-05).',
    type: RegistryReceipt,
    permission: 'person.register',
    args: { input: t.arg({ type: RegisterChildInput, required: true }) },
    errors: { types: [NikTaken] },
    resolve: async (_root, { input }, context) => {
      const { childId, warnings } = await registerChild(context.app, context.caller, {
        ...input,
        papers: input.papers ?? [],
      })
      return { child: await childOf(context)(childId), warnings }
    },
  }),
  issueNik: t.field({
    description: 'Record the NIK that SIAK gave to a child without one (closes RF-02).',
    type: RegistryReceipt,
    permission: 'nik.issue',
    args: { input: t.arg({ type: IssueNikInput, required: true }) },
    errors: { types: [ChildNotFound, NikAlreadyIssued, NikTaken] },
    resolve: async (_root, { input }, context) => {
      const { childId, warnings } = await issueNik(context.app, context.caller, input)
      return { child: await childOf(context)(childId), warnings }
    },
  }),
}))
