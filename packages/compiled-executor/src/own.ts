/** An object of whose shape nothing is known but that it has names: a subgraph's answer, or what was merged of several. */
export type Named = Record<string, unknown>

/** The object's own value: a field called `toString` or `__proto__` is not there unless a subgraph answered it. */
export function getOwn(object: object, name: string): unknown {
  return Object.hasOwn(object, name) ? (object as Named)[name] : undefined
}

/** Writes a field of any name. Of all names only `__proto__` would not become a field by assignment. */
export function setOwn(object: object, name: string, value: unknown): void {
  if (name === '__proto__' && !Object.hasOwn(object, name)) {
    Object.defineProperty(object, name, { configurable: true, enumerable: true, writable: true, value })
  } else {
    ;(object as Named)[name] = value
  }
}

export function isObject(value: unknown): value is Named {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A broken promise of a subgraph or of a plan; its message is the stock executor's. */
export function promised(condition: unknown, message: () => string): asserts condition {
  if (!condition) throw new Error(message())
}
