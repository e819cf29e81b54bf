import type { Notice, Sensitivity } from '@satuanak/contracts'
import type { Facts } from '@satuanak/identity'
import type { Told } from './audiences.ts'
import type { Position } from './position.ts'
import { Ring } from './ring.ts'

/** What the notices that are kept say of a child by now. */
interface Known {
  /** How many of its notices are kept. */
  notices: number
  /** Sequence of its last one, whose facts stand here. */
  readonly last: number
  /** For each level the last sequence under which the child was told of at it; 0 where it was not. */
  readonly lastAt: [number, number, number, number]
  readonly schools: Notice['facts']['schools']
  readonly grants: Notice['facts']['grants']
  /** Undefined where only referrals told of it, with the offices at their ends. */
  readonly kelurahan: Notice['facts']['kelurahan'] | undefined
}

/** After it an id of before may stand for another child than it did, and only coordination knows which. */
const MERGED = 'civil-registry.person.merged.v1'

/**
 * The recent notices, and the facts under which they are told: those of the child's last notice, not of their own
 * moment. Who comes back, or says that it was last where it never was, is told no more than whoever asks now (PV-14).
 */
export class Recent {
  readonly #ring: Ring<Told>
  readonly #children = new Map<string, Known>()

  constructor(kept: number) {
    this.#ring = new Ring(kept)
  }

  get last(): Position {
    return this.#ring.last
  }

  /** Of how many children facts are kept: never more than notices. */
  get children(): number {
    return this.#children.size
  }

  begin(stream: string, after: number): void {
    this.#ring.begin(stream, after)
    this.#children.clear()
  }

  /** Of a sequence beyond the last. */
  push(told: Told): void {
    if (told.notice.about === MERGED) this.begin(this.last.stream, this.last.seq)
    const forgotten = this.#ring.push(told)
    this.#learn(told)
    if (forgotten !== undefined) this.#forget(forgotten)
  }

  skip(seq: number): void {
    this.#ring.skip(seq)
  }

  /** As `Ring.since`: undefined where it is not known what came behind. */
  since(position: Position): readonly Told[] | undefined {
    return this.#ring.since(position)
  }

  /**
   * The facts that decide now who hears this. Its level is the highest at which the child was told of since, so that
   * what was told of a hidden child before it was hidden is hidden as well; what comes after bears its own.
   */
  factsOf({ seq, notice: { ids, facts } }: Told): Facts {
    const known = ids.childId === undefined ? undefined : this.#children.get(ids.childId)
    if (known === undefined || known.last === seq) return facts
    const { schools, grants } = known
    const level = Math.max(facts.level, 1 + known.lastAt.findLastIndex((last) => last >= seq)) as Sensitivity
    // The offices at a referral's ends do not move with the child (TUN-R3).
    const kelurahan = ids.referralId === undefined ? known.kelurahan : undefined
    return { level, schools, grants, kelurahan: kelurahan ?? facts.kelurahan, agencies: facts.agencies }
  }

  #learn({ seq, notice: { ids, facts } }: Told): void {
    const { childId, referralId } = ids
    if (childId === undefined) return
    const { level, kelurahan, schools, grants } = facts
    const before = this.#children.get(childId)
    const lastAt = before?.lastAt ?? [0, 0, 0, 0]
    lastAt[level - 1] = seq
    this.#children.set(childId, {
      notices: (before?.notices ?? 0) + 1,
      last: seq,
      lastAt,
      schools,
      grants,
      kelurahan: referralId === undefined ? kelurahan : before?.kelurahan,
    })
  }

  #forget({ notice: { ids } }: Told): void {
    const known = ids.childId === undefined ? undefined : this.#children.get(ids.childId)
    if (ids.childId === undefined || known === undefined) return
    known.notices -= 1
    if (known.notices === 0) this.#children.delete(ids.childId)
  }
}
