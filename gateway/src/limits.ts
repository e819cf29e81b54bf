import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLError,
  type GraphQLSchema,
  Kind,
  Lexer,
  parse,
  type SelectionNode,
  type SelectionSetNode,
  Source,
  TokenKind,
} from 'graphql'
import { costliest } from './cost.ts'

/**
 * How large one operation may be, fragments expanded. The numbers leave room above the largest operation of our own
 * front ends (README, "Limits") and stop a hostile document before it is validated or planned.
 */
export interface OperationLimits {
  /** Lexical tokens of the document. */
  readonly tokens: number
  /** Fields within fields. Introspection is not counted: graphql-js bounds that by itself. */
  readonly depth: number
  /** Fields in all, each fragment counted wherever it is spread. */
  readonly fields: number
  /** Top-level fields: each is a fetch of its own. */
  readonly rootFields: number
  readonly aliases: number
  readonly directives: number
  /** Lists and objects within each other in the variables. */
  readonly variableDepth: number
  /** Objects that the agencies may be made to fetch (`cost.ts`): counted once the operation is valid. */
  readonly cost: number
}

export const OPERATION_LIMITS: OperationLimits = {
  tokens: 2_000,
  depth: 12,
  fields: 500,
  rootFields: 20,
  aliases: 30,
  directives: 30,
  variableDepth: 16,
  cost: 20_000,
}

/** The first limit that an operation breaks. `found` is where counting stopped, at least `max` + 1. */
export interface Excess {
  readonly limit: keyof OperationLimits
  readonly max: number
}

/**
 * Checks operations against limits, remembering short documents it has seen. A document that does not parse passes: the
 * server answers it with the place of its mistake. Of one that is new the cost is counted too, before anyone validates
 * it; of one that is known the gate counts it (`operation-gate.ts`), by the variables of each time.
 * @param schema what the cost is counted by; none before the gateway has loaded.
 */
export function createOperationCheck(
  limits: OperationLimits,
  schema: () => GraphQLSchema | undefined = () => undefined,
): (query: unknown, variables: unknown) => Excess | null {
  const seen = new Map<string, Excess | null>()
  return (query, variables) => {
    if (isDeeper(variables, limits.variableDepth)) return { limit: 'variableDepth', max: limits.variableDepth }
    if (typeof query !== 'string') return null
    const known = seen.get(query)
    if (known !== undefined) return known
    const excess = excessOf(query, limits, { schema: schema(), variables })
    if (query.length <= LONGEST_REMEMBERED && excess?.limit !== 'cost') remember(seen, query, excess)
    return excess
  }
}

const LONGEST_REMEMBERED = 16_384
const MOST_REMEMBERED = 500

function remember(seen: Map<string, Excess | null>, query: string, excess: Excess | null): void {
  const oldest = seen.size >= MOST_REMEMBERED ? seen.keys().next().value : undefined
  if (oldest !== undefined) seen.delete(oldest)
  seen.set(query, excess)
}

interface CostedBy {
  readonly schema: GraphQLSchema | undefined
  readonly variables: unknown
}

function excessOf(query: string, limits: OperationLimits, { schema, variables }: CostedBy): Excess | null {
  let document: DocumentNode
  try {
    document = parse(query, { maxTokens: limits.tokens, noLocation: true })
  } catch (error) {
    return hasMoreTokens(query, limits.tokens, error as GraphQLError) ? { limit: 'tokens', max: limits.tokens } : null
  }
  const size = sizeOf(document)
  const broken = MEASURED.find((limit) => size[limit] > limits[limit])
  if (broken) return { limit: broken, max: limits[broken] }
  const cost = schema ? costliest(schema, document, isRecord(variables) ? variables : {}) : 0
  return cost > limits.cost ? { limit: 'cost', max: limits.cost } : null
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

/** The parser's error for too many tokens has no code of its own, so they are counted again. */
function hasMoreTokens(query: string, max: number, refused: GraphQLError): boolean {
  const lexer = new Lexer(new Source(query))
  try {
    for (let count = 0; count <= max; count++) if (lexer.advance().kind === TokenKind.EOF) return false
    return refused.positions !== undefined
  } catch {
    return false
  }
}

const MEASURED = ['depth', 'fields', 'rootFields', 'aliases', 'directives'] as const
type Size = Readonly<Record<(typeof MEASURED)[number], number>>

const NOTHING: Size = { depth: 0, fields: 0, rootFields: 0, aliases: 0, directives: 0 }

/** The largest of the document's operations, each measure for itself. One visit per node, however fragments nest. */
export function sizeOf(document: DocumentNode): Size {
  const fragments = new Map<string, FragmentDefinitionNode>()
  for (const one of document.definitions) if (one.kind === Kind.FRAGMENT_DEFINITION) fragments.set(one.name.value, one)
  const sizes = new Map<string, Size>()
  let largest = NOTHING
  for (const one of document.definitions) {
    if (one.kind !== Kind.OPERATION_DEFINITION) continue
    const size = ofSet(one.selectionSet, fragments, sizes)
    const directives = size.directives + (one.directives?.length ?? 0)
    largest = combine({ ...size, directives }, largest, Math.max)
  }
  return largest
}

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>

function ofSet(set: SelectionSetNode, fragments: Fragments, sizes: Map<string, Size>): Size {
  return set.selections
    .map((selection) => ofSelection(selection, fragments, sizes))
    .reduce(
      (sum, size) => ({ ...combine(sum, size, (a, b) => a + b), depth: Math.max(sum.depth, size.depth) }),
      NOTHING,
    )
}

/** `rootFields` of a selection: the fields it puts beside its siblings. */
function ofSelection(selection: SelectionNode, fragments: Fragments, sizes: Map<string, Size>): Size {
  const directives = selection.directives?.length ?? 0
  switch (selection.kind) {
    case Kind.FIELD: {
      const inner = selection.selectionSet ? ofSet(selection.selectionSet, fragments, sizes) : NOTHING
      const isIntrospection = selection.name.value === '__schema' || selection.name.value === '__type'
      return {
        depth: isIntrospection ? 1 : inner.depth + 1,
        fields: inner.fields + 1,
        rootFields: 1,
        aliases: inner.aliases + (selection.alias ? 1 : 0),
        directives: inner.directives + directives,
      }
    }
    case Kind.INLINE_FRAGMENT: {
      const inner = ofSet(selection.selectionSet, fragments, sizes)
      return { ...inner, directives: inner.directives + directives }
    }
    case Kind.FRAGMENT_SPREAD: {
      const inner = ofFragment(selection.name.value, fragments, sizes)
      return { ...inner, directives: inner.directives + directives }
    }
  }
}

function ofFragment(name: string, fragments: Fragments, sizes: Map<string, Size>): Size {
  const known = sizes.get(name)
  if (known) return known
  const fragment = fragments.get(name)
  // A fragment within itself counts nothing: validation refuses the circle.
  sizes.set(name, NOTHING)
  const size = fragment ? ofSet(fragment.selectionSet, fragments, sizes) : NOTHING
  sizes.set(name, size)
  return size
}

const combine = (a: Size, b: Size, how: (a: number, b: number) => number): Size => ({
  depth: how(a.depth, b.depth),
  fields: how(a.fields, b.fields),
  rootFields: how(a.rootFields, b.rootFields),
  aliases: how(a.aliases, b.aliases),
  directives: how(a.directives, b.directives),
})

function isDeeper(value: unknown, left: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  return left === 0 || Object.values(value).some((inner) => isDeeper(inner, left - 1))
}
