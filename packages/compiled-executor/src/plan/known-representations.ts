import type { Named } from '../own.ts'
import { isPlain } from './merge.ts'

/** The representations of one fetch, each of which is sent once. */
export class KnownRepresentations {
  /** Those of a type and one text besides, which most are: found without making a text of the whole. */
  readonly #pairs = new Map<unknown, Pairs>()
  readonly #others = new Map<string, number>()

  /** Where an equal one stands; `next`, remembered, where there is none. What is no JSON is equal to nothing. */
  placeOf(representation: Named, next: number): number {
    const pair = pairIn(representation)
    if (pair === undefined) return this.#placeOfOther(representation, next)
    const { __typename: type } = representation
    const pairs = this.#pairs.get(type) ?? { name: pair, places: new Map<unknown, number>() }
    if (pairs.name !== pair) return this.#placeOfOther(representation, next)
    this.#pairs.set(type, pairs)
    const place = pairs.places.get(representation[pair])
    if (place !== undefined) return place
    pairs.places.set(representation[pair], next)
    return next
  }

  #placeOfOther(representation: Named, next: number): number {
    const key = keyOf(representation)
    if (key === undefined) return next
    const place = this.#others.get(key) ?? next
    this.#others.set(key, place)
    return place
  }
}

/** What tells the entities of one type apart, by the name of their one field. */
interface Pairs {
  readonly name: string
  readonly places: Map<unknown, number>
}

/** The name of the one field besides `__typename`, which comes first; undefined where there is more, or it is no text. */
function pairIn(representation: Named): string | undefined {
  let found: string | undefined
  let at = 0
  for (const name in representation) {
    if (at === 0 ? name !== '__typename' : at > 1) return undefined
    found = name
    at += 1
  }
  if (at !== 2 || found === undefined || typeof representation.__typename !== 'string') return undefined
  return typeof representation[found] === 'string' && found !== '__proto__' ? found : undefined
}

/**
 * A text that two values share only if they are the same JSON, fields in the same order; undefined for what is no JSON.
 * Not JSON itself: strings are told by their length, which is cheaper than to escape them.
 */
export function keyOf(value: unknown): string | undefined {
  switch (typeof value) {
    case 'string':
      return `${value.length}"${value}`
    case 'number':
      return Number.isFinite(value) ? `${value};` : undefined
    case 'boolean':
      return value ? 't' : 'f'
    default:
      if (value === null) return 'n'
      return Array.isArray(value) ? keyOfList(value) : isPlain(value) ? keyOfObject(value) : undefined
  }
}

function keyOfList(values: readonly unknown[]): string | undefined {
  let key = '['
  for (const value of values) {
    const one = keyOf(value)
    if (one === undefined) return undefined
    key += one
  }
  return `${key}]`
}

function keyOfObject(object: Named): string | undefined {
  let key = '{'
  for (const name of Object.keys(object)) {
    const value = object[name]
    // As if it were not there, which is what becomes of it in JSON.
    if (value === undefined) continue
    const one = keyOf(value)
    if (one === undefined) return undefined
    key += `${name.length}"${name}${one}`
  }
  return `${key}}`
}
