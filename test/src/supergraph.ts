import { readFileSync } from 'node:fs'
import {
  buildSchema,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql'

/** The graph that the gateway serves, from the committed supergraph. */
export const supergraph: GraphQLSchema = buildSchema(
  readFileSync(new URL('../../gateway/supergraph.graphql', import.meta.url), 'utf8'),
  { assumeValidSDL: true },
)

export const mutationFields = (): readonly GraphQLField<unknown, unknown>[] =>
  Object.values(supergraph.getMutationType()?.getFields() ?? {})

/** Root fields that answer a page: every list of the graph that has no child above it. */
export const listFields = (): readonly string[] =>
  Object.values(supergraph.getQueryType()?.getFields() ?? {})
    .filter((field) => getNamedType(field.type).name.endsWith('Connection'))
    .map((field) => field.name)

/** One place in a mutation's input. */
export interface Slot {
  /** `newChild.address.rt` */
  readonly path: readonly string[]
  /** Name of its type without `!` and brackets. */
  readonly type: string
  readonly required: boolean
  readonly list: boolean
}

/** Every place in the input of a mutation, those inside input objects included. */
export function slotsOf(mutation: string): readonly Slot[] {
  const input = supergraph.getMutationType()?.getFields()[mutation]?.args[0]?.type
  return input ? slotsIn(input, []) : []
}

function slotsIn(type: GraphQLInputType, above: readonly string[]): Slot[] {
  const named = getNamedType(type)
  if (!isInputObjectType(named)) return []
  return Object.values(named.getFields()).flatMap((field) => {
    const path = [...above, field.name]
    const required = isNonNullType(field.type) && field.defaultValue === undefined
    const list = isListType(getNullableType(field.type))
    // What is in a list of forms is tried in its first.
    const inside = list ? [...path, '0'] : path
    return [{ path, type: getNamedType(field.type).name, required, list }, ...slotsIn(field.type, inside)]
  })
}

/** One argument of one root query, and what the query needs besides to be valid. */
export interface QueryArgument {
  readonly field: string
  readonly argument: string
  readonly type: string
  /** The other required arguments, written out: ` missing: NIK`. */
  readonly others: string
  /** Whether the answer has fields of its own to choose from. */
  readonly composite: boolean
}

export const queryArguments = (): readonly QueryArgument[] =>
  Object.values(supergraph.getQueryType()?.getFields() ?? {}).flatMap((field) =>
    field.args.map((argument) => ({
      field: field.name,
      argument: argument.name,
      type: String(argument.type),
      others: field.args
        .filter((other) => other !== argument && isNonNullType(other.type))
        .map((other) => `${other.name}: ${sampleOf(getNamedType(other.type).name)}`)
        .join(' '),
      composite: isCompositeType(getNamedType(field.type)),
    })),
  )

/** A literal of this type, as it stands in a document. */
function sampleOf(name: string): string {
  const type = supergraph.getType(name)
  return isEnumType(type) ? (type.getValues()[0]?.name ?? 'null') : '"Bagas"'
}
