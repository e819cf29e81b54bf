import { MOST_TOGETHER, TOGETHER_BYTES, TOGETHER_PATH } from '@satuanak/service-kit'
import type { Pool } from 'undici'
import { Alone, type Exchange } from './exchange.ts'
import { Together } from './together.ts'

/** One fetch as it is sent: its headers are its own also where it travels with others. */
export interface Message {
  readonly headers: Readonly<Record<string, string>>
  /** JSON. */
  readonly body: string
  /** A mutation: it travels alone, so that what becomes of it is known for itself. */
  readonly isChange: boolean
}

interface Waiting {
  readonly message: Message
  readonly exchange: Exchange
}

/** Beyond its part of a request's bytes, a fetch travels alone. */
const LARGEST = TOGETHER_BYTES / MOST_TOGETHER

/**
 * Sends fetches to one agency: those of one turn of the event loop in one request, whoever asked for them, each with its
 * own caller's token, time and trace. What a request costs on its way is then paid once, and each answer comes when it is
 * ready. An agency whose server takes no such request is sent each by itself from then on.
 */
export class Sender {
  readonly #pool: Pool
  readonly #path: string
  #waiting: Waiting[] = []
  #takesMany: boolean

  constructor(pool: Pool, { pathname, search }: URL) {
    this.#pool = pool
    this.#path = `${pathname}${search}`
    // Where it is not at /graphql, something stands before it that knows no other path.
    this.#takesMany = this.#path === '/graphql'
  }

  send(message: Message, exchange: Exchange): void {
    if (message.isChange || !this.#takesMany || message.body.length > LARGEST) {
      this.#sendAlone({ message, exchange })
      return
    }
    this.#waiting.push({ message, exchange })
    if (this.#waiting.length === 1) setImmediate(() => this.#flush())
  }

  #flush(): void {
    const waiting = this.#waiting.filter(({ exchange }) => !exchange.isGivenUp)
    this.#waiting = []
    for (let from = 0; from < waiting.length; from += MOST_TOGETHER) {
      this.#sendTogether(waiting.slice(from, from + MOST_TOGETHER))
    }
  }

  #sendTogether(several: readonly Waiting[]): void {
    const [only, ...more] = several
    if (only && more.length === 0) {
      this.#sendAlone(only)
      return
    }
    const members = several.map(
      ({ message }) => `{"headers":${JSON.stringify(message.headers)},"body":${message.body}}`,
    )
    const together = new Together(
      several.map(({ exchange }) => exchange),
      (open) => {
        this.#takesMany = false
        for (const one of several) if (open.includes(one.exchange)) this.#sendAlone(one)
      },
    )
    const headers = { 'content-type': 'application/json' }
    this.#pool.dispatch({ method: 'POST', path: TOGETHER_PATH, headers, body: `[${members.join(',')}]` }, together)
  }

  #sendAlone({ message: { headers, body }, exchange }: Waiting): void {
    this.#pool.dispatch({ method: 'POST', path: this.#path, headers, body }, new Alone(exchange))
  }
}
