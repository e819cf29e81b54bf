import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  valueFromASTUntyped,
} from 'graphql'

/**
 * The fields by which one agency's fault would blank another agency's data. A non-null field that cannot be answered
 * makes its whole parent null (GraphQL §6.4.4); where the parent is shared between subgraphs, or is the root, that
 * takes everyone's answer along. So such a field must be nullable, unless every subgraph of its type answers it.
 * The gateway's own subgraph is never away.
 *
 * @returns one sentence per field, naming the field, its subgraph and the remedy.
 */
export function blankingFields(supergraph: DocumentNode, neverAway = 'front-door'): string[] {
  const names = subgraphNames(supergraph)
  return supergraph.definitions
    .filter((definition) => definition.kind === Kind.OBJECT_TYPE_DEFINITION)
    .flatMap((type) => blankingOf(type, names, neverAway))
}

function blankingOf(type: ObjectTypeDefinitionNode, names: ReadonlyMap<string, string>, neverAway: string): string[] {
  const graphs = joins(type.directives, 'join__type').map(({ graph }) => String(graph))
  const shared = new Set(graphs).size > 1 || type.name.value === 'Query' || type.name.value === 'Mutation'
  if (!shared) return []
  const keys = new Set(joins(type.directives, 'join__type').flatMap(({ key }) => String(key ?? '').split(/[\s{}]+/)))
  return (type.fields ?? []).flatMap((field) => {
    const owners = ownersOf(field, graphs)
    const answeredByAll = new Set(owners).size === new Set(graphs).size && graphs.length > 1
    const isSafe = field.type.kind !== Kind.NON_NULL_TYPE || keys.has(field.name.value) || answeredByAll
    const away = owners.map((graph) => names.get(graph) ?? graph).filter((name) => name !== neverAway)
    if (isSafe || away.length === 0) return []
    return [
      `${type.name.value}.${field.name.value} of ${away.join(', ')} is non-null: when that agency is away it would blank ` +
        `every other agency's part of ${type.name.value}. Make it nullable.`,
    ]
  })
}

/** The join graphs that answer a field: those named by `@join__field`, or all of its type where none is. */
function ownersOf(field: FieldDefinitionNode, graphs: readonly string[]): string[] {
  const named = joins(field.directives, 'join__field').filter(({ external }) => external !== true)
  const owners = named.map(({ graph }) => graph).filter((graph) => graph !== undefined)
  return owners.length > 0 ? owners.map(String) : [...graphs]
}

function joins(directives: readonly ConstDirectiveNode[] | undefined, name: string): Record<string, unknown>[] {
  return (directives ?? [])
    .filter((directive) => directive.name.value === name)
    .map((directive) =>
      Object.fromEntries((directive.arguments ?? []).map((one) => [one.name.value, valueFromASTUntyped(one.value)])),
    )
}

/** `CIVIL_REGISTRY` → `civil-registry`, from the supergraph's own `join__Graph`. */
function subgraphNames(supergraph: DocumentNode): ReadonlyMap<string, string> {
  const graphs = supergraph.definitions.find(
    (definition) => definition.kind === Kind.ENUM_TYPE_DEFINITION && definition.name.value === 'join__Graph',
  )
  const values = graphs?.kind === Kind.ENUM_TYPE_DEFINITION ? (graphs.values ?? []) : []
  return new Map(
    values.map((value) => [value.name.value, String(joins(value.directives, 'join__graph')[0]?.name ?? '')]),
  )
}
