import { readFileSync } from 'node:fs'
import type { Ask, GraphError } from '@satuanak/testkit'

/** The explorer's own tab, as the README says to send it: one child from all four agencies. */
const ONE_CHILD = readFileSync(new URL('../../gateway/examples/07-one-child.graphql', import.meta.url), 'utf8')

/** The parts of a child, by the agency that answers for each. */
export const PARTS_OF = {
  'civil-registry': ['identity', 'papers'],
  education: ['school', 'schooling', 'ats'],
  social: ['outreach'],
  coordination: ['referrals', 'timeline'],
} as const

interface OneChild {
  readonly id: string
  readonly [part: string]: unknown
}

export interface Seen {
  readonly child: OneChild
  readonly errors: readonly GraphError[]
}

/** Asks for the whole child. Agencies are asked side by side, so their errors are put in the order of the fields. */
export async function lookAt(ask: Ask, id: string): Promise<Seen> {
  const { data, errors } = await ask<{ child: OneChild }>(ONE_CHILD, { id })
  const sorted = errors.toSorted((a, b) => (String(a.path) < String(b.path) ? -1 : 1))
  return { child: data?.child ?? { id: 'no answer' }, errors: sorted }
}

/** What is told of each field that stayed null: `outreach` → `NOT_PERMITTED ROLE DINSOS`. */
export const reasonsOf = (errors: readonly GraphError[]): Record<string, string> =>
  Object.fromEntries(
    errors.map(({ path, extensions }) => [
      path?.slice(1).join('.'),
      [extensions.code, extensions.reason, extensions.agency].filter(Boolean).join(' '),
    ]),
  )
