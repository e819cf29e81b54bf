import type { IncomingHttpHeaders } from 'node:http'
import { type BaseContext, HeaderMap } from '@apollo/server'
import { context as otel, propagation, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import type { ServeGraphql } from './http.ts'
import { OperationTime, withinTime } from './operation-time.ts'

/** One operation as it was sent, by itself or together with others. */
export interface SentOperation {
  readonly requestId: string
  readonly headers: HeaderMap
  readonly body: unknown
  /** Calls `leave` when nobody waits for the answer any more. */
  readonly whenGone: (leave: () => void) => void
}

export interface OperationAnswer {
  readonly status: number
  readonly headers: ReadonlyMap<string, string>
  readonly text: string
}

/**
 * Carries out one operation within its time.
 * @throws HttpRefusal 504 a second after its time, and whatever the server throws.
 */
export async function carryOut<Context extends BaseContext>(
  { server, context }: Pick<ServeGraphql<Context>, 'server' | 'context'>,
  operationMs: number,
  { requestId, headers, body, whenGone }: SentOperation,
): Promise<OperationAnswer> {
  const time = new OperationTime(operationMs)
  whenGone(() => time.leave())
  try {
    const executed = withinTime(time, () =>
      server.executeHTTPGraphQLRequest({
        httpGraphQLRequest: { method: 'POST', headers, search: '', body },
        context: () => context({ requestId, headers, body, signal: time.signal, time }),
      }),
    )
    const result = await Promise.race([executed, time.late])
    // Incremental delivery is not part of federation in Node: every answer is complete.
    if (result.body.kind !== 'complete') throw new Error('a chunked GraphQL answer is not supported')
    return { status: result.status ?? 200, headers: result.headers, text: result.body.string }
  } finally {
    time.done()
  }
}

/** The span of an operation, child of the caller's `traceparent`. Attributes name the route only, never a header or body. */
export async function traced<T>(
  headers: IncomingHttpHeaders,
  run: () => Promise<T>,
  statusOf: (ran: T | undefined) => number,
): Promise<T> {
  const parent = propagation.extract(otel.active(), headers)
  const attributes = { 'http.request.method': 'POST', 'http.route': '/graphql' }
  const span = trace
    .getTracer('satuanak-http')
    .startSpan('POST /graphql', { kind: SpanKind.SERVER, attributes }, parent)
  let ran: T | undefined
  try {
    ran = await otel.with(trace.setSpan(parent, span), run)
    return ran
  } finally {
    ended(span, statusOf(ran))
  }
}

function ended(span: Span, status: number): void {
  span.setAttribute('http.response.status_code', status)
  if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR })
  span.end()
}

/** Node's headers as Apollo Server has them. */
export function headersOf(headers: IncomingHttpHeaders): HeaderMap {
  const map = new HeaderMap()
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) map.set(name, Array.isArray(value) ? value.join(', ') : value)
  }
  return map
}
