import type { Position } from './position.ts'

/** Something kept under its sequence. */
export interface Kept {
  readonly seq: number
}

/** The last notices of one stream, as many as are kept, for those who come back. */
export class Ring<Entry extends Kept> {
  readonly #capacity: number
  #stream = ''
  /** Everything behind this sequence is here. */
  #after = 0
  #last = 0
  #entries: Entry[] = []
  /** Where in `#entries` the oldest one that is kept stands. */
  #head = 0

  constructor(capacity: number) {
    this.#capacity = capacity
  }

  get last(): Position {
    return { stream: this.#stream, seq: this.#last }
  }

  get size(): number {
    return this.#entries.length - this.#head
  }

  /** Begins anew, with a stream of which nothing up to `after` is known. */
  begin(stream: string, after: number): void {
    this.#stream = stream
    this.#after = after
    this.#last = after
    this.#entries = []
    this.#head = 0
  }

  /** Of a sequence beyond the last. @returns the one that is kept no longer for it. */
  push(entry: Entry): Entry | undefined {
    this.#entries.push(entry)
    this.#last = entry.seq
    if (this.size <= this.#capacity) return undefined
    const forgotten = this.#entries[this.#head]
    this.#after = forgotten?.seq ?? this.#after
    this.#head += 1
    // Not shifted one by one, which would move the whole array for each.
    if (this.#head < this.#capacity) return forgotten
    this.#entries = this.#entries.slice(this.#head)
    this.#head = 0
    return forgotten
  }

  /** Heard, and nobody's to hear: only the place moves on. */
  skip(seq: number): void {
    this.#last = seq
  }

  /**
   * What came behind this position, oldest first; undefined where that is not known any more: of another stream, older
   * than what is kept, or so far ahead that no other process of this gateway could have given it.
   */
  since({ stream, seq }: Position): readonly Entry[] | undefined {
    const known = stream === this.#stream && seq >= this.#after && seq <= this.#last + this.#capacity
    return known ? this.#entries.slice(this.#firstBehind(seq)) : undefined
  }

  #firstBehind(seq: number): number {
    let [low, high] = [this.#head, this.#entries.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#entries[middle]?.seq ?? 0) <= seq) low = middle + 1
      else high = middle
    }
    return low
  }
}
