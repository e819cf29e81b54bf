import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { GraphQLDataSource } from '@apollo/gateway'
import { buildSubgraphSchema } from '@apollo/subgraph'
import {
  execute,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
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
/** What is made up of an object: its type, and its id where the type has one. All else follows from these. */
type Made = Readonly<Record<string, unknown>>

/** The committed SDL of a service, or of the gateway's own part of the graph. */
export const sdlOf = (name: string): string => readFileSync(fileOf(name), 'utf8')

const fileOf = (name: string): URL =>
  new URL(
    name === 'front-door' ? '../../../gateway/front-door.graphql' : `../../../services/${name}/schema.graphql`,
    import.meta.url,
  )

/**
 * A subgraph of made-up data. The same object has the same fields however it is reached, so that gateways that plan
 * differently get the same answer.
 * @returns the text of the answer to a query.
 */
export function answersOf(name: string): (query: string, variables: Record<string, unknown>) => Promise<string> {
  const schema = buildSubgraphSchema(parse(sdlOf(name)))
  return (query, variables) => madeUp(schema, query, variables)
}

/** A subgraph in memory: each answer's text is made once, and read for each request, as a body from a wire is. */
export function memorySubgraph(name: string): GraphQLDataSource {
  const answer = answersOf(name)
  const answers = new Map<string, string>()
  return {
    process: async ({ request }: Process) => {
      const asked = JSON.stringify([request.query, request.variables])
      const known = answers.get(asked)
      if (known !== undefined) return JSON.parse(known)
      const made = await answer(request.query ?? '', JSON.parse(JSON.stringify(request.variables ?? {})))
      answers.set(asked, made)
      return JSON.parse(made)
    },
  }
}

async function madeUp(schema: GraphQLSchema, query: string, variableValues: Record<string, unknown>): Promise<string> {
  const document = parse(query)
  const result = await execute({ schema, document, variableValues, fieldResolver, typeResolver })
  if (result.errors) throw new Error(`${result.errors[0]?.message} in ${query}`)
  return JSON.stringify(result)
}

const fieldResolver: GraphQLFieldResolver<Made | undefined, unknown> = (source, args, _context, info) =>
  source?.[info.fieldName] ?? madeOf(info.returnType, info, seedOf(source, args, info))

const typeResolver = (value: Made): string => String(value.__typename)

const SEED = Symbol('seed')

/** An object that came in as a reference is known by its key. */
function seedOf(source: Made | undefined, args: Made, { fieldName }: GraphQLResolveInfo): string {
  if (source === undefined) return typeof args.id === 'string' ? args.id : `${fieldName}${JSON.stringify(args)}`
  const own = typeof source.id === 'string' ? source.id : ((source as { [SEED]?: string })[SEED] ?? '')
  return `${own}.${fieldName}`
}

/** Something of the type: twenty of what is at the top, two of what is further down. */
function madeOf(type: GraphQLOutputType, info: GraphQLResolveInfo, seed: string): unknown {
  const bare = getNullableType(type)
  if (isListType(bare)) {
    const many = info.path.prev?.prev === undefined ? 20 : 2
    return Array.from({ length: many }, (_, index) => madeOf(bare.ofType, info, `${seed}.${index}`))
  }
  if (isAbstractType(bare)) return { __typename: info.schema.getPossibleTypes(bare)[0]?.name, [SEED]: seed }
  if (isObjectType(bare)) return objectOf(bare, seed)
  if (isEnumType(bare)) return bare.getValues()[0]?.value
  switch (String(bare)) {
    case 'Boolean':
      return true
    case 'Int':
      return 7
    case 'UUID':
    case 'ID':
      return uuidOf(seed)
    default:
      return `${info.fieldName} yang panjangnya biasa`
  }
}

const UUID = /^[0-9a-f-]{36}$/

function objectOf(type: GraphQLObjectType, seed: string): Made {
  const id = type.getFields().id && (UUID.test(seed) ? seed : uuidOf(seed))
  return { __typename: type.name, ...(id && { id }), [SEED]: seed }
}

function uuidOf(seed: string): string {
  const hash = createHash('sha256').update(seed).digest('hex')
  return `0190a000-${hash.slice(0, 4)}-7000-8000-${hash.slice(4, 16)}`
}
