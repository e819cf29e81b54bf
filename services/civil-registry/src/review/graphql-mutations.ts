import { refusal } from '@satuanak/graphql-kit'
import type { RegistryContext } from '../app.ts'
import { builder } from '../graphql/builder.ts'
import { declareDistinct } from './declare-distinct.ts'
import { AlreadyOnePerson, DeclaredDistinct, NotDeclaredDistinct, ReviewedChildNotFound } from './errors.ts'
import { ReviewPair, type SideBySide, sideBySide } from './graphql.ts'
import { getReviewPair } from './list-review-pairs.ts'
import { reopenPair } from './reopen-pair.ts'

refusal(builder, ReviewedChildNotFound, {
  name: 'ReviewedChildNotFound',
  description: 'No record here under this id, or none that the caller may know of.',
})
refusal(builder, AlreadyOnePerson, { name: 'AlreadyOnePerson', description: 'The two ids are linked already.' })
refusal(builder, DeclaredDistinct, {
  name: 'DeclaredDistinct',
  description: 'An officer declared the two persons distinct; `reopenPair` takes that back.',
})
refusal(builder, NotDeclaredDistinct, { name: 'NotDeclaredDistinct', description: 'There is nothing to reopen.' })

const REASON = 'Why, in a few words, for whoever looks at this decision later; no NIK (ID-09).'
const REQUEST_ID = 'Chosen by the client, one per intention (EC-46).'

const twoRecords = (name: string) =>
  builder.inputType(name, {
    fields: (t) => ({
      requestId: t.field({ type: 'UUID', required: true, description: REQUEST_ID }),
      childId: t.field({ type: 'UUID', required: true, description: 'Any id of the one.' }),
      otherId: t.field({ type: 'UUID', required: true, description: 'Any id of the other.' }),
      reason: t.string({ required: true, description: REASON }),
    }),
  })

const DeclareDistinctInput = twoRecords('DeclareDistinctInput')
const ReopenPairInput = twoRecords('ReopenPairInput')

/** What a decision leaves. Null where a child came to be gone meanwhile. */
interface Decided {
  readonly shown: SideBySide | null
}

const ReviewReceipt = builder.objectRef<Decided>('ReviewReceipt').implement({
  description: 'The pair as it stands by now.',
  permission: 'anyone',
  fields: (t) => ({
    pair: t.field({ type: ReviewPair, permission: 'match.review', resolve: ({ shown }) => shown }),
  }),
})

const receipt = async (pairId: string, context: RegistryContext): Promise<Decided> => ({
  shown: await sideBySide(await getReviewPair(context.app, pairId), context),
})

builder.mutationFields((t) => ({
  declareDistinct: t.field({
    description: 'Declare two records two persons, as twins are (EC-06). They are never offered again.',
    type: ReviewReceipt,
    permission: 'match.review',
    args: { input: t.arg({ type: DeclareDistinctInput, required: true }) },
    errors: { types: [ReviewedChildNotFound, AlreadyOnePerson, DeclaredDistinct] },
    resolve: async (_root, { input }, context) =>
      receipt(await declareDistinct(context.app, context.caller, input), context),
  }),
  reopenPair: t.field({
    description: 'Take back that two persons were declared distinct: they wait for a decision again.',
    type: ReviewReceipt,
    permission: 'match.review',
    args: { input: t.arg({ type: ReopenPairInput, required: true }) },
    errors: { types: [ReviewedChildNotFound, NotDeclaredDistinct] },
    resolve: async (_root, { input }, context) =>
      receipt(await reopenPair(context.app, context.caller, input), context),
  }),
}))
