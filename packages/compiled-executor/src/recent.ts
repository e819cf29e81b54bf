interface Entry<T> {
  readonly value: T
  readonly size: number
}

/** Keeps the entries asked for most recently, up to a size of all together. */
export class Recent<T> {
  readonly #entries = new Map<string, Entry<T>>()
  readonly #limit: number
  #size = 0

  constructor(limit: number) {
    this.#limit = limit
  }

  get(key: string): T | undefined {
    const entry = this.#entries.get(key)
    if (!entry) return undefined
    this.#entries.delete(key)
    this.#entries.set(key, entry)
    return entry.value
  }

  /** Does nothing where the entry alone would be too large. */
  set(key: string, value: T, size: number): void {
    this.#drop(key)
    if (size > this.#limit) return
    this.#entries.set(key, { value, size })
    this.#size += size
    for (const oldest of this.#entries.keys()) {
      if (this.#size <= this.#limit) break
      this.#drop(oldest)
    }
  }

  get count(): number {
    return this.#entries.size
  }

  get size(): number {
    return this.#size
  }

  delete(key: string): boolean {
    const had = this.#entries.has(key)
    this.#drop(key)
    return had
  }

  clear(): void {
    this.#entries.clear()
    this.#size = 0
  }

  #drop(key: string): void {
    this.#size -= this.#entries.get(key)?.size ?? 0
    this.#entries.delete(key)
  }
}
