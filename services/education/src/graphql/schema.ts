import { toSubgraph } from '@satuanak/graphql-kit'
import '../ats/graphql.ts'
import '../ats/graphql-mutations.ts'
import '../attendance/graphql.ts'
import '../enrolment/graphql.ts'
import '../enrolment/graphql-mutations.ts'
import '../pupil/graphql.ts'
import '../school/graphql.ts'
import '../school/graphql-mutations.ts'
import { builder } from './builder.ts'

export const { schema, sdl } = toSubgraph(builder)
