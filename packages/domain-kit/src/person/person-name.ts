import { accepted, type Notice, type Parsed, refused, warning } from '../notice.ts'
import { text as freeText } from '../text.ts'

/** A name as its owner writes it. It is never split into first and last (EC-10). */
export interface PersonName {
  /** What is stored and shown: the original, with tidy spaces. */
  readonly display: string
  /** What it is found by; see `matchKeys`. */
  readonly keys: MatchKeys
}

/** The plain key first, then the readings of old spelling. Two names may be the same where any key is shared. */
export type MatchKeys = readonly [plain: string, ...alternates: string[]]

/** The registry's column; the rule's own limit of 60 letters is only a warning, older papers stay valid (ID-19). */
const LONGEST = 120
const LONGEST_BY_RULE = 60
/** Permendagri 73/2022 came into force; who was registered before keeps the name of the papers (ID-19). */
const IN_FORCE = new Temporal.PlainDate(2022, 4, 21)

/**
 * Reads a name (ID-19). `E`: empty, no letter in it, over 120 characters, control characters. `W`, and only for who is
 * registered after 21 April 2022: one word, over 60 letters, abbreviations, digits or punctuation. Without
 * `registeredOn` nothing is flagged: a one-word name is a name (EC-09). Never throws.
 */
export function parsePersonName(
  input: unknown,
  { registeredOn = null }: { registeredOn?: Temporal.PlainDate | null } = {},
): Parsed<PersonName> {
  const text = freeText(input, { rule: 'ID-19', max: LONGEST })
  if (!text.ok) return text
  const display = text.value
  if (!/\p{L}/u.test(display)) {
    return refused(text.raw, 'ID-19', {
      id: 'Nama harus berisi huruf. Tulis nama seperti di akta atau KK.',
      en: 'A name needs letters. Write it as in the akta or KK.',
    })
  }
  const isUnderRule = registeredOn !== null && Temporal.PlainDate.compare(registeredOn, IN_FORCE) > 0
  return accepted(text.raw, { display, keys: matchKeys(display) }, isUnderRule ? nameNotices(display) : [])
}

function nameNotices(display: string): Notice[] {
  const words = display.split(' ')
  const broken = [
    words.length < 2 && ONE_WORD,
    display.length > LONGEST_BY_RULE && TOO_LONG,
    words.some(isAbbreviation) && ABBREVIATED,
    /[^\p{L}\p{M} .]/u.test(display) && NOT_LETTERS,
  ]
  return broken.filter((message) => message !== false).map((message) => warning('ID-19', message))
}

function isAbbreviation(word: string): boolean {
  return word.includes('.') || /^\p{L}$/u.test(word) || /^(?:moch|moh|mohd|muh|abd)$/i.test(word)
}

const ONE_WORD = {
  id: 'Nama satu kata. Boleh bila memang begitu; jangan menambah nama keluarga sendiri.',
  en: 'A one-word name. Fine if it is so; do not make up a family name.',
}
const TOO_LONG = {
  id: 'Nama lebih dari 60 huruf. Tulis seperti di akta, dan beri tahu Dukcapil.',
  en: 'The name has more than 60 letters. Write it as in the akta, and tell Dukcapil.',
}
const ABBREVIATED = {
  id: 'Ada singkatan atau gelar di nama. Tulis lengkap bila di akta lengkap.',
  en: 'There is an abbreviation or a title in the name. Write it out if the akta does.',
}
const NOT_LETTERS = {
  id: 'Ada angka atau tanda baca di nama. Periksa dengan akta.',
  en: 'There are digits or punctuation in the name. Compare with the akta.',
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '))
/** Titles before a name, and after it. Bare two-letter degrees are left: SE or MA may end a name. */
const TITLES_BEFORE = words('H HJ KH UST USTADZ USTADZAH DR DRA DRS DRG IR PROF')
const TITLES_AFTER = words(
  'SPD SPDI SPDSD SSOS SKOM SKM SKEP SAG SHI SEI STP SSTP AMD AMDKEB AMDKEP MPD MPDI MSI MKES MKOM MHUM MAG PHD NERS',
)
const MUHAMMAD = words(
  'MOCH MOH MOHD MUH MUHD MHD MUHAMAD MOHAMAD MOHAMMAD MOHAMED MOHAMMED MUHAMMED MOCHAMAD MOCHAMMAD MUCHAMAD MUCHAMMAD',
)

/**
 * The keys a name is matched by (ID-20, EC-08): upper case, titles and punctuation away, MOCH., MUH., M. … as MUHAMMAD,
 * ABD. as ABDUL, ST. as SITI. Alternates: old spelling read as new (OE→U, DJ→J, TJ→C, SJ→SY), then J read as Y as well.
 * Any text is taken; a text without letters or digits has an empty key. Idempotent on its own plain key.
 */
export function matchKeys(name: string): MatchKeys {
  const upper = name.normalize('NFD').replace(/\p{M}/gu, '').toUpperCase()
  const [beforeComma = '', ...afterComma] = upper.split(',')
  const degreesOnly = tokens(beforeComma).length > 0 && afterComma.every((part) => part.split(' ').every(isDegree))
  const plain = canonical(withoutTitles(tokens(degreesOnly ? beforeComma : upper))).join(' ')
  const modern = plain.replaceAll('OE', 'U').replaceAll('DJ', 'J').replaceAll('TJ', 'C').replaceAll('SJ', 'SY')
  const oldJ = plain
    .replaceAll('OE', 'U')
    .replaceAll('TJ', 'C')
    .replaceAll('SJ', 'SY')
    .replace(/(?<!D)J/g, 'Y')
  const alternates = new Set([modern, oldJ.replaceAll('DJ', 'J'), modern.replaceAll('J', 'Y')])
  alternates.delete(plain)
  return [plain, ...alternates]
}

/** Whether two names may be the same one by spelling alone. */
export function mayBeSameName(one: string, other: string): boolean {
  const keys = matchKeys(one)
  return matchKeys(other).some((key) => key !== '' && keys.includes(key))
}

/** Words without their punctuation; a hyphen or slash parts words, a dot or apostrophe does not. */
function tokens(upper: string): string[] {
  return upper
    .split(/[\s\-/,]+/)
    .map((word) => word.replace(/[^\p{L}\p{N}]/gu, ''))
    .filter(Boolean)
}

/** After a comma even the short degrees are surely degrees: `, S.E., M.M.` */
function isDegree(word: string): boolean {
  const bare = word.replace(/[^\p{L}\p{N}]/gu, '')
  return bare.length <= 2 || TITLES_AFTER.has(bare) || (word.includes('.') && bare.length <= 6)
}

/** A title is never the whole name: the last word left stays. */
function withoutTitles(all: readonly string[]): readonly string[] {
  let [from, to] = [0, all.length]
  while (to - from > 1 && TITLES_BEFORE.has(all[from] ?? '')) from++
  while (to - from > 1 && TITLES_AFTER.has(all[to - 1] ?? '')) to--
  return all.slice(from, to)
}

function canonical(all: readonly string[]): string[] {
  return all.map((word, index) => {
    const isFirstOfSeveral = index === 0 && all.length > 1
    if (MUHAMMAD.has(word) || (word === 'M' && isFirstOfSeveral)) return 'MUHAMMAD'
    if (word === 'ABD') return 'ABDUL'
    return word === 'ST' && isFirstOfSeveral ? 'SITI' : word
  })
}
