import { toSubgraph } from '@satuanak/graphql-kit'
import '../ats/cause/graphql.ts'
import '../ats/cause/graphql-mutations.ts'
import '../ats/graphql.ts'
import '../ats/graphql-mutations.ts'
import '../ats/instrument/graphql.ts'
import '../enrolment/graphql.ts'
import '../school/graphql.ts'
import { builder } from './builder.ts'

export const { schema, sdl } = toSubgraph(builder)
