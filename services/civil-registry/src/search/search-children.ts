import { date, fields, optional, orRefuse, parsePersonName, parseRegionCode, wholeNumber } from '@satuanak/domain-kit'
import { type Caller, territory } from '@satuanak/identity'
import type { RegistryApp } from '../app.ts'
import { formsOf, isLike, wordsOf } from './domain.ts'
import { countPersons, findStretch, findWordsByForm, type Stretch, type StretchQuery, type Term } from './repository.ts'

export interface SearchChildren {
  /** Any words of the name, in any order. */
  readonly name: string
  readonly birthDate?: string | null | undefined
  readonly birthYear?: number | null | undefined
  /** Any words of the mother's name. */
  readonly motherName?: string | null | undefined
  readonly kelurahan?: string | null | undefined
  /** Where the page before ended: a cursor holds no name. */
  readonly after: Place | null
  readonly limit: number
}

/** Names with every word as it was asked for come first (0), then those with a word very like one (1). */
export type Place = readonly [stage: number, id: string]

export interface Found {
  readonly places: readonly Place[]
  /**
   * Where looking ended with the page not full and children left to look at; null where the page is full or the search
   * is done. Whoever goes on from here misses nobody.
   */
  readonly stoppedAt: Place | null
}

const EARLIEST_YEAR = 1900
/**
 * How many persons of one word a page looks at in each stage, so that a search costs much the same in a registry of
 * any size [D]: 1 in 100 of a million. Looking at one costs about a microsecond (docs/adr/0016).
 */
const MOST_LOOKED_AT = 10_000
/** Fewer persons than this are read whole. */
const FEW = 1_000

const STAGES = [0, 1]

/**
 * Children in whose name every word asked for stands, or one very like it (ID-20), in any order, narrowed by birth date
 * or year, mother and kelurahan, within the caller's territory and level. Exact names first, then by id. Level 4 is not
 * found by those who may not know of it (PV-14).
 * @throws InvalidInput
 */
export async function searchChildren(
  app: RegistryApp,
  caller: Caller,
  query: SearchChildren,
  most: number = MOST_LOOKED_AT,
): Promise<Found> {
  const { terms: exact, narrowed } = check(app, query)
  const [from, id] = query.after ?? [0, null]
  const places: Place[] = []
  for (const stage of STAGES.filter((one) => one >= from)) {
    const terms = stage === 0 ? exact : await termsLike(app, exact)
    if (terms === null) break
    const stretch = await look(app, {
      ...narrowed,
      terms,
      except: stage === 0 ? null : exact,
      territory: territory(caller, 'person.search'),
      after: stage === from ? id : null,
      limit: query.limit - places.length,
      most,
    })
    places.push(...stretch.ids.map((found): Place => [stage, found]))
    if (stretch.stoppedAt !== null) return { places, stoppedAt: [stage, stretch.stoppedAt] }
    if (places.length === query.limit) break
  }
  return { places, stoppedAt: null }
}

function check(app: RegistryApp, query: SearchChildren) {
  const { value } = orRefuse(
    fields({
      name: parsePersonName(query.name),
      birthDate: optional(query.birthDate, (input) => date(input, { rule: 'ID-22', latest: app.today() })),
      birthYear: optional(query.birthYear, (input) =>
        wholeNumber(input, { rule: 'ID-22', from: EARLIEST_YEAR, to: app.today().year }),
      ),
      motherName: optional(query.motherName, (input) => parsePersonName(input)),
      kelurahan: optional(query.kelurahan, (input) => parseRegionCode(input, { level: 'village' })),
    }),
  )
  const term = (kind: Term['kind']) => (word: string) => ({ kind, words: [word] })
  return {
    terms: [...wordsOf(value.name.display).map(term('N')), ...wordsOf(value.motherName?.display ?? '').map(term('M'))],
    narrowed: {
      birthDate: value.birthDate?.toString() ?? null,
      birthYear: value.birthYear,
      kelurahan: value.kelurahan?.dotted ?? null,
    },
  }
}

/** Each word with those very like it that stand in some name; null where one word has none but itself, and so all have. */
async function termsLike(app: RegistryApp, exact: readonly Term[]): Promise<readonly Term[] | null> {
  const asked = [...new Set(exact.flatMap(({ words }) => words))]
  const standing = await findWordsByForm(
    app.db,
    asked.flatMap((word) => formsOf(word).map((form) => ({ asked: word, form }))),
  )
  const like = (word: string) =>
    standing.filter((one) => one.asked === word && isLike(word, one.word)).map((one) => one.word)
  const terms = exact.map(({ kind, words }) => ({ kind, words: words.flatMap(like) }))
  const addsNothing = terms.every(({ words }, at) => words.length === 1 && words[0] === exact[at]?.words[0])
  return addsNothing ? null : terms
}

type Look = Omit<StretchQuery, 'driver' | 'others' | 'reading'> & { readonly terms: readonly Term[] }

/** Reads the persons of the rarest term, and has the others stand in their names. */
async function look(app: RegistryApp, { terms, ...query }: Look): Promise<Stretch> {
  const counts = await countUnder(app, terms, query.most)
  const least = Math.min(...counts)
  const driver = terms[counts.indexOf(least)]
  if (driver === undefined || least === 0) return { ids: [], stoppedAt: null }
  const others = terms.filter((term) => term !== driver)
  const reading = least > query.most ? 'MOST' : least < FEW ? 'ALL' : 'BY_ID'
  return findStretch(app.db, { ...query, driver, others, reading })
}

/** Counts no further than it takes to tell the rarest term, and whether even that has more than `most`. */
async function countUnder(app: RegistryApp, terms: readonly Term[], most: number): Promise<readonly number[]> {
  const few = await countPersons(app.db, terms, FEW)
  return Math.min(...few) < Math.min(FEW, most) ? few : countPersons(app.db, terms, most + 1)
}
