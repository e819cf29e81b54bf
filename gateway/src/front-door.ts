import { readFileSync } from 'node:fs'
import type { GraphQLDataSource } from '@apollo/gateway'
import { buildSubgraphSchema } from '@apollo/subgraph'
import { ChildId } from '@satuanak/contracts'
import { badUserInput } from '@satuanak/graphql-kit'
import { AGENCY_NAMES } from '@satuanak/identity'
import { type DocumentNode, execute, GraphQLScalarType, type GraphQLSchema, Kind, parse } from 'graphql'
import type { GatewayContext } from './context.ts'

/** Name of the gateway's own subgraph. It runs in the gateway's process and owns no data. */
export const FRONT_DOOR = 'front-door'

export const frontDoorSdl = (): string => readFileSync(new URL('../front-door.graphql', import.meta.url), 'utf8')

type Process = GraphQLDataSource<GatewayContext>['process']

/**
 * The gateway's own subgraph as the gateway asks it: what the planner wrote is valid, and is parsed once. There are as
 * many of its documents as there are sets of fields of `child` and `me`; the oldest makes room.
 */
export class FrontDoor implements GraphQLDataSource<GatewayContext> {
  readonly #schema = frontDoorSchema()
  readonly #documents = new Map<string, DocumentNode>()

  async process({ request, context }: Parameters<Process>[0]): ReturnType<Process> {
    const document = this.#parsed(request.query ?? '')
    const { variables: variableValues = {}, operationName = null } = request
    const asked = { schema: this.#schema, document, contextValue: context, variableValues, operationName }
    return (await execute(asked)) as Awaited<ReturnType<Process>>
  }

  #parsed(query: string): DocumentNode {
    const known = this.#documents.get(query)
    if (known) return known
    const oldest = this.#documents.size >= MOST_DOCUMENTS ? this.#documents.keys().next().value : undefined
    if (oldest !== undefined) this.#documents.delete(oldest)
    const document = parse(query, { noLocation: true })
    this.#documents.set(query, document)
    return document
  }
}

const MOST_DOCUMENTS = 200

/** `child(id)` gives the reference only: what is known of the child is each agency's to say (ADR "The front door"). */
function frontDoorSchema(): GraphQLSchema {
  const UUID = new GraphQLScalarType<string>({
    name: 'UUID',
    parseValue: uuid,
    parseLiteral: (node) => uuid(node.kind === Kind.STRING ? node.value : undefined),
  })
  const Query = {
    child: (_root: unknown, { id }: { readonly id: string }) => ({ id }),
    me: (_root: unknown, _args: unknown, { caller, locale }: GatewayContext) => ({
      ...caller,
      agencyName: AGENCY_NAMES[caller.agency][locale],
    }),
  }
  return buildSubgraphSchema([{ typeDefs: parse(frontDoorSdl()), resolvers: { UUID, Query } }])
}

/** The value is not repeated in the refusal: it may be a NIK in the wrong box. */
function uuid(value: unknown): string {
  const parsed = ChildId.safeParse(value)
  if (parsed.success) return parsed.data
  throw badUserInput({
    id: 'UUID tidak sah: kirim UUID utuh, 36 karakter.',
    en: 'Not a valid UUID: send a whole UUID, 36 characters.',
  })
}
