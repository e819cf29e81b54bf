import type { ChildId } from '@satuanak/contracts'
import { noteRead } from '@satuanak/service-kit'
import { builder } from '../graphql/builder.ts'
import { type Child, ChildType, childOf, factsOf } from '../graphql/child.ts'
import { MatchVerdict } from '../graphql/match-verdict.ts'
import { findCandidatesOfChild } from './candidates-of-child.ts'
import type { Candidate } from './domain.ts'
import { FIELDS, OUTCOMES } from './domain-compare.ts'
import type { Weighed } from './domain-weights.ts'

const MatchField = builder.enumType('MatchField', {
  description: 'What is compared of two children (ID-21).',
  values: FIELDS,
})
const MatchOutcome = builder.enumType('MatchOutcome', {
  description:
    'How a field of two children agrees: names EXACT to DIFFERENT (ID-20), dates by precision, swap and slip (ID-22); MISSING: one of the two does not say.',
  values: [...new Set(Object.values(OUTCOMES).flat())],
})

const MatchWeight = builder.objectRef<Weighed>('MatchWeight').implement({
  description: 'What one field says.',
  permission: 'match.read',
  fields: (t) => ({
    field: t.expose('field', { type: MatchField, nullable: false, permission: 'match.read' }),
    outcome: t.expose('outcome', { type: MatchOutcome, nullable: false, permission: 'match.read' }),
    weight: t.exposeFloat('weight', {
      description: 'In bits: above 0 for one child, below for two; ten bits are a thousand to one.',
      nullable: false,
      permission: 'match.read',
    }),
  }),
})

interface Shown {
  readonly child: Child
  readonly candidate: Candidate
}

const MatchCandidate = builder.objectRef<Shown>('MatchCandidate').implement({
  description: 'Another child that may be the one asked about, and why. An officer decides, never the index (ID-21).',
  permission: 'match.read',
  facts: ({ child }) => factsOf(child),
  child: ({ child }) => child.id,
  fields: (t) => ({
    child: t.field({ type: ChildType, nullable: false, permission: 'match.read', resolve: ({ child }) => child }),
    verdict: t.field({
      type: MatchVerdict,
      nullable: false,
      permission: 'match.read',
      resolve: ({ candidate }) => candidate.verdict,
    }),
    score: t.float({
      description: 'The sum of the weights, in bits.',
      nullable: false,
      permission: 'match.read',
      resolve: ({ candidate }) => candidate.score,
    }),
    fields: t.field({
      type: [MatchWeight],
      nullable: false,
      permission: 'match.read',
      resolve: ({ candidate }) => [...candidate.fields],
    }),
  }),
})

builder.queryFields((t) => ({
  matchCandidates: t.field({
    description:
      'The children that may be this one, by what is written of them today, the strongest first; 50 at most. Null: no record here.',
    type: [MatchCandidate],
    permission: 'match.read',
    args: { childId: t.arg({ type: 'UUID', required: true }) },
    resolve: async (_root, { childId }, context) => {
      const found = await findCandidatesOfChild(context.app, context.caller, childId)
      if (found === null) return null
      // To see who looks like whom is to read of both (PV-05).
      noteRead(context, childId as ChildId, 'match.read')
      for (const { id } of found) noteRead(context, id, 'match.read')
      const children = await Promise.all(found.map(({ id }) => childOf(context)(id)))
      return found.flatMap((candidate, at) => {
        const child = children[at]
        return child ? [{ child, candidate }] : []
      })
    },
  }),
}))
