import { PAGE_SIZE } from '@satuanak/graphql-kit'
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql'

/** How many members a list is counted with that says nothing of its length: a child's papers, a case's referrals [D]. */
const USUAL_LIST = 10

type Variables = Readonly<Record<string, unknown>>

interface Counting {
  readonly schema: GraphQLSchema
  readonly variables: Variables
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>
  /** Of each fragment by the page it is spread on: nested fragments cost one visit each. */
  readonly known: Map<string, number>
}

/**
 * How many objects an operation may make the agencies fetch: 1 for each field that is an object, times the members of
 * the lists above it. A page has the members that `first` asks for; a plain list is counted with 10. Scalars come with
 * their object and cost nothing, nor does what the gateway answers of its own schema.
 * @param operation validated before; what is not in the schema counts nothing.
 */
export function costOf(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  variables: Variables,
): number {
  const root = schema.getRootType(operation.operation)
  return root ? ofSet(operation.selectionSet, root, null, { schema, variables, fragments, known: new Map() }) : 0
}

/** The cost of the document's dearest operation. */
export function costliest(schema: GraphQLSchema, { definitions }: DocumentNode, variables: Variables): number {
  const fragments = new Map<string, FragmentDefinitionNode>()
  for (const one of definitions) if (one.kind === Kind.FRAGMENT_DEFINITION) fragments.set(one.name.value, one)
  const costs = definitions.map((one) =>
    one.kind === Kind.OPERATION_DEFINITION ? costOf(schema, one, fragments, variables) : 0,
  )
  return Math.max(0, ...costs)
}

/** `page`: members of the list of nodes among these fields, where they are a connection's. */
function ofSet(set: SelectionSetNode, type: GraphQLCompositeType, page: number | null, counting: Counting): number {
  let cost = 0
  for (const selection of set.selections) {
    if (selection.kind === Kind.FIELD) cost += ofField(selection, type, page, counting)
    else if (selection.kind === Kind.INLINE_FRAGMENT) {
      cost += ofSet(
        selection.selectionSet,
        conditionOf(selection.typeCondition?.name.value, type, counting),
        page,
        counting,
      )
    } else cost += ofFragment(selection.name.value, type, page, counting)
  }
  return cost
}

function ofFragment(name: string, type: GraphQLCompositeType, page: number | null, counting: Counting): number {
  const key = `${name} ${page ?? ''}`
  const known = counting.known.get(key)
  if (known !== undefined) return known
  counting.known.set(key, 0)
  const fragment = counting.fragments.get(name)
  const on = conditionOf(fragment?.typeCondition.name.value, type, counting)
  const cost = fragment ? ofSet(fragment.selectionSet, on, page, counting) : 0
  counting.known.set(key, cost)
  return cost
}

function conditionOf(name: string | undefined, type: GraphQLCompositeType, { schema }: Counting): GraphQLCompositeType {
  const condition = name === undefined ? undefined : schema.getType(name)
  return isCompositeType(condition) ? condition : type
}

function ofField(node: FieldNode, parent: GraphQLCompositeType, page: number | null, counting: Counting): number {
  const field = 'getFields' in parent ? parent.getFields()[node.name.value] : undefined
  const type = field && getNamedType(field.type)
  if (!field || !isCompositeType(type) || !node.selectionSet) return 0
  if (isPage(field)) return 1 + ofSet(node.selectionSet, type, membersOf(node, counting.variables), counting)
  const members = isListType(getNullableType(field.type)) ? (page ?? USUAL_LIST) : 1
  return members * (1 + ofSet(node.selectionSet, type, null, counting))
}

/** A connection: asked for with `first`, answered with `nodes`. */
function isPage({ args, type }: GraphQLField<unknown, unknown>): boolean {
  const named = getNamedType(type)
  return args.some(({ name }) => name === 'first') && isObjectType(named) && 'nodes' in named.getFields()
}

function membersOf(node: FieldNode, variables: Variables): number {
  const asked = numberOf(node.arguments?.find(({ name }) => name.value === 'first')?.value, variables)
  // More than the longest page is refused by whoever gives it.
  return asked === null ? PAGE_SIZE.usual : Math.min(Math.max(asked, PAGE_SIZE.least), PAGE_SIZE.most)
}

function numberOf(value: ValueNode | undefined, variables: Variables): number | null {
  if (value?.kind === Kind.INT) return Number(value.value)
  const given = value?.kind === Kind.VARIABLE ? variables[value.name.value] : null
  return typeof given === 'number' ? given : null
}
