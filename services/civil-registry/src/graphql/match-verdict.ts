import { MATCH_VERDICTS } from '@satuanak/contracts'
import { builder } from './builder.ts'

export const MatchVerdict = builder.enumType('MatchVerdict', {
  description: 'What the identity index found when the child came in; an officer decides, never the index (ID-21).',
  values: MATCH_VERDICTS,
})
