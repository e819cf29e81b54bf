import { buildSubgraphSchema } from '@apollo/subgraph'
import type { ServiceName } from '@satuanak/contracts'
import { type GraphQLSchema, parse } from 'graphql'
import { answersOf, sdlOf } from '../../memory/answers.ts'

type Json = Readonly<Record<string, unknown>>
interface Reference {
  readonly id: string
}

/** What each agency says of a child, in the three operations. */
const CHILD: Readonly<Record<ServiceName, string>> = {
  'civil-registry': 'id identity { name sex birthDate nik } papers { held missing }',
  education: 'id school { name provider } ats { category state reportedAt }',
  social: 'id outreach { contacts { metOn place activity note } }',
  coordination: 'id referrals { title state child { id } }',
}

/** The lists with which two of the operations begin. */
const LISTS: Partial<Readonly<Record<ServiceName, { readonly field: string; readonly query: string }>>> = {
  'civil-registry': {
    field: 'childrenWithoutPapers',
    query: `{ childrenWithoutPapers(missing: AKTA, first: 20) {
      nodes { ${CHILD['civil-registry']} } pageInfo { hasNextPage endCursor }
    } }`,
  },
  social: { field: 'streetContacts', query: '{ streetContacts(first: 10) { nodes { metOn place child { id } } } }' },
}

/** A service's schema over objects in memory, with resolvers as anybody would write them. */
export async function schemaOf(service: ServiceName): Promise<GraphQLSchema> {
  const answer = answersOf(service)
  const children = new Map<string, Json>()
  const list = LISTS[service]
  const page = list && (await dataOf(answer(list.query, {})))[list.field]
  const find = async (id: string) => {
    const query = `query($of: [_Any!]!) { _entities(representations: $of) { ... on Child { ${CHILD[service]} } } }`
    const { _entities } = await dataOf(answer(query, { of: [{ __typename: 'Child', id }] }))
    const [child] = _entities as [Json]
    children.set(id, child)
    return child
  }
  return buildSubgraphSchema({
    typeDefs: parse(sdlOf(service)),
    resolvers: {
      ...(list && { Query: { [list.field]: () => page } }),
      // Made up when it is first asked for, and found again from then on.
      Child: { __resolveReference: ({ id }: Reference) => children.get(id) ?? find(id) },
    },
  })
}

const dataOf = async (text: Promise<string>): Promise<Json> => (JSON.parse(await text) as { readonly data: Json }).data
