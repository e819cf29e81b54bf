import { getOwn, promised } from '../own.ts'

/** Finds all that stands at a plan's path, null where there is nothing to go on with. */
export type Flatten = (value: unknown) => unknown

/** Compiles a path of field names and `@`, which is every element of a list. */
export function compileFlatten(path: readonly string[]): Flatten {
  return path.reduceRight<Flatten>(
    (rest, step) => (step === '@' ? eachElement(rest) : field(step, rest)),
    (value) => value,
  )
}

function eachElement(rest: Flatten): Flatten {
  return (value) => {
    if (value === undefined || value === null) return value
    // No list where the schema has one: the engine's own error ends the operation, as in the stock executor.
    return (value as unknown[]).flatMap((element) => rest(element))
  }
}

function field(name: string, rest: Flatten): Flatten {
  return (value) => {
    if (value === undefined || value === null) return value
    promised(!Array.isArray(value), () => `Unexpected array in result for path element ${name}`)
    return rest(getOwn(value, name))
  }
}

type Path = readonly (string | number)[]

/** The client's paths of all that stands at a plan's path, in the order in which a fetch asks for them. */
export function hydratedPaths(path: readonly string[], data: unknown): Path[] {
  const found: Path[] = []
  collect([], 0, data)
  return found

  function collect(parent: Path, at: number, value: unknown): void {
    if (value === undefined || value === null) return
    const step = path[at]
    if (step === undefined) {
      found.push(parent)
    } else if (step === '@') {
      promised(Array.isArray(value), () => 'expected array when encountering `@`')
      for (const [index, one] of value.entries()) collect([...parent, index], at + 1, one)
    } else if (Array.isArray(value)) {
      for (const [index, one] of value.entries()) collect([...parent, index], at, one)
    } else if (Object.hasOwn(value as object, step)) {
      collect([...parent, step], at + 1, getOwn(value as object, step))
    }
  }
}
