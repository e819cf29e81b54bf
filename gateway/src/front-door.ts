import { readFileSync } from 'node:fs'
import { buildSubgraphSchema } from '@apollo/subgraph'
import { ChildId } from '@satuanak/contracts'
import { badUserInput } from '@satuanak/graphql-kit'
import { AGENCY_NAMES } from '@satuanak/identity'
import { GraphQLScalarType, type GraphQLSchema, Kind, parse } from 'graphql'
import type { GatewayContext } from './context.ts'

/** Name of the gateway's own subgraph. It runs in the gateway's process and owns no data. */
export const FRONT_DOOR = 'front-door'

export const frontDoorSdl = (): string => readFileSync(new URL('../front-door.graphql', import.meta.url), 'utf8')

/** `child(id)` gives the reference only: what is known of the child is each agency's to say (ADR "The front door"). */
export function frontDoorSchema(): GraphQLSchema {
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
