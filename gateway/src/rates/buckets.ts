const MINUTE = 60_000

/**
 * A token bucket per key. Each holds the worth of `burstMs` and fills evenly, so that in any t milliseconds no more
 * passes of one key than `perMinute × (burstMs + t) / 60,000`. All that is kept of a bucket is when it will be full again. A full one is
 * like one never seen, and only full ones are forgotten: what is kept are the keys of the last `burstMs`, and
 * forgetting lets nobody pass.
 */
export class Buckets {
  readonly perMinute: number
  readonly #burstMs: number
  readonly #now: () => number
  /** The one that took longest ago stands first. */
  readonly #fullAt = new Map<string, number>()

  /** @param now milliseconds that never run backwards. */
  constructor(perMinute: number, burstMs: number, now: () => number) {
    this.perMinute = perMinute
    this.#burstMs = burstMs
    this.#now = now
  }

  /** How many are kept. */
  get size(): number {
    return this.#fullAt.size
  }

  /**
   * Takes `amount`, no more than a full bucket holds, or nothing at all.
   * @returns null when it was taken, else when there will be enough, if nothing else is taken until then.
   */
  take(key: string, amount: number): number | null {
    const now = this.#now()
    const fullAt = Math.max(this.#fullAt.get(key) ?? now, now) + (amount * MINUTE) / this.perMinute
    if (fullAt - now > this.#burstMs) return fullAt - this.#burstMs
    this.#fullAt.delete(key)
    this.#fullAt.set(key, fullAt)
    this.#forgetFull(now)
    return null
  }

  /** Everyone is full `burstMs` after they took last, so nothing older than that is left behind. */
  #forgetFull(now: number): void {
    for (const [key, fullAt] of this.#fullAt) {
      if (fullAt > now) return
      this.#fullAt.delete(key)
    }
  }
}
