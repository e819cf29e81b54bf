/** An operation of the committed supergraph, as a front end of one of the agencies sends it. */
export interface Asked {
  readonly name: string
  readonly query: string
  readonly variables: Readonly<Record<string, unknown>>
}

export const OPERATIONS: readonly Asked[] = [
  {
    name: '20 children, three agencies',
    query: `query List($missing: Paper!, $contacts: Boolean!, $after: String) {
      childrenWithoutPapers(missing: $missing, first: 20, after: $after) {
        nodes {
          id
          identity { name sex birthDate nik }
          papers { held missing }
          school { name provider }
          ats { category state reportedAt }
          outreach @include(if: $contacts) { contacts { metOn place activity } }
        }
        pageInfo { hasNextPage endCursor }
      }
    }`,
    variables: { missing: 'AKTA', contacts: true, after: 'halaman-1' },
  },
  {
    name: 'one child, three agencies',
    query: `query One($id: UUID!) {
      child(id: $id) {
        id
        identity { name sex birthDate nik }
        papers { held missing }
        school { name provider }
        outreach { contacts { metOn place activity note } }
      }
    }`,
    variables: { id: '0190a000-0000-7000-8000-000000000001' },
  },
  {
    name: 'chain of three hops',
    query: `query Chain($after: String) {
      streetContacts(first: 10, after: $after) {
        nodes { metOn place child { referrals { title state child { id identity { name birthDate } } } } }
      }
    }`,
    variables: { after: 'halaman-1' },
  },
]

/** The same for another page, or another child. */
export function another({ name, query, variables }: Asked, number: number): Asked {
  const changed = 'id' in variables ? { id: childId(number) } : { after: `halaman-${number}` }
  return { name, query, variables: { ...variables, ...changed } }
}

const childId = (number: number): string => `0190a000-0000-7000-8000-${String(number).padStart(12, '0')}`
