import { type Span, trace } from '@opentelemetry/api'
import pg from 'pg'

/** Something that took time for one request. Milliseconds of this process's clock: only differences mean anything. */
export interface Recorded {
  readonly traceId: string
  /** A span's name, or `sql`, or `audit` for the statement that writes the audit. */
  readonly name: string
  /** The agency that a fetch goes to. */
  readonly service: string | undefined
  readonly from: number
  readonly to: number
}

type Attributes = Readonly<Record<string, unknown>>
interface Ended {
  readonly name: string
  readonly attributes: Attributes
  spanContext(): { readonly traceId: string; readonly spanId: string }
}

/** Notes when each span began and ended: spans themselves begin at whole milliseconds. */
export class Recorder {
  #began = new Map<string, number>()
  #recorded: Recorded[] = []

  /** Everything since it was last asked. */
  take(): Recorded[] {
    const taken = this.#recorded
    this.#recorded = []
    return taken
  }

  onStart(span: Pick<Span, 'spanContext'>): void {
    this.#began.set(span.spanContext().spanId, performance.now())
  }

  onEnd(span: Ended): void {
    const { name, attributes } = span
    const { traceId, spanId } = span.spanContext()
    const from = this.#began.get(spanId)
    this.#began.delete(spanId)
    if (from === undefined) return
    const service = typeof attributes.service === 'string' ? attributes.service : undefined
    this.#recorded.push({ traceId, name, service, from, to: performance.now() })
  }

  forceFlush = async (): Promise<void> => undefined
  shutdown = async (): Promise<void> => undefined

  /** Notes every statement of this process that belongs to a request, in this process for as long as it lives. */
  watchSql(): void {
    const original = pg.Client.prototype.query as (...args: unknown[]) => unknown
    const note = (asked: unknown) => this.#statement(asked)
    const watched = function (this: pg.Client, ...args: unknown[]) {
      const done = note(args[0])
      const last = args.at(-1)
      if (typeof last === 'function') {
        const callback = (...answer: unknown[]) => {
          done()
          last(...answer)
        }
        return original.call(this, ...args.slice(0, -1), callback)
      }
      const answer = original.apply(this, args)
      if (answer instanceof Promise) answer.then(done, done)
      return answer
    }
    Object.assign(pg.Client.prototype, { query: watched })
  }

  #statement(asked: unknown): () => void {
    const traceId = trace.getActiveSpan()?.spanContext().traceId
    if (traceId === undefined) return () => undefined
    const text = typeof asked === 'string' ? asked : String((asked as { readonly text?: unknown } | null)?.text)
    const name = text.includes('platform.audit_entry') ? 'audit' : 'sql'
    const from = performance.now()
    return () => {
      this.#recorded.push({ traceId, name, service: undefined, from, to: performance.now() })
    }
  }
}
