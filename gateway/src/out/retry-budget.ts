/** Share of fetches that may be sent a second time. */
const SHARE = 0.1
/** Retries that may be saved up; also what a gateway that has just started may spend. */
const MOST = 10

/** A token bucket: a down agency is not asked twice as often because it is down. */
export class RetryBudget {
  #tokens = MOST

  /** A fetch was begun: it pays a tenth of a retry in. */
  earn(): void {
    this.#tokens = Math.min(MOST, this.#tokens + SHARE)
  }

  /** True, and one retry spent, where there is one. */
  spend(): boolean {
    // Ten tenths are not quite one in floating point.
    if (this.#tokens < 1 - 1e-9) return false
    this.#tokens -= 1
    return true
  }
}
