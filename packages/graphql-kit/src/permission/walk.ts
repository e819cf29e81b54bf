import { PERMISSION_NAMES, type Permission } from '@satuanak/identity'
import { type GraphQLSchema, isInterfaceType, isObjectType } from 'graphql'

/** One line of a schema's permissions. `field: null` is the type itself. */
export interface PermissionEntry {
  readonly type: string
  readonly field: string | null
  readonly permission: Permission
}

/** Federation's own, which the HTTP layer opens to the signed gateway only. */
const FEDERATION_TYPES: ReadonlySet<string> = new Set(['_Service', '_Entity', '_Any'])
const FEDERATION_FIELDS: ReadonlySet<string> = new Set(['_service', '_entities'])

/** The permission that a type, or one of its fields, names; `undefined` where it names none. */
export function permissionOf(schema: GraphQLSchema, typeName: string, fieldName?: string): Permission | undefined {
  const type = schema.getType(typeName)
  if (!isObjectType(type) && !isInterfaceType(type)) return undefined
  const holder = fieldName === undefined ? type : type.getFields()[fieldName]
  const permission: unknown = holder?.extensions.permission
  return PERMISSION_NAMES.find((name) => name === permission)
}

/**
 * Every type and field of a schema with its permission, sorted by name. Input types and unions hold nothing of their
 * own; root types are asked field by field.
 * @throws Error that names every type and field without one.
 */
export function walkPermissions(schema: GraphQLSchema): readonly PermissionEntry[] {
  const places = placesOf(schema).map((place) => ({
    ...place,
    permission: permissionOf(schema, place.type, place.field ?? undefined),
  }))
  const missing = places.filter(({ permission }) => permission === undefined).map(nameOf)
  if (missing.length > 0) {
    throw new Error(`Every type and field names its permission. None is named by: ${missing.join(', ')}.`)
  }
  return places.flatMap(({ permission, ...place }) => (permission === undefined ? [] : [{ ...place, permission }]))
}

const nameOf = ({ type, field }: { type: string; field: string | null }) => (field === null ? type : `${type}.${field}`)

function placesOf(schema: GraphQLSchema): { type: string; field: string | null }[] {
  const roots = new Set(
    [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].map((root) => root?.name),
  )
  return Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type) || isInterfaceType(type))
    .filter(({ name }) => !name.startsWith('__') && !FEDERATION_TYPES.has(name))
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((type) => {
      const fields = Object.keys(type.getFields()).sort()
      const own = roots.has(type.name) ? fields.filter((field) => !FEDERATION_FIELDS.has(field)) : fields
      const itself = roots.has(type.name) ? [] : [{ type: type.name, field: null }]
      return [...itself, ...own.map((field) => ({ type: type.name, field }))]
    })
}
