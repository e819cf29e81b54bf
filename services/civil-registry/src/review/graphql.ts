import type { Sensitivity } from '@satuanak/contracts'
import { connection, createCursor, pageArgs, pageRequest } from '@satuanak/graphql-kit'
import { noteRead } from '@satuanak/service-kit'
import type { RegistryContext } from '../app.ts'
import { builder } from '../graphql/builder.ts'
import { type Child, ChildType, childOf } from '../graphql/child.ts'
import { hintOf, type MatchPair, PAIR_VERDICTS, type PairHint, type PairState, type Reason } from './domain.ts'
import { listReviewPairs } from './list-review-pairs.ts'

const STATES = {
  MENUNGGU: { description: 'Waits for an officer.' },
  DITAUTKAN: { description: 'Declared one person.' },
  BERBEDA: { description: 'Declared two persons; never offered again.' },
} as const satisfies Record<PairState, { readonly description: string }>

const HINTS = {
  NIK_DIPAKAI_BERSAMA: { description: 'Two records claim one NIK: neither is decided by itself (EC-01).' },
  MUNGKIN_KEMBAR: { description: 'Same birth date and mother, another name or NIK: perhaps twins (EC-06).' },
} as const satisfies Record<PairHint, { readonly description: string }>

const ReviewState = builder.enumType('ReviewState', { description: 'Where a pair stands.', values: STATES })
const ReviewVerdict = builder.enumType('ReviewVerdict', {
  description: 'What the index said of two records (ID-21).',
  values: PAIR_VERDICTS,
})
const ReviewHint = builder.enumType('ReviewHint', { description: 'What to bear in mind.', values: HINTS })

const ReviewReason = builder.objectRef<Reason>('ReviewReason').implement({
  description: 'How one field of the two records compares.',
  permission: 'match.review',
  fields: (t) => ({
    field: t.exposeString('field', { nullable: false, permission: 'match.review' }),
    outcome: t.exposeString('outcome', { nullable: false, permission: 'match.review' }),
    weight: t.exposeFloat('weight', { permission: 'match.review', description: 'For or against one person.' }),
  }),
})

/** A pair and the two children as they are known by now. */
export interface SideBySide {
  readonly pair: MatchPair
  readonly left: Child
  readonly right: Child
}

export const ReviewPair = builder.objectRef<SideBySide>('ReviewPair').implement({
  description: 'Two records that may be one child, side by side, the older one left.',
  permission: 'match.review',
  facts: ({ left, right }) => ({ level: Math.max(left.group.level, right.group.level) as Sensitivity }),
  fields: (t) => ({
    id: t.field({ type: 'UUID', nullable: false, permission: 'match.review', resolve: ({ pair }) => pair.id }),
    left: t.field({ type: ChildType, nullable: false, permission: 'match.review', resolve: ({ left }) => left }),
    right: t.field({ type: ChildType, nullable: false, permission: 'match.review', resolve: ({ right }) => right }),
    state: t.field({
      type: ReviewState,
      nullable: false,
      permission: 'match.review',
      resolve: ({ pair }) => pair.state,
    }),
    verdict: t.field({
      description: 'Null where an officer put the two together.',
      type: ReviewVerdict,
      permission: 'match.review',
      resolve: ({ pair }) => pair.verdict,
    }),
    score: t.float({ permission: 'match.review', resolve: ({ pair }) => pair.score }),
    reasons: t.field({
      type: [ReviewReason],
      nullable: false,
      permission: 'match.review',
      resolve: ({ pair }) => [...pair.reasons],
    }),
    hint: t.field({ type: ReviewHint, permission: 'match.review', resolve: ({ pair }) => hintOf(pair.reasons) }),
    foundAt: t.field({
      type: 'DateTime',
      nullable: false,
      permission: 'match.review',
      resolve: ({ pair }) => pair.foundAt,
    }),
    decidedAt: t.field({ type: 'DateTime', permission: 'match.review', resolve: ({ pair }) => pair.decidedAt }),
    note: t.string({
      description: 'Why, in the words of the officer who decided last.',
      permission: 'match.review',
      resolve: ({ pair }) => pair.note,
    }),
  }),
})

/** The pair with both children. */
export async function sideBySide(pair: MatchPair, context: RegistryContext): Promise<SideBySide | null> {
  const [left, right] = await Promise.all([pair.low, pair.high].map(childOf(context)))
  return left && right ? { pair, left, right } : null
}

const ReviewPairConnection = connection(builder, 'ReviewPairConnection', {
  node: ReviewPair,
  permission: 'match.review',
})
const BY_ID = createCursor('reviewPairs', ['uuid'])

builder.queryFields((t) => ({
  reviewPairs: t.field({
    description: 'Pairs of records for an officer to decide, or decided, oldest first (ID-21).',
    type: ReviewPairConnection,
    permission: 'match.review',
    args: { state: t.arg({ type: ReviewState, defaultValue: 'MENUNGGU' }), ...pageArgs(builder) },
    resolve: async (_root, { state, ...args }, context) => {
      const ask = pageRequest(args, BY_ID)
      const pairs = await listReviewPairs(context.app, context.caller, { state: state ?? 'MENUNGGU', ...ask })
      const { nodes, pageInfo } = ask.page(pairs, ({ id }) => [id])
      // To see who looks like whom is to read of both (PV-05).
      for (const id of nodes.flatMap(({ low, high }) => [low, high])) noteRead(context, id, 'match.review')
      const shown = await Promise.all(nodes.map((pair) => sideBySide(pair, context)))
      return { pageInfo, nodes: shown.filter((one) => one !== null) }
    },
  }),
}))
