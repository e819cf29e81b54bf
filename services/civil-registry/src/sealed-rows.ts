/** Something of a person, unreadable without a key of the ring (ID-09). */
export interface Sealed {
  readonly cipher: Uint8Array<ArrayBuffer>
  readonly keyId: string
}

/** Rows whose seals and indexes are under another key than the current one, a stretch of them in the order of their ids. */
export interface Stretch {
  /** Where the next stretch begins; null after the last one. */
  readonly after: string | null
  /** Sealed anew. */
  readonly moved: number
  /** Ids of those that no key of the ring opens, and of who must move with one. */
  readonly damaged: readonly string[]
}

/** Sealed anew in one transaction. Whoever is at work on a row keeps it: it is left for the next round. */
export interface StretchQuery {
  readonly after: string | null
  readonly limit: number
}
