import { jaroWinkler, matchKeys, soundOf } from '@satuanak/domain-kit'

/** A name, read once for all its comparisons. It is never split into first and last (EC-10). */
export interface NameForm {
  /** The plain key, then the readings of old spelling (ID-20). */
  readonly keys: readonly string[]
  readonly words: readonly string[]
  readonly sounds: readonly string[]
  /** Words and sounds in one order, whatever order they were written in. */
  readonly sortedWords: string
  readonly sortedSounds: string
  /** Written as one word: NUR AINI and NURAINI. */
  readonly joinedSounds: string
}

export function nameForm(name: string): NameForm {
  const keys = matchKeys(name)
  const words = keys[0].split(' ')
  const sounds = words.map(heard)
  return {
    keys,
    words,
    sounds,
    sortedWords: words.toSorted().join(' '),
    sortedSounds: sounds.toSorted().join(' '),
    joinedSounds: sounds.join(''),
  }
}

/** Sounds by word: a city has some ten thousand words of names, and each is heard again and again. */
const HEARD = new Map<string, string>()
const MOST_HEARD = 50_000

function heard(word: string): string {
  const known = HEARD.get(word)
  if (known !== undefined) return known
  if (HEARD.size >= MOST_HEARD) HEARD.clear()
  const sound = soundOf(word)
  HEARD.set(word, sound)
  return sound
}

/** How far two names agree, the best first. */
export const NAME_OUTCOMES = [
  'EXACT',
  'SINGLE',
  'SPELLING',
  'ORDER',
  'PHONETIC',
  'CLOSE',
  'PART',
  'ONE_WORD',
  'ENDING',
  'SHARED',
  'DIFFERENT',
] as const
export type NameOutcome = (typeof NAME_OUTCOMES)[number]

/** Words that half the city bears: to share them says nothing. */
const COMMON: ReadonlySet<string> = new Set(['MUHAMMAD', 'AHMAD', 'ABDUL', 'SITI', 'NUR', 'BIN', 'BINTI'])
export const isCommon = (word: string): boolean => COMMON.has(word)

/** ID-21's likeness [D], over the whole name; and how alike each of its words must be, for BUDI is not RUDI. */
const CLOSE_NAME = 0.92
const CLOSE_WORD = 0.88

/**
 * EXACT one key; SINGLE one key of a single word, which many more bear (EC-09); SPELLING old against new (ID-20); ORDER the same words in another order; PHONETIC they sound the same;
 * CLOSE a slip of the pen; PART one leaves words out; ONE_WORD only a single word is left (EC-09); ENDING they differ
 * in a last vowel, as PUTRA and PUTRI do: another name as often as a slip (EC-06); SHARED one word of several;
 * DIFFERENT none. Symmetric.
 */
export function compareNames(one: NameForm, other: NameForm): NameOutcome {
  if (one.keys[0] === other.keys[0]) return one.words.length > 1 ? 'EXACT' : 'SINGLE'
  if (one.keys.some((key) => other.keys.includes(key))) return 'SPELLING'
  if (one.sortedWords === other.sortedWords) return 'ORDER'
  if (one.sortedSounds === other.sortedSounds || one.joinedSounds === other.joinedSounds) return 'PHONETIC'
  const [short, long] = inOrder(one, other)
  const pairs = partners(short, long)
  if (pairs !== null && short.words.length === long.words.length) return slipOrName(pairs)
  if (pairs !== null && !pairs.some(({ ending }) => ending)) {
    if (short.words.length > 1) return 'PART'
    if (!short.words.every(isCommon)) return 'ONE_WORD'
  }
  return sharesWord(one, other) ? 'SHARED' : 'DIFFERENT'
}

/** The one with fewer words first; which is which must not hang on the order in which they were asked about. */
function inOrder(one: NameForm, other: NameForm): readonly [NameForm, NameForm] {
  const fewer = one.words.length - other.words.length
  const first = fewer === 0 ? one.sortedWords < other.sortedWords : fewer < 0
  return first ? [one, other] : [other, one]
}

interface Partner {
  readonly length: number
  readonly likeness: number
  readonly ending: boolean
}

/**
 * For each word of the shorter name the most alike of the longer one that is still free; null as soon as a word has none
 * that is close, which most pairs of names show at the first.
 */
function partners(short: NameForm, long: NameForm): Partner[] | null {
  const free = new Set(long.words.keys())
  const pairs: Partner[] = []
  for (const [at, word] of short.words.entries()) {
    let best = { at: -1, likeness: 0 }
    for (const there of free) {
      const likeness = wordLikeness(word, long.words[there] ?? '', short.sounds[at] === long.sounds[there])
      if (likeness > best.likeness) best = { at: there, likeness }
    }
    if (best.likeness < CLOSE_WORD) return null
    free.delete(best.at)
    pairs.push({
      length: word.length,
      likeness: best.likeness,
      ending: best.likeness < SOUNDS_SAME && differInEnding(word, long.words[best.at] ?? ''),
    })
  }
  return pairs
}

const SOUNDS_SAME = 0.98
const INITIAL = 0.95
/** A pen slips over two letters, not three: ADI is not ADITYA. */
const MOST_LETTERS_LOST = 2

function wordLikeness(one: string, other: string, soundsSame: boolean): number {
  if (one === other) return 1
  if (soundsSame) return SOUNDS_SAME
  if ((one.length === 1 || other.length === 1) && one[0] === other[0]) return INITIAL
  return Math.abs(one.length - other.length) > MOST_LETTERS_LOST ? 0 : jaroWinkler(one, other)
}

function differInEnding(one: string, other: string): boolean {
  return (
    one.length === other.length && one.slice(0, -1) === other.slice(0, -1) && /[AIUEO]{2}$/.test(lastOf(one, other))
  )
}

const lastOf = (one: string, other: string): string => `${one.at(-1)}${other.at(-1)}`

function slipOrName(pairs: readonly Partner[]): NameOutcome {
  if (pairs.some(({ ending }) => ending)) return 'ENDING'
  const letters = pairs.reduce((sum, { length }) => sum + length, 0)
  const likeness = pairs.reduce((sum, pair) => sum + pair.likeness * pair.length, 0) / letters
  return likeness >= CLOSE_NAME ? 'CLOSE' : 'SHARED'
}

function sharesWord(one: NameForm, other: NameForm): boolean {
  return one.sounds.some((sound, at) => !isCommon(one.words[at] ?? '') && other.sounds.includes(sound))
}
