import { getOwn, isObject, type Named, setOwn } from '../own.ts'

/** Merges what a subgraph answered into what is there; the answer's objects become part of it. */
export function deepMerge(target: unknown, source: unknown): unknown {
  if (source === undefined || source === null) return target
  for (const key of Object.keys(source)) {
    const value = (source as Named)[key]
    if (value !== undefined) mergeField(target as object, key, value)
  }
  return target
}

function mergeField(target: object, key: string, value: unknown): void {
  // A scalar where another subgraph has an object: refused by the engine, in the words the stock executor has.
  if (typeof target !== 'object') void (key in target)
  const known = getOwn(target, key)
  if (known && isObject(value)) deepMerge(known, value)
  else if (Array.isArray(value) && Array.isArray(known) && value.length === known.length) mergeList(known, value)
  else setOwn(target, key, value)
}

function mergeList(known: unknown[], values: readonly unknown[]): void {
  for (const [index, value] of values.entries()) {
    if (isObject(known[index]) && isObject(value)) deepMerge(known[index], value)
    else known[index] = value
  }
}

/**
 * A copy of an answer that two entities share, because they were asked for once: each is merged with more of its own
 * afterwards. What is no JSON is kept as it is.
 */
export function copyOf(answer: unknown): unknown {
  if (Array.isArray(answer)) return answer.map(copyOf)
  if (!isPlain(answer)) return answer
  const copy = {}
  for (const key of Object.keys(answer)) setOwn(copy, key, copyOf(answer[key]))
  return copy
}

export function isPlain(value: unknown): value is Named {
  if (!isObject(value)) return false
  const prototype = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
