export interface TurnLimits {
  /** Operations under way at once, of everybody. */
  readonly underWay: number
  /** Of those, one person's. */
  readonly ofOnePerson: number
  /** Operations that wait for their turn. */
  readonly waiting: number
  /** Milliseconds that one waits at most. */
  readonly waitMs: number
}

export interface Asker {
  readonly agency: string
  readonly person: string
}

/** Tells that the operation is over; to be called once it is, and harmless after that. */
type Leave = () => void

/** There was no turn for it: it waited too long, or was one too many of those who have most waiting. */
export class NoTurn extends Error {}

interface Waiting extends Asker {
  begin(leave: Leave): void
  refuse(): void
}

/**
 * Whose operation is next when not all can be under way at once: of those waiting, one of the agency with the fewest
 * under way, among equals of the one whose last turn is longest ago; in it a person's, chosen in the same way; of theirs
 * the first that came. An operation that takes long holds its place for long, so what is shared is the gateway's work,
 * not the number of questions.
 */
export class Turns {
  readonly #limits: TurnLimits
  /** In the order they came. */
  readonly #waiting: Waiting[] = []
  readonly #load = new Load()

  constructor(limits: TurnLimits) {
    this.#limits = limits
  }

  /** How many agencies and persons are kept. */
  get size(): number {
    return this.#load.size
  }

  /** @returns when the operation may begin. @throws NoTurn when it may not, or `signal` aborts before it may. */
  enter(asker: Asker, signal: AbortSignal): Promise<Leave> {
    const { promise, resolve, reject } = Promise.withResolvers<Leave>()
    const one = { ...asker, begin: resolve, refuse: () => reject(new NoTurn('no turn')) }
    this.#waiting.push(one)
    this.#serve()
    if (this.#waiting.length > this.#limits.waiting) this.#refuse(oneTooMany(this.#waiting))
    if (this.#waiting.includes(one)) {
      const over = AbortSignal.any([signal, AbortSignal.timeout(this.#limits.waitMs)])
      if (over.aborted) this.#refuse(one)
      else over.addEventListener('abort', () => this.#refuse(one), { once: true })
    }
    return promise
  }

  #serve(): void {
    for (;;) {
      const one = nextOf(this.#waiting, this.#load, this.#limits)
      if (!one) return
      this.#take(one)
      this.#load.begin(one)
      one.begin(this.#leaveOf(one))
    }
  }

  #leaveOf(asker: Asker): Leave {
    let isOver = false
    return () => {
      if (isOver) return
      isOver = true
      this.#load.add(asker, -1)
      this.#serve()
      this.#forgetIdle(asker)
    }
  }

  #refuse(one: Waiting | undefined): void {
    if (!one || !this.#take(one)) return
    one.refuse()
    this.#forgetIdle(one)
  }

  #forgetIdle(asker: Asker): void {
    this.#load.forgetIdle(asker, new Set(this.#waiting.flatMap(keysOf)))
  }

  #take(one: Waiting): boolean {
    const index = this.#waiting.indexOf(one)
    return index >= 0 && this.#waiting.splice(index, 1).length > 0
  }
}

/** How many of each agency and of each person, and who had the last turn. */
export class Load {
  readonly #counts = new Map<string, number>()
  readonly #lastTurns = new Map<string, number>()
  #turns = 0
  total = 0

  add(asker: Asker, by: number): void {
    this.total += by
    for (const key of keysOf(asker)) this.#counts.set(key, (this.#counts.get(key) ?? 0) + by)
  }

  begin(asker: Asker): void {
    this.add(asker, 1)
    this.#turns += 1
    for (const key of keysOf(asker)) this.#lastTurns.set(key, this.#turns)
  }

  /** Keeps of an agency or a person that has nothing under way only what is `needed`: the turns of those who wait. */
  forgetIdle(asker: Asker, needed: ReadonlySet<string>): void {
    for (const key of keysOf(asker)) {
      if (this.#counts.get(key) || needed.has(key)) continue
      this.#counts.delete(key)
      this.#lastTurns.delete(key)
    }
  }

  /** How many agencies and persons are kept. */
  get size(): number {
    return this.#counts.size
  }

  ofAgency = ({ agency }: Asker): number => this.#counts.get(agency) ?? 0
  ofPerson = (asker: Asker): number => this.#counts.get(personOf(asker)) ?? 0
  lastOfAgency = ({ agency }: Asker): number => this.#lastTurns.get(agency) ?? 0
  lastOfPerson = (asker: Asker): number => this.#lastTurns.get(personOf(asker)) ?? 0
}

const personOf = ({ agency, person }: Asker): string => `${agency} ${person}`
const keysOf = (asker: Asker): readonly string[] => [asker.agency, personOf(asker)]

/** Who is next, or undefined when nobody may begin. */
export function nextOf<One extends Asker>(
  waiting: readonly One[],
  load: Load,
  { underWay, ofOnePerson }: Pick<TurnLimits, 'underWay' | 'ofOnePerson'>,
): One | undefined {
  if (load.total >= underWay) return undefined
  const able = waiting.filter((one) => load.ofPerson(one) < ofOnePerson)
  return first(
    able,
    (one, other) =>
      load.ofAgency(one) - load.ofAgency(other) ||
      load.lastOfAgency(one) - load.lastOfAgency(other) ||
      load.ofPerson(one) - load.ofPerson(other) ||
      load.lastOfPerson(one) - load.lastOfPerson(other),
  )
}

/** The newest of the person with the most waiting, of the agency with the most waiting: no flood turns others away. */
export function oneTooMany<One extends Asker>(waiting: readonly One[]): One | undefined {
  const load = new Load()
  for (const one of waiting) load.add(one, 1)
  return first(
    waiting.toReversed(),
    (one, other) => load.ofAgency(other) - load.ofAgency(one) || load.ofPerson(other) - load.ofPerson(one),
  )
}

/** The least; among equals the one that stands first. */
const first = <One>(all: readonly One[], compare: (one: One, other: One) => number): One | undefined =>
  all.reduce<One | undefined>((best, one) => (best === undefined || compare(one, best) < 0 ? one : best), undefined)
