/** Who is who, as plainly as it can be thought: each record points to the one it was linked to, or to none. */

/** A decision of the review desk about two records, by their place in the story. */
export type Deed =
  | { readonly kind: 'link'; readonly keep: number; readonly alias: number }
  | { readonly kind: 'unlink'; readonly alias: number }
  | { readonly kind: 'distinct' | 'reopen'; readonly one: number; readonly other: number }

/** One person: its records, the canonical one first. */
type Person = readonly number[]

export class LinksModel {
  /** Each record's own link; null for a record that stands for itself. */
  readonly #linkedTo: (number | null)[] = []
  /** Pairs that were declared distinct, `lower higher`. */
  readonly #distinct = new Set<string>()

  /** A record comes in. @returns its place */
  add(): number {
    return this.#linkedTo.push(null) - 1
  }

  get size(): number {
    return this.#linkedTo.length
  }

  /** Every person, in the order of the canonical records. */
  persons(): Person[] {
    const records = [...this.#linkedTo.keys()]
    return records
      .filter((record) => this.#linkedTo[record] === null)
      .map((root) => [root, ...records.filter((record) => record !== root && this.#rootOf(record) === root)])
  }

  personOf(record: number): Person {
    return this.persons().find((person) => person.includes(record)) ?? [record]
  }

  /** The pairs of persons about whom an officer is still asked, where all records look alike. */
  questions(): number {
    const persons = this.persons()
    const later = (at: number) => persons.slice(at + 1)
    return persons.flatMap((one, at) => later(at).filter((other) => !this.#areDistinct(one, other))).length
  }

  /** What the desk answers to this deed: null where it is done. */
  do(deed: Deed): string | null {
    if (deed.kind === 'unlink') return this.#unlink(deed.alias)
    const [first, second] = deed.kind === 'link' ? [deed.keep, deed.alias] : [deed.one, deed.other]
    if (first === second) return 'INVALID_INPUT'
    const [one, other] = [this.personOf(first), this.personOf(second)]
    const distinct = this.#areDistinct(one, other)
    if (deed.kind === 'reopen') {
      if (!distinct) return 'NOT_DECLARED_DISTINCT'
      for (const pair of cross(one, other)) this.#distinct.delete(pair)
      return null
    }
    if (one[0] === other[0]) return 'ALREADY_ONE_PERSON'
    if (distinct) return 'DECLARED_DISTINCT'
    if (deed.kind === 'distinct') for (const pair of cross(one, other)) this.#distinct.add(pair)
    else this.#linkedTo[other[0] ?? second] = one[0] ?? first
    return null
  }

  #unlink(alias: number): string | null {
    const canonical = this.#linkedTo[alias]
    if (canonical === null || canonical === undefined) return 'NOT_LINKED'
    this.#linkedTo[alias] = null
    for (const pair of cross([alias], [canonical])) this.#distinct.add(pair)
    return null
  }

  #rootOf(record: number): number {
    const next = this.#linkedTo[record]
    return next === null || next === undefined ? record : this.#rootOf(next)
  }

  #areDistinct(one: Person, other: Person): boolean {
    return cross(one, other).some((pair) => this.#distinct.has(pair))
  }
}

const cross = (one: Person, other: Person): string[] =>
  one.flatMap((a) => other.map((b) => `${Math.min(a, b)} ${Math.max(a, b)}`))
