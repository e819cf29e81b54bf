import { readFileSync } from 'node:fs'
import type { GraphQLDataSource } from '@apollo/gateway'
import { buildSubgraphSchema } from '@apollo/subgraph'
import {
  execute,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  getNullableType,
  isAbstractType,
  isEnumType,
  isListType,
  isObjectType,
  parse,
} from 'graphql'

type Process = Parameters<GraphQLDataSource['process']>[0]

const fileOf = (name: string): URL =>
  new URL(
    name === 'front-door' ? '../../../gateway/front-door.graphql' : `../../../services/${name}/schema.graphql`,
    import.meta.url,
  )

/**
 * A subgraph that answers from memory: the text of each answer is made once, and read for each request, as a body that
 * came over a wire is.
 */
export function memorySubgraph(name: string): GraphQLDataSource {
  const schema = buildSubgraphSchema(parse(readFileSync(fileOf(name), 'utf8')))
  const answers = new Map<string, string>()
  return {
    process: async ({ request }: Process) => {
      const asked = JSON.stringify([request.query, request.variables])
      const known = answers.get(asked)
      if (known !== undefined) return JSON.parse(known)
      const made = await madeUp(schema, request.query ?? '', JSON.parse(JSON.stringify(request.variables ?? {})))
      answers.set(asked, made)
      return JSON.parse(made)
    },
  }
}

async function madeUp(schema: GraphQLSchema, query: string, variableValues: Record<string, unknown>): Promise<string> {
  const result = await execute({
    schema,
    document: parse(query),
    variableValues,
    fieldResolver: (source: Record<string, unknown>, _args, _context, info) =>
      source?.[info.fieldName] ?? madeOf(info.returnType, info),
    typeResolver: (value: { readonly __typename: string }) => value.__typename,
  })
  if (result.errors) throw new Error(`${result.errors[0]?.message} in ${query}`)
  return JSON.stringify(result)
}

let made = 0

/** Something of the type: twenty of what is at the top, two of what is further down. */
function madeOf(type: GraphQLOutputType, info: GraphQLResolveInfo): unknown {
  const bare = getNullableType(type)
  if (isListType(bare)) {
    const many = info.path.prev?.prev === undefined ? 20 : 2
    return Array.from({ length: many }, () => madeOf(bare.ofType, info))
  }
  if (isAbstractType(bare)) return { __typename: info.schema.getPossibleTypes(bare)[0]?.name }
  if (isObjectType(bare)) return { __typename: bare.name }
  if (isEnumType(bare)) return bare.getValues()[0]?.value
  switch (String(bare)) {
    case 'Boolean':
      return true
    case 'Int':
      return 7
    case 'UUID':
    case 'ID':
      made += 1
      return `0190a000-0000-7000-8000-${String(made).padStart(12, '0')}`
    default:
      return `${info.fieldName} yang panjangnya biasa`
  }
}
