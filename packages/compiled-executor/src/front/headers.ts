import type { HeaderMap } from '@apollo/server'

/** Apollo Server's headers as `@apollo/gateway` reads and sets them: as `fetch` has them, changes go to the map. */
export class GatewayHeaders {
  readonly #map: HeaderMap

  constructor(map: HeaderMap) {
    this.#map = map
  }

  append(name: string, value: string): void {
    const had = this.#map.get(name)
    this.#map.set(name, had === undefined ? value : `${had}, ${value}`)
  }

  delete(name: string): void {
    this.#map.delete(name)
  }

  get(name: string): string | null {
    return this.#map.get(name) ?? null
  }

  has(name: string): boolean {
    return this.#map.has(name)
  }

  set(name: string, value: string): void {
    this.#map.set(name, value)
  }

  entries(): IterableIterator<[string, string]> {
    return this.#map.entries()
  }

  keys(): IterableIterator<string> {
    return this.#map.keys()
  }

  values(): IterableIterator<string> {
    return this.#map.values()
  }

  [Symbol.iterator](): IterableIterator<[string, string]> {
    return this.#map.entries()
  }
}
