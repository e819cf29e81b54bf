import { ROLES, type Role } from '@satuanak/contracts'
import { PERMISSIONS, type Permission, type Rule } from '@satuanak/identity'
import { type GraphQLObjectType, type GraphQLSchema, isObjectType } from 'graphql'
import { permissionOf, walkPermissions } from '../permission/walk.ts'

/** One line of the table: a field, a role, and what the permissions table says of the two. */
export interface FieldOfRole {
  readonly type: string
  readonly field: string
  readonly role: Role
  /** All that the field needs: its type's, its interfaces', its own. */
  readonly permissions: readonly Permission[]
  /** Whether the role is in the table for all of them; territory, level and grants then still decide. */
  readonly byRole: boolean
}

/**
 * Every field of every object type, with every role. Read from what the schema names and from PERMISSIONS itself, not
 * from the guard that is to be tested.
 */
export function everyFieldEveryRole(schema: GraphQLSchema, roles: readonly Role[] = ROLES): readonly FieldOfRole[] {
  return walkPermissions(schema).flatMap(({ type: name, field, permission }) => {
    const type = schema.getType(name)
    if (field === null || !isObjectType(type)) return []
    const permissions = [...new Set([...ofTypes(schema, type, field), permission])]
    return roles.map((role) => ({
      type: name,
      field,
      role,
      permissions,
      byRole: permissions.every((one) => holds(role, one)),
    }))
  })
}

function ofTypes(schema: GraphQLSchema, type: GraphQLObjectType, field: string): readonly Permission[] {
  const declaring = type.getInterfaces().filter((each) => each.getFields()[field] !== undefined)
  return [type, ...declaring].flatMap(({ name }) => permissionOf(schema, name) ?? [])
}

const holds = (role: Role, permission: Permission): boolean =>
  (PERMISSIONS[permission] as readonly Rule[]).some((rule) => rule.roles.includes(role))
