/** A seeded source of chance: the same seed gives the same city on every machine. Not for secrets. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number
  /** A whole number in [0, end). */
  below(end: number): number
  /** A whole number in [first, last], both included. */
  between(first: number, last: number): number
  chance(share: number): boolean
  pick<T>(list: readonly [T, ...T[]] | readonly T[]): T
  /** As `pick`, but the front of the list much more often, as names are in life. */
  often<T>(list: readonly T[]): T
}

/** sfc32 (Chris Doty-Humphrey, PractRand; public domain), seeded through splitmix32. */
export function createRandom(seed: number): Random {
  let s = seed >>> 0
  const seedWord = () => {
    s = (s + 0x9e3779b9) | 0
    let t = s ^ (s >>> 16)
    t = Math.imul(t, 0x21f0aaad)
    t ^= t >>> 15
    t = Math.imul(t, 0x735a2d97)
    return t ^ (t >>> 15)
  }
  let a = seedWord()
  let b = seedWord()
  let c = seedWord()
  let d = 1
  const next = () => {
    const t = (((a + b) | 0) + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + t) | 0
    return (t >>> 0) / 0x1_0000_0000
  }
  for (let warm = 0; warm < 12; warm += 1) next()
  const below = (end: number) => Math.floor(next() * end)
  return {
    next,
    below,
    between: (first, last) => first + below(last - first + 1),
    chance: (share) => next() < share,
    pick: <T>(list: readonly T[]) => list[below(list.length)] as T,
    often: <T>(list: readonly T[]) => list[Math.floor(next() ** 2 * list.length)] as T,
  }
}
