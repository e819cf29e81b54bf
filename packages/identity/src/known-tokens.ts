import { hash } from 'node:crypto'

/** A key that is withdrawn is trusted for so long still. */
const REMEMBERED_MS = 60_000
/** About 15 MB. */
const MOST_REMEMBERED = 10_000

/** What a token was found to say, and until when it may say it. */
export interface Verified<Known> {
  readonly known: Known
  /** Epoch milliseconds from which the token has to be looked at again, whatever it was found to be. */
  readonly untilMs: number
}

/**
 * Tokens whose signature was verified less than a minute ago: a page of a front end sends ten requests with the same one,
 * and the signature costs more than everything else that is asked of a request. The same bytes say the same, so nothing is
 * trusted that was not verified; a token is kept by its hash, never itself, and one that was refused is not kept.
 */
export class KnownTokens<Known extends object> {
  readonly #verify: (token: string) => Promise<Verified<Known>>
  readonly #now: () => number
  readonly #most: number
  readonly #known = new Map<string, Verified<Known> & { readonly fromMs: number }>()

  /** @param now epoch milliseconds. */
  constructor(verify: (token: string) => Promise<Verified<Known>>, now: () => number, most = MOST_REMEMBERED) {
    this.#verify = verify
    this.#now = now
    this.#most = most
  }

  /** The same frozen object each time while it is remembered. @throws whatever verifying throws. */
  async read(token: string): Promise<Known> {
    const key = hash('sha256', token)
    const now = this.#now()
    const found = this.#known.get(key)
    if (found && now >= found.fromMs && now < found.untilMs) return found.known
    this.#known.delete(key)
    const { known, untilMs } = await this.#verify(token)
    this.#keep(key, { known: frozen(known), fromMs: now, untilMs: Math.min(untilMs, now + REMEMBERED_MS) })
    return known
  }

  #keep(key: string, entry: Verified<Known> & { readonly fromMs: number }): void {
    // The first in is the first to run out: nothing is kept for longer than a minute.
    const oldest = this.#known.size >= this.#most ? this.#known.keys().next().value : undefined
    if (oldest !== undefined) this.#known.delete(oldest)
    this.#known.set(key, entry)
  }
}

/** One object for many requests: none of them may change what the next one reads. */
function frozen<T extends object>(value: T): T {
  for (const inner of Object.values(value)) if (typeof inner === 'object' && inner !== null) frozen(inner)
  return Object.freeze(value)
}
