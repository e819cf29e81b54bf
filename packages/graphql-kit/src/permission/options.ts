import type { FieldNullability, InputFieldMap, InterfaceParam, SchemaTypes, TypeParam } from '@pothos/core'
import type { Facts, Permission } from '@satuanak/identity'
import type { MaybePromise } from '../maybe-promise.ts'
import type { ChildOf } from '../refused-try.ts'
import type { PermissionPlugin } from './plugin.ts'

/**
 * What the permissions of a type are measured against. Called at most once per object and request. `null`: this service
 * knows nothing of the thing, so there is nothing to show (null or empty, without an error) except to those whom
 * no fact could stop.
 */
export type FactsOf<Parent = never, Context = never> = (parent: Parent, context: Context) => MaybePromise<Facts | null>

declare global {
  export namespace PothosSchemaTypes {
    export interface Plugins<Types extends SchemaTypes> {
      permission: PermissionPlugin<Types>
    }

    export interface ObjectTypeOptions<Types extends SchemaTypes = SchemaTypes, Shape = unknown> {
      /** Who may see anything of this type at all. Each of its fields needs it besides its own. */
      permission: Permission
      /** Where it is given, territory, level and grants are checked for every object of this type, not the role alone. */
      facts?: FactsOf<Shape, Types['Context']>
      /** Whose data an object is, for the audit of a refused try; not needed where it has a `childId`. */
      child?: ChildOf<Shape>
    }

    export interface InterfaceTypeOptions<
      Types extends SchemaTypes = SchemaTypes,
      Shape = unknown,
      Interfaces extends InterfaceParam<Types>[] = InterfaceParam<Types>[],
      ResolveType = unknown,
    > {
      /** Who may see the fields that this interface gives to its types, besides what type and field ask. */
      permission: Permission
    }

    export interface FieldOptions<
      Types extends SchemaTypes = SchemaTypes,
      ParentShape = unknown,
      Type extends TypeParam<Types> = TypeParam<Types>,
      Nullable extends FieldNullability<Type> = FieldNullability<Type>,
      Args extends InputFieldMap = InputFieldMap,
      ResolveShape = unknown,
      ResolveReturnShape = unknown,
    > {
      /** Who may see this field (on a root type: who may ask at all; the use case checks territory). */
      permission: Permission
    }
  }
}
