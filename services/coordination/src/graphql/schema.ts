import { toSubgraph } from '@satuanak/graphql-kit'
import '../agency/graphql.ts'
import '../referral/graphql.ts'
import '../referral/graphql-mutations.ts'
import '../timeline/graphql.ts'
import '../webhook/graphql.ts'
import '../webhook/graphql-mutations.ts'
import { builder } from './builder.ts'

export const { schema, sdl } = toSubgraph(builder)
