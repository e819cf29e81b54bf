/**
 * Work that is done one piece at a time, with a turn of the loop between two: thousands who come back at once hold up
 * nobody longer than one of them takes.
 */
export class OneATurn {
  #last: Promise<void> = Promise.resolve()

  /** Resolves when it is one's turn, in the order of asking. What is then done at once is a piece. */
  next(): Promise<void> {
    // Asked for only once the one before has come: all that are due are run in the same turn.
    this.#last = this.#last.then(() => new Promise((resolve) => setImmediate(resolve)))
    return this.#last
  }
}
