import { connection, createCursor, pageArgs, pageRequest, refusal } from '@satuanak/graphql-kit'
import { noteRead } from '@satuanak/service-kit'
import { builder } from '../graphql/builder.ts'
import { type Child, ChildNotFound, ChildType, childOf, factsOf } from '../graphql/child.ts'
import { RegistryReceipt } from '../graphql/receipt.ts'
import { StatedPaperEnum } from '../graphql/record-inputs.ts'
import { statementsOf } from '../graphql/statements.ts'
import { weigh } from './domain.ts'
import type { Dispute } from './domain-disputes.ts'
import { AktaDecides, ParticularNotDisputed, StatementNotFound } from './errors.ts'
import { ProvenanceType } from './graphql.ts'
import { FieldEnum } from './graphql-fields.ts'
import { StatedValuesInput } from './graphql-mutations.ts'
import { listDisputes } from './list-disputes.ts'
import { settleParticular } from './settle-particular.ts'

const MAY = 'provenance.read'

refusal(builder, ParticularNotDisputed, {
  name: 'ParticularNotDisputed',
  description: 'No two agencies disagree on this value; what is new is stated with `stateParticulars`.',
})
refusal(builder, AktaDecides, {
  name: 'AktaDecides',
  description: 'An akta has spoken of the birth date, and says otherwise (ID-05); correct it by an akta (RF-22).',
})
refusal(builder, StatementNotFound, {
  name: 'StatementNotFound',
  description: 'No statement of this child about this value under this id.',
})

interface Shown {
  readonly dispute: Dispute
  readonly child: Child
}

const RecordDispute = builder.objectRef<Shown>('RecordDispute').implement({
  description: 'A value of a child on which agencies disagree, for an officer to settle (ID-05).',
  permission: MAY,
  facts: ({ child }) => factsOf(child),
  child: ({ child }) => child.id,
  fields: (t) => ({
    id: t.field({ type: 'UUID', nullable: false, permission: MAY, resolve: ({ dispute }) => dispute.id }),
    child: t.field({ type: ChildType, permission: 'child.refer', resolve: ({ child }) => child }),
    field: t.field({ type: FieldEnum, nullable: false, permission: MAY, resolve: ({ dispute }) => dispute.field }),
    openedAt: t.field({
      type: 'DateTime',
      nullable: false,
      permission: MAY,
      resolve: ({ dispute }) => dispute.openedAt,
    }),
    values: t.field({
      description: 'What is said, side by side: the value that is shown, then those against it; without what gave way.',
      type: [ProvenanceType],
      nullable: false,
      permission: MAY,
      resolve: async ({ dispute, child }, _args, context) => {
        const told = weigh(dispute.field, await statementsOf(context, child))
        return told.filter(({ standing }) => standing !== 'LAMA').map((value) => ({ child, value }))
      },
    }),
  }),
})

const RecordDisputeConnection = connection(builder, 'RecordDisputeConnection', {
  node: RecordDispute,
  permission: MAY,
})
const BY_OPENING = createCursor('recordDisputes', ['instant', 'uuid'])

builder.queryField('recordDisputes', (t) =>
  t.field({
    description: 'Values on which agencies disagree and nothing decides, who waits longest first (ID-05).',
    type: RecordDisputeConnection,
    permission: MAY,
    args: {
      field: t.arg({ type: FieldEnum }),
      kelurahan: t.arg.string({ description: '`33.75.03.1004` (ID-23).' }),
      ...pageArgs(builder),
    },
    resolve: async (_root, args, context) => {
      const ask = pageRequest(args, BY_OPENING)
      const rows = await listDisputes(context.app, context.caller, { ...args, after: ask.after, limit: ask.limit })
      const page = ask.page(rows, ({ openedAt, id }) => [openedAt.toString(), id])
      for (const { personId } of page.nodes) noteRead(context, personId, MAY)
      const nodes = await Promise.all(
        page.nodes.map(async (dispute) => {
          const child = await childOf(context)(dispute.personId)
          return child && { dispute, child }
        }),
      )
      return { pageInfo: page.pageInfo, nodes: nodes.filter((node) => node !== null) }
    },
  }),
)

const SettleParticularInput = builder.inputType('SettleParticularInput', {
  fields: (t) => ({
    requestId: t.field({
      type: 'UUID',
      required: true,
      description: 'Chosen by the client, one per intention (EC-46).',
    }),
    childId: t.field({ type: 'UUID', required: true }),
    field: t.field({ type: FieldEnum, required: true }),
    statementId: t.field({ type: 'UUID', description: 'The statement that is right; or else `values`.' }),
    values: t.field({
      type: StatedValuesInput,
      description: 'What is right where no statement is: of this field alone.',
    }),
    paper: t.field({
      type: StatedPaperEnum,
      description: 'What the officer has in hand; empty: what the chosen value was copied from.',
    }),
    reason: t.string({ required: true, description: 'On what ground, in a few words; no NIK (ID-09).' }),
  }),
})

builder.mutationFields((t) => ({
  settleParticular: t.field({
    description:
      'An officer’s word on a value on which agencies disagree. It stands above all that was said before, until a paper that decides comes anew; of a birth date the officer says only what an akta says, once one has spoken (ID-05).',
    type: RegistryReceipt,
    permission: 'person.settle',
    args: { input: t.arg({ type: SettleParticularInput, required: true }) },
    errors: { types: [ChildNotFound, StatementNotFound, AktaDecides, ParticularNotDisputed] },
    resolve: async (_root, { input }, context) => {
      const { childId, warnings } = await settleParticular(context.app, context.caller, input)
      return { child: await childOf(context)(childId), warnings }
    },
  }),
}))
