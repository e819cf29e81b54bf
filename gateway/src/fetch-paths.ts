import {
  type DirectiveNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLFormattedError,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  getDirectiveValues,
  Kind,
  parse,
  type SelectionSetNode,
} from 'graphql'

/** What the gateway asks of one subgraph in one step of its plan. */
export interface SubgraphFetch {
  readonly query: string
  readonly variables: Readonly<Record<string, unknown>>
}

type Path = readonly (string | number)[]

interface Representation {
  readonly __typename?: unknown
  readonly [field: string]: unknown
}

/**
 * Where the fields of a fetch stand in its own answer: `['me']` of a root fetch, `['_entities', 0, 'school']` of an
 * entity fetch. The gateway turns the latter into the client's path. A representation's own fields are left out: they
 * were known before.
 */
export function fieldPaths({ query, variables }: SubgraphFetch): Path[] {
  const document = parse(query, { noLocation: true })
  const names = (set: SelectionSetNode, type?: string) => responseNames(set, { variables, type, ...indexOf(document) })
  const root = document.definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION)?.selectionSet
  if (!root) return []
  const entities = root.selections.find((one) => one.kind === Kind.FIELD && one.name.value === '_entities')
  if (entities?.kind !== Kind.FIELD || !entities.selectionSet) return names(root).map((name) => [name])
  const { selectionSet } = entities
  return representationsOf(variables).flatMap((representation, index) =>
    names(selectionSet, String(representation.__typename))
      .filter((name) => !(name in representation))
      .map((name) => ['_entities', index, name]),
  )
}

/**
 * Gives every error of a subgraph the place of a field that is null for it. The gateway places errors inside an entity
 * well; one without a path, or at the entity itself (its reference resolver refused), would lose its place or stand
 * where nothing is null: it is repeated at each field that was asked there.
 */
export function placeErrors(errors: readonly GraphQLFormattedError[], fetch: SubgraphFetch): GraphQLFormattedError[] {
  return errors.flatMap((error) => {
    const { path } = error
    if (path && (path[0] === '_entities' ? path.length > 2 : path.length > 0)) return [error]
    const concerned = path?.[0] === '_entities' && path.length === 2 ? path[1] : undefined
    const places = fieldPaths(fetch).filter((place) => concerned === undefined || place[1] === concerned)
    return places.length > 0 ? places.map((place) => ({ ...error, path: place })) : [error]
  })
}

function representationsOf(variables: Readonly<Record<string, unknown>>): readonly Representation[] {
  const { representations } = variables
  return Array.isArray(representations) ? (representations as Representation[]) : []
}

interface Scope {
  readonly variables: Readonly<Record<string, unknown>>
  /** The entity's type; undefined at the root, where there is only one. */
  readonly type: string | undefined
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>
}

function indexOf(document: DocumentNode): Pick<Scope, 'fragments'> {
  const definitions = document.definitions.filter((one) => one.kind === Kind.FRAGMENT_DEFINITION)
  return { fragments: new Map(definitions.map((one) => [one.name.value, one])) }
}

function responseNames(set: SelectionSetNode, scope: Scope): string[] {
  const names = set.selections.flatMap((one) => {
    if (!isIncluded(one.directives, scope.variables)) return []
    if (one.kind === Kind.FIELD) return one.name.value === '__typename' ? [] : [(one.alias ?? one.name).value]
    const inner = one.kind === Kind.FRAGMENT_SPREAD ? scope.fragments.get(one.name.value) : one
    const type = inner?.typeCondition?.name.value
    const isOther = type !== undefined && scope.type !== undefined && type !== scope.type && isObjectType(set, scope)
    return inner && !isOther ? responseNames(inner.selectionSet, scope) : []
  })
  return [...new Set(names)]
}

/** A type condition that names no entity of this fetch may be an interface: then it holds for all of them. */
function isObjectType(set: SelectionSetNode, scope: Scope): boolean {
  return set.selections.some((one) => one.kind === Kind.INLINE_FRAGMENT && one.typeCondition?.name.value === scope.type)
}

function isIncluded(directives: readonly DirectiveNode[] | undefined, variables: Readonly<Record<string, unknown>>) {
  const node = directives ? { directives } : {}
  return (
    getDirectiveValues(GraphQLSkipDirective, node, { ...variables })?.if !== true &&
    getDirectiveValues(GraphQLIncludeDirective, node, { ...variables })?.if !== false
  )
}
