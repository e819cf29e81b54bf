import {
  isCustomScalarType,
  isEnumType,
  isValidLeafValue,
  type NamedType,
  type Schema,
} from '@apollo/federation-internals'
import { type Complete, FAILED, type Place, tell } from './run.ts'

/** Compiles the check of a scalar or an enum. */
export function compileLeaf(schema: Schema, type: NamedType, place: Place): Complete {
  const isValid = compileIsValid(schema, type)
  return (value, existing, run) => {
    if (existing !== undefined) return existing
    if (value === null) return null
    if (isValid(value)) return value
    tell(run, (where) => `Invalid value found for ${where}.`, place, type)
    return FAILED
  }
}

/** The types that most values have, each with its own check; what a number may be is left to the library. */
function compileIsValid(schema: Schema, type: NamedType): (value: unknown) => boolean {
  if (isCustomScalarType(type)) return () => true
  const whole = (value: unknown) => isValidLeafValue(schema, value, type as never)
  if (isEnumType(type)) {
    const values = new Set<unknown>(type.values.map(({ name }) => name))
    return (value) => values.has(value)
  }
  if (type === schema.stringType() || type === schema.idType()) {
    return (value) => typeof value === 'string' || whole(value)
  }
  if (type === schema.booleanType()) return (value) => typeof value === 'boolean'
  return whole
}
