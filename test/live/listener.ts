/** One event of a stream as a front end takes it in. */
export interface Heard {
  readonly id: string
  readonly event: string
  readonly data: Readonly<Record<string, unknown>>
}

export interface Listener {
  readonly status: number
  readonly headers: Headers
  /** All that came so far but heartbeats, in order. */
  readonly heard: readonly Heard[]
  /** The whole text so far, heartbeats and all. */
  readonly text: string
  /** The id a browser would send when it comes back. */
  readonly lastId: string
  /** Resolves with the first event of which this is true, come or to come. @throws Error when the stream ends before */
  hears(is: (heard: Heard) => boolean): Promise<Heard>
  /** Resolves when this text was written. */
  reads(text: RegExp): Promise<void>
  /** Resolves when the other side ended the stream. */
  readonly ended: Promise<void>
  close(): Promise<void>
}

export interface Listening {
  readonly token: string | undefined
  readonly resume?: string
  readonly query?: string
  readonly language?: 'id' | 'en'
}

/** Opens a stream as a front end does with `fetch`, and reads it by the rules of the HTML standard. */
export async function listenTo(url: string, { token, resume, query = '', language }: Listening): Promise<Listener> {
  const leaving = new AbortController()
  const response = await fetch(`${url}/live${query}`, {
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(resume !== undefined && { 'last-event-id': resume }),
      ...(language !== undefined && { 'accept-language': language }),
    },
    signal: leaving.signal,
  })
  const ear = new Ear()
  const ended = response.body === null ? Promise.resolve() : ear.read(response.body)
  return {
    status: response.status,
    headers: response.headers,
    get heard() {
      return ear.heard
    },
    get text() {
      return ear.text
    },
    get lastId() {
      return ear.lastId
    },
    hears: (is) => ear.until(() => ear.heard.find(is)),
    reads: async (text) => void (await ear.until(() => text.test(ear.text) || undefined)),
    ended,
    close: async () => {
      leaving.abort()
      await ended
    },
  }
}

class Ear {
  readonly heard: Heard[] = []
  text = ''
  lastId = ''
  #rest = ''
  #over = false
  readonly #waiting = new Set<() => void>()

  async read(body: ReadableStream<Uint8Array>): Promise<void> {
    const decoder = new TextDecoder()
    try {
      for await (const chunk of body) this.#take(decoder.decode(chunk, { stream: true }))
    } catch {
      // Cut off by either side: what was heard was heard.
    }
    this.#over = true
    for (const look of this.#waiting) look()
  }

  until<T>(find: () => T | undefined): Promise<T> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const found = find()
        if (found === undefined && !this.#over) return
        this.#waiting.delete(look)
        if (found === undefined) reject(new Error(`the stream ended after ${JSON.stringify(this.heard.slice(-3))}`))
        else resolve(found)
      }
      this.#waiting.add(look)
      look()
    })
  }

  #take(text: string): void {
    this.text += text
    const blocks = (this.#rest + text).split('\n\n')
    this.#rest = blocks.pop() ?? ''
    for (const block of blocks) this.#dispatch(block)
    for (const look of this.#waiting) look()
  }

  #dispatch(block: string): void {
    const fields = new Map(block.split('\n').map((line) => [line.split(':', 1)[0], line.slice(line.indexOf(':') + 2)]))
    this.lastId = fields.get('id') ?? this.lastId
    const data = fields.get('data')
    if (data !== undefined) {
      this.heard.push({ id: fields.get('id') ?? '', event: fields.get('event') ?? '', data: JSON.parse(data) })
    }
  }
}
