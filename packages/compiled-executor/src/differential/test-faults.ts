import type { GraphQLFormattedError } from 'graphql'
import type { SubgraphResponse } from '../apollo.ts'
import { hash } from './test-dice.ts'

/** How many of a thousand fields, and of a hundred answers, go wrong. */
export interface Faults {
  readonly fields: number
  readonly answers: number
}

/** What is no answer for most types. */
const WRONG: readonly unknown[] = ['wrong', 17, 1.5, true, {}, [], [null], { __typename: 'Nobody' }, [{}], '']
/** What a subgraph may take for a type's name. */
const NAMES: readonly unknown[] = ['Nobody', 'A', 'B', 'Face', 'Value', null, 5, '', undefined, 'String']

const CODES = ['UPSTREAM', 'INVALID_GRAPHQL', 'DOWNSTREAM_SERVICE_ERROR', undefined] as const

/** The value that a field has in place of its own, and perhaps an error of it; undefined where nothing is wrong. */
export function faultyValue(
  seed: string,
  faults: Faults,
  path: readonly (string | number)[],
  errors: GraphQLFormattedError[],
  field?: string,
): { readonly value: unknown } | undefined {
  const chance = hash(`fault ${seed}`)
  if (chance % 1_000 >= faults.fields) return undefined
  const which = Math.floor(chance / 1_000)
  if (field === '__typename' && which % 2 === 0) return { value: NAMES[Math.floor(which / 2) % NAMES.length] }
  switch (which % 8) {
    case 0:
    case 1:
      return { value: null }
    case 2:
      return { value: undefined }
    case 3:
    case 4:
      return { value: WRONG[Math.floor(which / 8) % WRONG.length] }
    case 5:
      errors.push(errorOf(which, undefined))
      return { value: null }
    default:
      errors.push(errorOf(which, path))
      return { value: which % 16 < 12 ? null : undefined }
  }
}

function errorOf(which: number, path: readonly (string | number)[] | undefined): GraphQLFormattedError {
  const code = CODES[Math.floor(which / 64) % CODES.length]
  const message = which % 5 === 0 ? '' : `refused ${which % 7}`
  return { message, ...(path && { path }), ...(code && { extensions: { code, more: which % 3 } }) }
}

interface Answer extends SubgraphResponse {
  /** Indexes of the representations that are the first one. */
  readonly first: readonly number[]
}

/** The answer as it comes, or what comes in its place. */
export function faultyAnswer(seed: string, faults: Faults, { first, ...answer }: Answer): SubgraphResponse {
  const chance = hash(`answer ${seed}`)
  if (chance % 100 >= faults.answers) return answer
  const which = Math.floor(chance / 100)
  const entities = answer.data?._entities as unknown[] | undefined
  const paths = entities ? first.map((index) => ['_entities', index, 'x']) : [['x']]
  const placed = paths.map((path) => errorOf(which, path))
  switch (which % 9) {
    case 0:
      throw new Error('timeout')
    case 1:
      throw Object.assign(new Error('socket hang up'), { extensions: { code: 'ECONNRESET' } })
    case 2:
      return { data: null, errors: [errorOf(which, undefined)] }
    case 3:
      return { errors: [errorOf(which, ['_entities']), errorOf(which + 1, [])] }
    case 4:
      return {}
    case 5:
      return entities ? { ...answer, data: { _entities: entities.slice(1) } } : { data: {} }
    case 6:
      return { ...answer, data: entities ? { _entities: { no: 'list' } } : { extra: 1, ...answer.data } }
    case 7:
      return { ...answer, errors: [...(answer.errors ?? []), ...placed] }
    default:
      return { ...answer, extensions: { ftv1: 'no trace' }, errors: [errorOf(which, undefined)] }
  }
}
