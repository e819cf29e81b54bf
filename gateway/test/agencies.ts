import { badUserInput, graphError } from '@satuanak/graphql-kit'
import type { Caller } from '@satuanak/identity'
import { GraphQLScalarType } from 'graphql'

export const BOY = '0190a000-0000-7000-8000-000000000001'
export const GIRL = '0190a000-0000-7000-8000-000000000002'

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])
  "A UUID, in lower case." scalar UUID`

/** Two agencies in miniature, each with one good field, one refused, one broken, and a list. */
export const SDL = {
  education: `${LINK}
    type Query { pupils: [Child] broken: String }
    type Child @key(fields: "id") { id: UUID! school: School grade: Int friends: [Child] }
    type School { name: String principal: String }`,
  social: `${LINK}
    type Query { contacts(first: Int): [Contact] seen: [String!] wait: String on(day: Date): String }
    scalar Date
    type Mutation { recordContact(requestId: UUID!): Contact }
    type Child @key(fields: "id") { id: UUID! outreach: Outreach level: String note: String }
    type Outreach { place: String note: String }
    type Contact { place: String child: Child }`,
}

export interface Seen {
  readonly caller: Caller
  readonly headers: ReadonlyMap<string, string>
}

const refused = () =>
  graphError('NOT_PERMITTED', { id: 'Hanya Dinas Sosial.', en: 'Social Affairs only.' }, 'id', { reason: 'ROLE' })

const notADay = () => {
  throw badUserInput({ id: 'Tanggal tidak sah.', en: 'Not a valid day.' })
}

export const RESOLVERS = {
  education: {
    Query: {
      pupils: () => [{ id: BOY }, null, { id: GIRL }],
      broken: () => {
        throw new Error('relation "pupils" at db-17.internal does not exist')
      },
    },
    Child: {
      school: ({ id }: { id: string }) => ({ name: `PKBM of ${id.slice(-1)}` }),
      grade: () => {
        throw new Error('division by zero in /srv/app/grade.ts')
      },
      friends: ({ id }: { id: string }) => (id === BOY ? [{ id: GIRL }] : []),
    },
    School: {
      principal: () => {
        throw refused()
      },
    },
  },
  social: {
    Date: new GraphQLScalarType({ name: 'Date', parseValue: notADay, parseLiteral: notADay }),
    Query: {
      contacts: (_root: unknown, { first }: { first?: number }) =>
        [{ place: 'Alun-alun', child: { id: BOY } }, { place: 'Terminal' }].slice(0, first),
      seen: (_root: unknown, _args: unknown, { headers }: Seen) => [...headers.keys()].toSorted(),
      wait: () => new Promise(() => {}),
      on: () => 'that day',
    },
    Mutation: { recordContact: () => ({ place: 'Alun-alun', child: { id: BOY } }) },
    Child: {
      __resolveReference: async ({ id }: { id: string }) => {
        if (id === GIRL) throw refused()
        return { id }
      },
      outreach: () => ({ place: 'Alun-alun' }),
      level: () => '3',
    },
    Outreach: {
      note: () => {
        throw refused()
      },
    },
  },
}

export type Agency = keyof typeof SDL
