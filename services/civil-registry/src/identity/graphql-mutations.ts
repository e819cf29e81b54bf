import { particularsInput } from '@satuanak/child-kit/graphql'
import type { Notice } from '@satuanak/domain-kit'
import { refusal } from '@satuanak/graphql-kit'
import { builder } from '../graphql/builder.ts'
import { type Child, ChildType, childOf } from '../graphql/child.ts'
import { RegistryWarning } from '../graphql/warning.ts'
import { ChildNotFound, NikAlreadyIssued, NikTaken } from './errors.ts'
import { PaperKind, Sex } from './graphql.ts'
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

interface Receipt {
  readonly child: Child | null
  readonly warnings: readonly Notice[]
}

const RegistryReceipt = builder.objectRef<Receipt>('RegistryReceipt').implement({
  description: 'What was written, and what to look at again.',
  permission: 'anyone',
  fields: (t) => ({
    child: t.field({ type: ChildType, permission: 'child.refer', resolve: ({ child }) => child }),
    warnings: t.field({
      type: [RegistryWarning],
      nullable: false,
      permission: 'anyone',
      resolve: ({ warnings }) => [...warnings],
    }),
  }),
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
