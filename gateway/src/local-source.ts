import type { GraphQLDataSource } from '@apollo/gateway'
import { type DocumentNode, execute, type GraphQLError, type GraphQLSchema, parse, validate } from 'graphql'
import type { GatewayContext } from './context.ts'

type Process = GraphQLDataSource<GatewayContext>['process']

/** A document, and what is wrong with the values that its caller wrote into it. */
interface Known {
  readonly document: DocumentNode
  readonly errors: readonly GraphQLError[]
}

/**
 * A subgraph in the gateway's process. As `LocalGraphQLDataSource`, but a document is parsed and validated once: the
 * planner writes the same ones again and again. The oldest makes room for values that a caller wrote into one.
 */
export class LocalSource implements GraphQLDataSource<GatewayContext> {
  readonly #schema: GraphQLSchema
  readonly #known = new Map<string, Known>()

  constructor(schema: GraphQLSchema) {
    this.#schema = schema
  }

  async process({ request, context }: Parameters<Process>[0]): ReturnType<Process> {
    const { document, errors } = this.#read(request.query ?? '')
    if (errors.length > 0) return { errors } as Awaited<ReturnType<Process>>
    const { variables: variableValues = {}, operationName = null } = request
    const asked = { schema: this.#schema, document, contextValue: context, variableValues, operationName }
    return (await execute(asked)) as Awaited<ReturnType<Process>>
  }

  #read(query: string): Known {
    const found = this.#known.get(query)
    if (found) return found
    const oldest = this.#known.size >= MOST_DOCUMENTS ? this.#known.keys().next().value : undefined
    if (oldest !== undefined) this.#known.delete(oldest)
    const document = parse(query)
    const known = { document, errors: validate(this.#schema, document) }
    if (query.length <= LONGEST_KNOWN) this.#known.set(query, known)
    return known
  }
}

const MOST_DOCUMENTS = 200
const LONGEST_KNOWN = 4_096
