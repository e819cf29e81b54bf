/**
 * How alike two words are, from 0 (nothing in common) to 1 (the same): Jaro's similarity, raised by Winkler for up to
 * four equal letters at the front (Winkler 1990, p = 0.1). Symmetric. Written here because the domain takes no library,
 * and because a name is what this house is about; checked against Winkler's published values.
 */
export function jaroWinkler(one: string, other: string): number {
  if (one === other) return 1
  const jaro = jaroOf(one, other)
  let prefix = 0
  while (prefix < 4 && prefix < one.length && one[prefix] === other[prefix]) prefix += 1
  return jaro + prefix * 0.1 * (1 - jaro)
}

function jaroOf(one: string, other: string): number {
  const reach = Math.max(0, Math.floor(Math.max(one.length, other.length) / 2) - 1)
  const taken = new Array<boolean>(other.length).fill(false)
  const matched: string[] = []
  for (let at = 0; at < one.length; at += 1) {
    const last = Math.min(other.length - 1, at + reach)
    for (let there = Math.max(0, at - reach); there <= last; there += 1) {
      if (taken[there] || one[at] !== other[there]) continue
      taken[there] = true
      matched.push(one[at] ?? '')
      break
    }
  }
  if (matched.length === 0) return 0
  let [at, moved] = [0, 0]
  for (let there = 0; there < other.length; there += 1) {
    if (!taken[there]) continue
    if (matched[at] !== other[there]) moved += 1
    at += 1
  }
  const same = matched.length
  return (same / one.length + same / other.length + (same - Math.floor(moved / 2)) / same) / 3
}

/** In this order: what a rule writes is read by the next. Arabic letters that Indonesian ears hear as one, then vowels. */
const HEARD: readonly (readonly [RegExp, string])[] = [
  [/OE/g, 'U'],
  [/DJ/g, 'J'],
  [/TJ/g, 'C'],
  [/CH(?=R)/g, 'K'],
  [/KH|CH/g, 'H'],
  [/S[JYH](?=[AIUEO])|TS/g, 'S'],
  [/DZ/g, 'S'],
  [/([TDGB])H/g, '$1'],
  [/J/g, 'Y'],
  [/[QK]/g, 'K'],
  [/[ZX]/g, 'S'],
  [/[VF]/g, 'P'],
  [/A[EI]|EI/g, 'E'],
  [/I(?=[AUO])/g, 'Y'],
  [/Y$/g, 'I'],
  [/(.)\1+/g, '$1'],
  [/(?<=..)H$/g, ''],
]

/**
 * How a word of a name key sounds, so that FADHIL and FADIL, SYAIFUL and SAIFUL, RIZQI and RISKY, ACHMAD and AHMAD,
 * JUSUF and YUSUP read the same (ID-20, the alternates as one code). A vowel stays a vowel: PUTRA is not PUTRI.
 */
export function soundOf(word: string): string {
  return HEARD.reduce((sound, [written, heard]) => sound.replace(written, heard), word)
}

/** The consonants of a sound behind its first letter: what stays when a clerk mishears the vowels. For finding only. */
export function skeletonOf(sound: string): string {
  return sound.slice(0, 1) + sound.slice(1).replace(/[AIUEO]/g, '')
}
