import type { GraphQLDataSource } from '@apollo/gateway'
import {
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLFormattedError,
  type GraphQLNamedType,
  type GraphQLSchema,
  type GraphQLType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  parse,
  type SelectionSetNode,
} from 'graphql'
import { hash } from './test-dice.ts'
import { type Faults, faultyAnswer, faultyValue } from './test-faults.ts'

type Named = Record<string, unknown>
type Process = Parameters<GraphQLDataSource['process']>[0]
type Path = readonly (string | number)[]

/** What the subgraphs of one case answer: a function of what they are asked, of this seed and these faults. */
export interface Weather {
  readonly seed: string
  readonly faults: Faults
}

interface Asking {
  readonly schema: GraphQLSchema
  readonly weather: Weather
  readonly document: DocumentNode
  readonly variables: Named
  readonly errors: GraphQLFormattedError[]
}

/** A subgraph from memory: the same question, of the same representation, has the same answer wherever it is asked. */
export function subgraphSource(name: string, schema: GraphQLSchema, weather: () => Weather): GraphQLDataSource {
  const documents = new Map<string, DocumentNode>()
  return {
    process: async ({ request }: Process) => {
      const query = request.query ?? ''
      const document = documents.get(query) ?? parse(query, { noLocation: true })
      documents.set(query, document)
      // As over a wire: what the executor does to what it sent reaches nobody.
      const variables: Named = JSON.parse(JSON.stringify(request.variables ?? {}))
      const asking: Asking = { schema, weather: weather(), document, variables, errors: [] }
      const data = answer(asking)
      const { errors } = asking
      return overTheWire(
        faultyAnswer(`${asking.weather.seed} ${name} ${query}`, asking.weather.faults, {
          data,
          first: firstOf(variables.representations),
          ...(errors.length > 0 && { errors }),
        }),
      )
    },
  }
}

/** Nothing of an answer is shared with another one, whatever is done to it. */
export const overTheWire = <T>(answer: T): T => JSON.parse(JSON.stringify(answer))

/** Which representations are the same as the first: what is wrong with one of them is wrong with all. */
function firstOf(representations: unknown): number[] {
  const all = Array.isArray(representations) ? representations.map((one) => JSON.stringify(one)) : []
  return [...all.keys()].filter((index) => all[index] === all[0])
}

function answer(asking: Asking): Named {
  const operation = asking.document.definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION)
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('no operation')
  const root = operation.operation === 'mutation' ? asking.schema.getMutationType() : asking.schema.getQueryType()
  if (!root) throw new Error('no root')
  const entities = operation.selectionSet.selections.find(
    (one) => one.kind === Kind.FIELD && one.name.value === '_entities',
  )
  if (entities?.kind !== Kind.FIELD) return objectOf(asking, root, operation.selectionSet, {}, [], root.name)
  const representations = asking.variables.representations as Named[]
  const answers = representations.map((one, index) => {
    const path = ['_entities', index]
    const key = JSON.stringify(one)
    const known = { __typename: concrete(asking.schema, String(one.__typename), numberOf(one)), n: numberOf(one) }
    const fault = faultyValue(`${asking.weather.seed} ${key}`, asking.weather.faults, path, asking.errors)
    if (fault) return fault.value
    const type = asking.schema.getType(known.__typename)
    if (!isObjectType(type) || !entities.selectionSet) return null
    return objectOf(asking, type, entities.selectionSet, known, path, key)
  })
  return { _entities: answers }
}

/** Which entity a representation is of, by whichever key. */
function numberOf({ id, code, ref }: Named): number {
  if (id !== undefined) return Number(id)
  return code === undefined ? Number((ref as Named | null)?.n ?? 0) : Number(String(code).slice(1))
}

function concrete(schema: GraphQLSchema, name: string, n: number): string {
  const type = schema.getType(name)
  const possible = type && isAbstractType(type) ? schema.getPossibleTypes(type) : []
  return possible[n % possible.length]?.name ?? name
}

function objectOf(
  asking: Asking,
  type: GraphQLNamedType,
  set: SelectionSetNode,
  known: Named,
  path: Path,
  key: string,
): Named {
  const output: Named = Object.create(null)
  for (const node of fieldsOf(asking, type, set)) {
    const name = (node.alias ?? node.name).value
    const value = fieldOf(asking, type, node, known, [...path, name], `${key}.${node.name.value}`)
    if (value !== undefined) output[name] = merged(output[name], value)
  }
  return output
}

/** The same field asked for twice, by two fragments. */
function merged(one: unknown, other: unknown): unknown {
  if (Array.isArray(one) && Array.isArray(other)) return one.map((element, index) => merged(element, other[index]))
  const areObjects = typeof one === 'object' && one && typeof other === 'object' && other
  return areObjects ? { ...one, ...other } : (one ?? other)
}

function* fieldsOf(asking: Asking, type: GraphQLNamedType, set: SelectionSetNode): Generator<FieldNode> {
  for (const one of set.selections) {
    if (!included(asking, one.directives)) continue
    if (one.kind === Kind.FIELD) yield one
    else {
      const inner = one.kind === Kind.INLINE_FRAGMENT ? one : fragmentOf(asking.document, one.name.value)
      const on = asking.schema.getType(inner.typeCondition?.name.value ?? type.name)
      const isOf = on === type || (on && isAbstractType(on) && isObjectType(type) && asking.schema.isSubType(on, type))
      if (isOf) yield* fieldsOf(asking, type, inner.selectionSet)
    }
  }
}

function fragmentOf({ definitions }: DocumentNode, name: string): FragmentDefinitionNode {
  const found = definitions.find((one) => one.kind === Kind.FRAGMENT_DEFINITION && one.name.value === name)
  if (found?.kind !== Kind.FRAGMENT_DEFINITION) throw new Error(`no fragment ${name}`)
  return found
}

function included({ variables }: Asking, directives: readonly DirectiveNode[] | undefined): boolean {
  return (directives ?? []).every(({ name, arguments: args }) => {
    const given = args?.[0]?.value
    const value =
      given?.kind === Kind.VARIABLE ? variables[given.name.value] : given?.kind === Kind.BOOLEAN && given.value
    return name.value === 'skip' ? value !== true : name.value !== 'include' || value === true
  })
}

function fieldOf(
  asking: Asking,
  type: GraphQLNamedType,
  node: FieldNode,
  known: Named,
  path: Path,
  key: string,
): unknown {
  const seed = `${asking.weather.seed} ${key}`
  const fault = faultyValue(seed, asking.weather.faults, path, asking.errors, node.name.value)
  if (fault) return fault.value
  if (node.name.value === '__typename') return type.name
  if (known.n !== undefined && node.name.value === 'id') return String(known.n)
  if (known.n !== undefined && node.name.value === 'code') return `c${known.n}`
  if (known.n !== undefined && node.name.value === 'ref') return node.selectionSet && { n: known.n }
  const field =
    isObjectType(type) || 'getFields' in type
      ? (type as { getFields(): Named }).getFields()[node.name.value]
      : undefined
  if (!field) throw new Error(`${type.name} has no ${node.name.value}`)
  return fieldValue(asking, (field as { type: GraphQLType }).type, node, path, key)
}

function fieldValue(asking: Asking, type: GraphQLType, node: FieldNode, path: Path, key: string): unknown {
  const chance = hash(`${asking.weather.seed} ${key}`)
  if (isNonNullType(type)) return fieldValue(asking, type.ofType, node, path, key)
  if (isListType(type)) {
    return Array.from({ length: chance % 4 }, (_, index) => {
      const at = [...path, index]
      const fault = faultyValue(`${asking.weather.seed} ${key} ${index}`, asking.weather.faults, at, asking.errors)
      return fault ? (fault.value ?? null) : fieldValue(asking, type.ofType, node, at, `${key}.${index}`)
    })
  }
  if (!isCompositeType(type))
    return isEnumType(type) ? ['RED', 'GREEN', 'BLUE'][chance % 3] : leafOf(type.toString(), chance)
  // Few entities, so that many are met more than once.
  const n = chance % 3
  const runtime = asking.schema.getType(concrete(asking.schema, type.name, n))
  if (!runtime || !node.selectionSet) throw new Error(`no ${type}`)
  const isEntity = 'getFields' in runtime && 'id' in (runtime as { getFields(): Named }).getFields()
  return objectOf(
    asking,
    runtime,
    node.selectionSet,
    isEntity ? { n } : {},
    path,
    isEntity ? `${runtime.name}${n}` : key,
  )
}

function leafOf(type: string, chance: number): unknown {
  switch (type) {
    case 'Int':
      return chance % 100
    case 'Float':
      return (chance % 100) / 4
    case 'Boolean':
      return chance % 2 === 0
    case 'Anything':
      return [{ any: [chance % 5] }, 'text', 7, [1, [2]], true][chance % 5]
    default:
      return `${type}-${chance % 7}`
  }
}
