import type { FieldNullability, InputFieldMap, SchemaTypes, TypeParam } from '@pothos/core'
import type { Refusal } from '@satuanak/domain-kit'
import type { RefusalPlugin } from './plugin.ts'

export type RefusalClass<R extends Refusal = Refusal> = abstract new (...args: never[]) => R

declare global {
  export namespace PothosSchemaTypes {
    export interface Plugins<Types extends SchemaTypes> {
      refusals: RefusalPlugin<Types>
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
      /**
       * The refusals of the use case: the field's type becomes the union `XResult` of `XSuccess { data }`, these, and
       * those every use case may answer. A mutation has it even where it names none.
       */
      errors?: { readonly types?: readonly RefusalClass[] }
    }
  }
}
