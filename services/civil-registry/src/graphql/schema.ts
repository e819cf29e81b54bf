import { toSubgraph } from '@satuanak/graphql-kit'
import '../flags/graphql.ts'
import '../identity/graphql.ts'
import '../identity/graphql-mutations.ts'
import '../identity/graphql-reveal-nik.ts'
import '../review/graphql.ts'
import '../review/graphql-mutations.ts'
import '../ktp-list/graphql.ts'
import '../search/graphql.ts'
import '../ktp-recording/graphql.ts'
import '../ktp-recording/graphql-mutations.ts'
import { builder } from './builder.ts'

export const { schema, sdl } = toSubgraph(builder)
