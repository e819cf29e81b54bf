import { z } from 'zod'
import { Envelope, EVENTS } from './events/index.ts'

/** A JSON schema, without what depends on the zod version that wrote it. */
export type Shape = unknown

/** The shapes that leave a service: the envelope, and the data of every event type. */
export function currentShapes(): Map<string, Shape> {
  const schemas: [string, z.ZodType][] = [['envelope', Envelope], ...Object.entries(EVENTS)]
  return new Map(schemas.map(([name, schema]) => [name, shapeOf(schema)]))
}

/** The shape of a schema as it stands on the wire, before any transformation. */
export function shapeOf(schema: z.ZodType): Shape {
  return settled(z.toJSONSchema(schema, { io: 'input', reused: 'inline' }))
}

/** What publishing would have to do, name by name. */
export interface Comparison {
  readonly missing: readonly string[]
  readonly changed: readonly string[]
  readonly deleted: readonly string[]
}

export function compareShapes(current: ReadonlyMap<string, Shape>, published: ReadonlyMap<string, Shape>): Comparison {
  return {
    missing: [...current.keys()].filter((name) => !published.has(name)),
    changed: [...current]
      .filter(([name, shape]) => published.has(name) && !same(shape, published.get(name)))
      .map(([name]) => name),
    deleted: [...published.keys()].filter((name) => !current.has(name)),
  }
}

function same(one: Shape, other: Shape): boolean {
  return JSON.stringify(one) === JSON.stringify(settled(other))
}

/** Keys, required fields and codes in one order; no dialect; no pattern where a format says the same, for its wording is the zod version's. */
function settled(value: unknown): unknown {
  if (Array.isArray(value))
    return value.every((each) => typeof each === 'string') ? value.toSorted() : value.map(settled)
  if (typeof value !== 'object' || value === null) return value
  const said = 'format' in value && typeof value.format === 'string'
  const kept = Object.entries(value).filter(([key]) => key !== '$schema' && !(said && key === 'pattern'))
  return Object.fromEntries(
    kept.map(([key, inner]) => [key, settled(inner)] as const).toSorted(([a], [b]) => (a < b ? -1 : 1)),
  )
}
