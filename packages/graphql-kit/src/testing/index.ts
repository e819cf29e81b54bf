export { type AssertPermissions, assertPermissions } from './assert-permissions.ts'
export { everyFieldEveryRole, type FieldOfRole } from './every-field-every-role.ts'
