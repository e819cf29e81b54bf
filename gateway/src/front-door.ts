import { readFileSync } from 'node:fs'
import type { GraphQLDataSource } from '@apollo/gateway'
import { buildSubgraphSchema } from '@apollo/subgraph'
import { ChildId } from '@satuanak/contracts'
import { badUserInput } from '@satuanak/graphql-kit'
import { AGENCY_NAMES } from '@satuanak/identity'
import {
  type DocumentNode,
  execute,
  type GraphQLError,
  GraphQLScalarType,
  type GraphQLSchema,
  Kind,
  parse,
  validate,
} from 'graphql'
import type { GatewayContext } from './context.ts'

/** Name of the gateway's own subgraph. It runs in the gateway's process and owns no data. */
export const FRONT_DOOR = 'front-door'

export const frontDoorSdl = (): string => readFileSync(new URL('../front-door.graphql', import.meta.url), 'utf8')

type Process = GraphQLDataSource<GatewayContext>['process']

/** A document, and what is wrong with the values that its caller wrote into it. */
interface Known {
  readonly document: DocumentNode
  readonly errors: readonly GraphQLError[]
}

/**
 * The gateway's own subgraph as the gateway asks it: a document is parsed and validated once. There are as many as there
 * are sets of fields of `child` and `me`, and ids written into them; the oldest makes room.
 */
export class FrontDoor implements GraphQLDataSource<GatewayContext> {
  readonly #schema = frontDoorSchema()
  readonly #known = new Map<string, Known>()

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
    this.#known.set(query, known)
    return known
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
