import { toSubgraph } from '@satuanak/graphql-kit'
import '../outreach/graphql.ts'
import { builder } from './builder.ts'

export const { schema, sdl } = toSubgraph(builder)
