import { type GraphQLResolveInfo, type GraphQLSchema, getNamedType, isLeafType, isObjectType } from 'graphql'
import type { GraphContext } from '../context.ts'
import { badUserInput } from '../graph-error.ts'
import { chain, type MaybePromise } from '../maybe-promise.ts'
import { admit } from './guard.ts'
import type { Needs } from './judge.ts'

export type ReferenceResolver = (
  reference: Readonly<Record<string, unknown>>,
  context: GraphContext,
  info: GraphQLResolveInfo,
) => MaybePromise<unknown>

/**
 * `_entities` goes through the same check as every other way to an object. Its input is `_Any`, which GraphQL does not
 * look into, so the key is read here by the scalars of its fields.
 * @param keys each key's selection, `id` or `npsn year`.
 */
export function guardedReference(
  typeName: string,
  keys: readonly string[],
  admits: Needs,
  resolve: ReferenceResolver,
): ReferenceResolver {
  return (reference, context, info) => {
    const key = readKey(info.schema, typeName, keys, reference)
    const found = resolve(key, context, info)
    if (admits.permissions.length === 0) return found
    return chain(
      admit(admits, found, context, () => null),
      (value) => {
        if (value instanceof Error) throw value
        return value
      },
    )
  }
}

function readKey(
  schema: GraphQLSchema,
  typeName: string,
  keys: readonly string[],
  reference: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const flat = keys.map((key) => key.trim().split(/[\s,]+/))
  const key = flat.find((fields) =>
    fields.every((field) => reference[field] !== undefined && reference[field] !== null),
  )
  if (!key) {
    throw badUserInput({
      id: `Rujukan ke ${typeName} harus memuat ${keys.join(' atau ')}.`,
      en: `A reference to ${typeName} must hold ${keys.join(' or ')}.`,
    })
  }
  return {
    ...reference,
    ...Object.fromEntries(key.map((field) => [field, readLeaf(schema, typeName, field, reference)])),
  }
}

function readLeaf(
  schema: GraphQLSchema,
  typeName: string,
  field: string,
  reference: Readonly<Record<string, unknown>>,
) {
  const type = schema.getType(typeName)
  const leaf = isObjectType(type) ? getNamedType(type.getFields()[field]?.type) : undefined
  if (!isLeafType(leaf)) throw new Error(`Key ${field} of ${typeName} is not a scalar: nested keys are not supported.`)
  return leaf.parseValue(reference[field])
}
