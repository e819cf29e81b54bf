import { type GraphQLSchema, isAbstractType, isInterfaceType, isObjectType } from 'graphql'
import type { Named } from '../own.ts'

/** Whether an object of an answer is of one type, by its `__typename`. */
export type TypeTest = (object: unknown) => boolean

/**
 * A test that remembers its answer for each name the schema knows.
 * @param unnamed the answer for an object that does not tell its type.
 */
export function typeTest(schema: GraphQLSchema, condition: string, unnamed = false): TypeTest {
  const known = new Map<unknown, boolean>()
  return (object) => {
    const name = (object as Named).__typename
    if (!name) return unnamed
    if (condition === name) return true
    const told = known.get(name)
    if (told !== undefined) return told
    const answer = isOfType(schema, name as string, condition)
    // Names that a subgraph invents are not remembered: there is no end to them.
    if (schema.getType(name as string)) known.set(name, answer)
    return answer
  }
}

function isOfType(schema: GraphQLSchema, name: string, condition: string): boolean {
  const type = schema.getType(name)
  const wanted = schema.getType(condition)
  if (!type || !wanted || !isAbstractType(wanted)) return false
  return (isObjectType(type) || isInterfaceType(type)) && schema.isSubType(wanted, type)
}
