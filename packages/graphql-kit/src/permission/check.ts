import { type GraphQLObjectType, type GraphQLSchema, isNonNullType, isObjectType } from 'graphql'
import { isOpen } from './judge.ts'
import { permissionOf, walkPermissions } from './walk.ts'

/**
 * What a schema must be before it may be served. All that is wrong is said at once.
 * @throws Error that names every type and field at fault.
 */
export function checkSchema(schema: GraphQLSchema): void {
  walkPermissions(schema)
  const faults = [...neverNull(schema), ...unresolvedKeys(schema), ...subscriptions(schema)]
  if (faults.length > 0) throw new Error(faults.join('\n'))
}

const objectsOf = (schema: GraphQLSchema): readonly GraphQLObjectType[] =>
  Object.values(schema.getTypeMap()).filter((type) => isObjectType(type))

/** A field that some may not see while they see its object must be able to be null, or it would take the object along. */
function neverNull(schema: GraphQLSchema): string[] {
  return objectsOf(schema)
    .filter((type) => type.extensions.facts !== undefined)
    .flatMap((type) => {
      const own = permissionOf(schema, type.name)
      return Object.values(type.getFields())
        .filter(({ type: fieldType }) => isNonNullType(fieldType))
        .map(({ name }) => ({ name, permission: permissionOf(schema, type.name, name) }))
        .filter(({ permission }) => permission !== undefined && permission !== own && !isOpen(permission))
        .map(
          ({ name, permission }) =>
            `${type.name}.${name} needs ${permission} beyond its type's ${own}: make it nullable.`,
        )
    })
}

/** Without a resolver Apollo would take the reference, as the client sent it, for the object itself. */
function unresolvedKeys(schema: GraphQLSchema): string[] {
  return objectsOf(schema)
    .filter((type) => hasResolvableKey(type) && !hasReferenceResolver(type))
    .map((type) => `${type.name} has a @key but no resolveReference: use builder.asEntity, or resolvable: false.`)
}

function hasResolvableKey(type: GraphQLObjectType): boolean {
  const directives = (type.extensions.directives ?? []) as readonly {
    name: string
    args?: { resolvable?: boolean }
  }[]
  return directives.some(({ name, args }) => name === 'key' && args?.resolvable !== false)
}

function hasReferenceResolver(type: GraphQLObjectType): boolean {
  const apollo = type.extensions.apollo as { subgraph?: { resolveReference?: unknown } } | undefined
  return typeof apollo?.subgraph?.resolveReference === 'function'
}

const subscriptions = (schema: GraphQLSchema): string[] =>
  schema.getSubscriptionType() ? ['Subscriptions are not guarded here: the gateway has none.'] : []
