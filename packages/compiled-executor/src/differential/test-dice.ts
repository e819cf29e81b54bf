import fc, { type GeneratorValue } from 'fast-check'

/** Decisions, each of them fast-check's. */
export interface Dice {
  /** A whole number from 0 to one less than `below`. */
  below(below: number): number
  of<T>(choices: readonly T[]): T
  /** True in so many of a hundred. */
  percent(percent: number): boolean
}

const known = new Map<number, () => fc.Arbitrary<number>>()

/** One function for each limit: fast-check compares the arguments of every draw with those of every run. */
function upTo(limit: number): () => fc.Arbitrary<number> {
  const arbitrary = known.get(limit) ?? (() => fc.integer({ min: 0, max: limit - 1 }))
  known.set(limit, arbitrary)
  return arbitrary
}

/** Decisions for one case of a property. */
export function diceOf(gen: GeneratorValue): Dice {
  const below = (limit: number) => gen(upTo(limit))
  return {
    below,
    of: (choices) => choices[below(choices.length)] as (typeof choices)[number],
    percent: (percent) => below(100) >= 100 - percent,
  }
}

/** A number that is the same for the same text, and spread evenly. */
export function hash(text: string): number {
  let value = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193)
  }
  value = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d)
  value = Math.imul(value ^ (value >>> 12), 0x297a2d39)
  return (value ^ (value >>> 15)) >>> 0
}
