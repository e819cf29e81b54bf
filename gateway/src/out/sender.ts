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

interface Written extends Waiting {
  /** As a member of a request of several. */
  readonly text: string
}

/** Beyond its part of a request's bytes, a fetch travels alone. */
const LARGEST = TOGETHER_BYTES / MOST_TOGETHER
/** The statuses of a server that knows no such request; others say something of this one. */
const UNKNOWN: ReadonlySet<number> = new Set([400, 404, 405, 415])

export interface SenderOptions {
  readonly pool: Pool
  readonly url: URL
  /** Whether those whose common connection failed may be sent again, each alone: one retry of the budget for all. */
  readonly mayRetry: () => boolean
  /** Told once, of the status by which the agency refused several fetches in one request. */
  readonly onAlone: (status: number) => void
}

/**
 * Sends fetches to one agency: those of one turn of the event loop in one request, whoever asked for them, each with its
 * own caller's token, time and trace. What a request costs on its way is then paid once, and each answer comes when it is
 * ready. An agency whose server takes no such request is sent each by itself from then on. Where the one connection of
 * several fails, each is tried alone before it counts as failed: one socket says little of an agency.
 */
export class Sender {
  readonly #options: SenderOptions
  readonly #path: string
  #waiting: Waiting[] = []
  #takesMany: boolean

  constructor(options: SenderOptions) {
    const { pathname, search } = options.url
    this.#options = options
    this.#path = `${pathname}${search}`
    // Where it is not at /graphql, something stands before it that knows no other path.
    this.#takesMany = this.#path === '/graphql'
  }

  send(message: Message, exchange: Exchange): void {
    if (message.isChange || !this.#takesMany) {
      this.#sendAlone({ message, exchange })
      return
    }
    this.#waiting.push({ message, exchange })
    if (this.#waiting.length === 1) setImmediate(() => this.#flush())
  }

  #flush(): void {
    const waiting = this.#waiting.filter(({ exchange }) => !exchange.isGivenUp)
    this.#waiting = []
    const [only, ...more] = waiting
    if (only && more.length === 0) {
      this.#sendAlone(only)
      return
    }
    let group: Written[] = []
    for (const one of waiting) {
      const text = `{"headers":${JSON.stringify(one.message.headers)},"body":${one.message.body}}`
      if (Buffer.byteLength(text) > LARGEST) this.#sendAlone(one)
      else group.push({ ...one, text })
      if (group.length === MOST_TOGETHER) {
        this.#sendTogether(group)
        group = []
      }
    }
    this.#sendTogether(group)
  }

  #sendTogether(several: readonly Written[]): void {
    if (several.length === 0) return
    const alone = (open: readonly Exchange[]) => {
      for (const one of several) if (open.includes(one.exchange) && !one.exchange.isGivenUp) this.#sendAlone(one)
    }
    const together = new Together(
      several.map(({ exchange }) => exchange),
      {
        refused: (open, status) => {
          if (UNKNOWN.has(status) && this.#takesMany) {
            this.#takesMany = false
            this.#options.onAlone(status)
          }
          alone(open)
        },
        lost: (open, error) => {
          if (this.#options.mayRetry()) alone(open)
          else for (const exchange of open) exchange.failed(error)
        },
      },
    )
    const headers = { 'content-type': 'application/json' }
    const body = `[${several.map(({ text }) => text).join(',')}]`
    this.#options.pool.dispatch({ method: 'POST', path: TOGETHER_PATH, headers, body }, together)
  }

  #sendAlone({ message: { headers, body }, exchange }: Waiting): void {
    this.#options.pool.dispatch({ method: 'POST', path: this.#path, headers, body }, new Alone(exchange))
  }
}
