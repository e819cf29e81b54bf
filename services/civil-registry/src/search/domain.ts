import { matchKeys } from '@satuanak/domain-kit'

/** Shorter words are too often another name, one letter apart: EKO and EKA, TRI and TRIA [D]. */
const SHORTEST_WITH_SLIP = 4

/** The rest of a longer name adds nothing that finds anybody, and costs. */
const MOST_WORDS = 6

/** The words by which a name is looked for: those of its plain key, each once (ID-20). */
export const wordsOf = (name: string): string[] =>
  [...new Set(matchKeys(name)[0].split(' '))].filter(Boolean).slice(0, MOST_WORDS)

/**
 * Whether a word that stands in a name is what was asked for (ID-20): the same, by old spelling too (OE and U, DJ and
 * J, TJ and C, SJ and SY, J and Y), or one slip of the pen apart: a letter wrong, missing, too many, or two in each
 * other's place. Symmetric.
 */
export function isLike(asked: string, standing: string): boolean {
  return readingsOf(asked).some((one) => readingsOf(standing).some((other) => isOneSlipApart(one, other)))
}

/**
 * Every form under which a word is looked up: its readings, and each of these with one letter left out. Two words that
 * are alike have a form in common (not the other way round: `isLike` decides). The migration's `search.forms_of` says
 * the same of the words that stand.
 */
export function formsOf(word: string): string[] {
  const readings = readingsOf(word)
  const shortened = readings.map(lettersOf).filter(hasRoomForSlip)
  return [
    ...new Set([
      ...readings,
      ...shortened.flatMap((letters) => letters.map((_, at) => letters.toSpliced(at, 1).join(''))),
    ]),
  ]
}

/** The word as it stands, then as old spelling would be read; as the match keys have it of a whole name. */
function readingsOf(word: string): string[] {
  const common = word.replaceAll('OE', 'U')
  const modern = common.replaceAll('DJ', 'J').replaceAll('TJ', 'C').replaceAll('SJ', 'SY')
  const oldJ = common
    .replaceAll('TJ', 'C')
    .replaceAll('SJ', 'SY')
    .replace(/(?<!D)J/g, 'Y')
    .replaceAll('DJ', 'J')
  return [...new Set([word, modern, oldJ, modern.replaceAll('J', 'Y'), oldJ.replaceAll('J', 'Y')])]
}

const lettersOf = (word: string): string[] => [...word]
const hasRoomForSlip = (letters: readonly string[]): boolean => letters.length >= SHORTEST_WITH_SLIP

/** Equal, or one edit apart where both are long enough (optimal string alignment distance). */
function isOneSlipApart(word: string, otherWord: string): boolean {
  if (word === otherWord) return true
  const [one, other] = [lettersOf(word), lettersOf(otherWord)]
  if (!hasRoomForSlip(one) || !hasRoomForSlip(other)) return false
  const [long, short] = one.length < other.length ? [other, one] : [one, other]
  const at = long.findIndex((letter, index) => letter !== short[index])
  const rest = (letters: readonly string[], from: number) => letters.slice(from).join('')
  if (long.length - short.length === 1) return rest(long, at + 1) === rest(short, at)
  if (long.length !== short.length) return false
  const isSwapped =
    long[at] === short[at + 1] && long[at + 1] === short[at] && rest(long, at + 2) === rest(short, at + 2)
  return isSwapped || rest(long, at + 1) === rest(short, at + 1)
}
