import type { PERSONAS } from '@satuanak/demo-city'
import type { BenchPerson, Population } from './population.ts'

/** One way in which the registry is asked: by whom, what, and with which values for the n-th asking. */
export interface Kind {
  readonly as: keyof typeof PERSONAS
  readonly query: string
  readonly variables: (person: BenchPerson, n: number) => Record<string, unknown>
}

const SEARCH = `query ($name: String!, $birthYear: Int, $motherName: String, $kelurahan: String) {
  searchChildren(name: $name, birthYear: $birthYear, motherName: $motherName, kelurahan: $kelurahan) {
    nodes { id identity { name birthDate } } warnings { rule } pageInfo { hasNextPage } } }`
const BY_NIK = `query ($nik: String!) { childByNik(nik: $nik) { id identity { name } } }`
const BY_ID = `query ($r: [_Any!]!) {
  _entities(representations: $r) { ... on Child { id identity { name } papers { missing } } } }`
const WITHOUT = `query ($missing: Paper!) { childrenWithoutPapers(missing: $missing) { nodes { id papers { missing } } } }`

const OFFICER = 'kelurahan-panjang-wetan'
const PAGE = 20

const first = ({ name }: BenchPerson): string => name.split(' ')[0] ?? ''
const longest = ({ name }: BenchPerson): string =>
  name.split(' ').reduce((one, other) => (other.length > one.length ? other : one))
/** One letter left out of the longest word. */
const withSlip = (person: BenchPerson): string =>
  person.name.replace(longest(person), (word) => word.slice(0, 2) + word.slice(3))
const search = (variables: Kind['variables'], as: Kind['as'] = 'dukcapil'): Kind => ({ as, query: SEARCH, variables })

/** What an officer asks for, of a child that is there unless it says otherwise. */
export const kindsOf = ({ words, person }: Population): Readonly<Record<string, Kind>> => ({
  'whole name': search(({ name }) => ({ name })),
  'two words, the other way round': search(({ name }) => ({ name: name.split(' ').slice(0, 2).reverse().join(' ') })),
  'one slip of the pen': search((one) => ({ name: withSlip(one) })),
  'first word, birth year': search((one) => ({ name: first(one), birthYear: Number(one.birthDate.slice(0, 4)) })),
  'first word, mother': search((one) => ({ name: first(one), motherName: one.mother })),
  'first word, kelurahan': search((one) => ({ name: first(one), kelurahan: one.kelurahan })),
  'first word, by a kelurahan’s officer': search((one) => ({ name: first(one) }), OFFICER),
  'one of the 50 commonest words': search((_, n) => ({ name: words[n % 50] })),
  'two of the 50 commonest words': search((_, n) => ({ name: `${words[n % 50]} ${words[(n * 7 + 3) % 50]}` })),
  'a rare word': search((_, n) => ({ name: words[words.length - 1 - n * 50] })),
  'a word nobody bears': search((_, n) => ({ name: `Xq${n}zwv Wqkk` })),
  'by NIK': { as: 'dukcapil', query: BY_NIK, variables: ({ nik }) => ({ nik }) },
  'twenty by id': {
    as: 'dukcapil',
    query: BY_ID,
    variables: (_, n) => ({
      r: Array.from({ length: PAGE }, (__, at) => ({ __typename: 'Child', id: person(n * PAGE + at).id })),
    }),
  },
  'without NIK': { as: 'dukcapil', query: WITHOUT, variables: () => ({ missing: 'NIK' }) },
  'without NIK, by a kelurahan’s officer': { as: OFFICER, query: WITHOUT, variables: () => ({ missing: 'NIK' }) },
})
