import { refusal } from '@satuanak/graphql-kit'
import type { RegistryContext } from '../app.ts'
import { builder } from '../graphql/builder.ts'
import { declareDistinct } from './declare-distinct.ts'
import { AlreadyOnePerson, DeclaredDistinct, NotDeclaredDistinct, NotLinked, ReviewedChildNotFound } from './errors.ts'
import { ReviewPair, type SideBySide, sideBySide } from './graphql.ts'
import { linkChildren } from './link-children.ts'
import { getReviewPair } from './list-review-pairs.ts'
import { reopenPair } from './reopen-pair.ts'
import { unlinkChildren } from './unlink-children.ts'

refusal(builder, ReviewedChildNotFound, {
  name: 'ReviewedChildNotFound',
  description: 'No record here under this id, or none that the caller may know of.',
})
refusal(builder, AlreadyOnePerson, { name: 'AlreadyOnePerson', description: 'The two ids are linked already.' })
refusal(builder, DeclaredDistinct, {
  name: 'DeclaredDistinct',
  description: 'An officer declared the two persons distinct; `reopenPair` takes that back.',
})
refusal(builder, NotLinked, { name: 'NotLinked', description: 'This id is linked to no other.' })
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

const LinkChildrenInput = builder.inputType('LinkChildrenInput', {
  fields: (t) => ({
    requestId: t.field({ type: 'UUID', required: true, description: REQUEST_ID }),
    keepId: t.field({
      type: 'UUID',
      required: true,
      description: 'Any id of the one under whose canonical id both are shown.',
    }),
    aliasId: t.field({ type: 'UUID', required: true, description: 'Any id of the other.' }),
    reason: t.string({ required: true, description: REASON }),
  }),
})

const UnlinkChildrenInput = builder.inputType('UnlinkChildrenInput', {
  fields: (t) => ({
    requestId: t.field({ type: 'UUID', required: true, description: REQUEST_ID }),
    aliasId: t.field({ type: 'UUID', required: true, description: 'The id that was linked to another.' }),
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
  linkChildren: t.field({
    description: 'Declare two records one child. No row is re-keyed; `unlinkChildren` restores exactly what was.',
    type: ReviewReceipt,
    permission: 'match.review',
    args: { input: t.arg({ type: LinkChildrenInput, required: true }) },
    errors: { types: [ReviewedChildNotFound, AlreadyOnePerson, DeclaredDistinct] },
    resolve: async (_root, { input }, context) =>
      receipt(await linkChildren(context.app, context.caller, input), context),
  }),
  unlinkChildren: t.field({
    description: 'Take one link back, and no other: the two are two persons (EC-06).',
    type: ReviewReceipt,
    permission: 'match.review',
    args: { input: t.arg({ type: UnlinkChildrenInput, required: true }) },
    errors: { types: [ReviewedChildNotFound, NotLinked] },
    resolve: async (_root, { input }, context) =>
      receipt(await unlinkChildren(context.app, context.caller, input), context),
  }),
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
