import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { type AddressInfo, Server as NetServer } from 'node:net'
import type { ApolloServer, BaseContext, HeaderMap } from '@apollo/server'
import { type Locale, localeFrom } from '@satuanak/graphql-kit'
import { CannotStart } from './cannot-start.ts'
import { readJson } from './http-body.ts'
import { type Connections, trackConnections } from './http-connections.ts'
import { carryOut, headersOf, traced } from './http-operation.ts'
import { broken, HttpRefusal, methodNotAllowed, notFound, refusalText } from './http-refusal.ts'
import { TOGETHER_PATH, together } from './http-together.ts'
import type { OperationTime } from './operation-time.ts'
import { requestIdOf } from './request-id.ts'

/** One thing a server needs before it takes traffic. `detail` is shown to anyone: no address, no personal data. */
export interface Check {
  readonly name: string
  readonly ok: boolean
  readonly detail?: string
  /** Worth knowing, but no reason to send traffic elsewhere. */
  readonly optional?: true
}

/** What the context function is given of one operation: the headers, the parsed body, and when to stop working. */
export interface GraphqlRequest {
  /** The client's `x-request-id` where it is well formed, else a new one; sent back with the answer. */
  readonly requestId: string
  readonly headers: HeaderMap
  /** The parsed JSON body, not yet checked to be a GraphQL request. */
  readonly body: unknown
  /** Aborts when the client goes away, or when the operation's time is over. */
  readonly signal: AbortSignal
  /** `operationMs` from the request's arrival, unless whoever asks is known to wait for less. */
  readonly time: OperationTime
}

export interface HttpLimits {
  /** Largest body of a GraphQL request in bytes; a larger one is answered 413. */
  readonly bodyBytes: number
  /** Milliseconds a client has to send a whole request; Node answers a slower one 408. */
  readonly requestMs: number
  /** Milliseconds an operation may run. A second later the client is answered 504. */
  readonly operationMs: number
  /** Milliseconds that `close` waits for requests in flight before it cuts them off. */
  readonly closeMs: number
  /** Milliseconds an idle connection is kept open; longer than any client of ours keeps it. */
  readonly keepAliveMs: number
}

export const HTTP_LIMITS: HttpLimits = {
  bodyBytes: 256 * 1024,
  requestMs: 15_000,
  operationMs: 30_000,
  closeMs: 8_000,
  keepAliveMs: 65_000,
}

/** Answers GET and HEAD on one exact path: a page, an asset. */
export type Page = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>

/** The part of a pino logger used here. No header, body or query is ever logged. */
export interface HttpLog {
  debug(fields: object, message: string): void
  error(fields: object, message: string): void
}

export interface ServeGraphql<Context extends BaseContext> {
  /** An Apollo Server, or what answers as one. Not started yet: it is started here and stopped by `close`. */
  readonly server: Pick<ApolloServer<Context>, 'start' | 'stop' | 'executeHTTPGraphQLRequest'>
  /** May throw a GraphQLError with `extensions.http.status`: it becomes the whole answer. */
  readonly context: (request: GraphqlRequest) => Promise<Context>
  /** What a parsed body stands for, where that is something else: a document by its id. */
  readonly body?: (body: unknown) => unknown
  /** Whether several operations may be sent in one request (`http-together.ts`): by the gateway, never by a client. */
  readonly together?: true
  readonly host: string
  /** 0 takes a free port. */
  readonly port: number
  readonly ready: () => Promise<readonly Check[]>
  readonly log: HttpLog
  readonly pages?: ReadonlyMap<string, Page>
  readonly limits?: Partial<HttpLimits>
}

export interface Serving {
  /** `http://127.0.0.1:4000`, without a slash at the end; GraphQL is at `/graphql`. */
  readonly url: string
  /**
   * For a port that another process serves as well: takes no new connection, and answers what comes on those that are
   * open, each answer its connection's last. Resolves when none is left, after `ms` at most; `close` comes afterwards.
   */
  handOver(ms: number): Promise<void>
  /** Takes no new request, lets those in flight end (`closeMs` at most), closes idle connections. */
  close(): Promise<void>
}

/**
 * One HTTP front for the gateway and every subgraph, bare `node:http`: `POST /graphql`, `/health/live`,
 * `/health/ready` and the given pages. GET never reaches GraphQL: a NIK in a variable would stand in the URL and its logs.
 *
 * @throws CannotStart naming the port when it is taken.
 */
export async function serveGraphql<Context extends BaseContext>(options: ServeGraphql<Context>): Promise<Serving> {
  const limits = { ...HTTP_LIMITS, ...options.limits }
  await options.server.start()
  const state = { closing: false }
  const http = createServer(
    {
      requestTimeout: limits.requestMs,
      headersTimeout: limits.requestMs,
      keepAliveTimeout: limits.keepAliveMs,
      connectionsCheckingInterval: Math.min(1000, limits.requestMs),
    },
    (request, response) => {
      void answer(options, limits, state, request, response)
    },
  )
  const connections = trackConnections(http)
  try {
    await listen(http, options.host, options.port)
  } catch (error) {
    await options.server.stop()
    throw error
  }
  return {
    url: urlOf(http, options.host),
    handOver: (ms) => handOver(http, connections, ms),
    close: async () => {
      state.closing = true
      const closed = new Promise<void>((resolve) => http.close(() => resolve()))
      connections.drain()
      const cut = setTimeout(() => http.closeAllConnections(), limits.closeMs)
      await closed
      clearTimeout(cut)
      await options.server.stop()
    },
  }
}

/** The status by which logs name a request whose client went away before its answer. */
const CLIENT_GONE = 499

async function answer<Context extends BaseContext>(
  options: ServeGraphql<Context>,
  limits: HttpLimits,
  state: { readonly closing: boolean },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const started = performance.now()
  const requestId = requestIdOf(request.headers['x-request-id'])
  const path = (request.url ?? '/').split('?', 1)[0] ?? '/'
  response.setHeader('x-request-id', requestId)
  response.setHeader('x-content-type-options', 'nosniff')
  try {
    if (path === '/graphql') {
      const run = () => graphql(options, limits, requestId, request, response)
      await traced(request.headers, run, () => response.statusCode)
    } else if (path === TOGETHER_PATH && options.together) await together(options, limits, request, response)
    else if (path === '/health/live') sendJson(response, 200, JSON.stringify({ status: 'live' }))
    else if (path === '/health/ready') await ready(options, state.closing, response)
    else await page(options.pages?.get(path), request, response)
  } catch (fault) {
    if (request.destroyed && !request.complete) return // the client left in the middle of its request
    const refusal = fault instanceof HttpRefusal ? fault : broken(requestId)
    if (refusal.status === 500) options.log.error({ requestId, path, err: fault }, 'request failed')
    sendRefusal(response, refusal, localeFrom(request.headers['accept-language']))
  }
  const ms = Math.round(performance.now() - started)
  const status = response.destroyed && !response.writableEnded ? CLIENT_GONE : response.statusCode
  options.log.debug({ requestId, path, method: request.method, status, ms }, 'request')
}

async function graphql<Context extends BaseContext>(
  options: ServeGraphql<Context>,
  limits: HttpLimits,
  requestId: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method !== 'POST') throw methodNotAllowed('POST')
  const read = await readJson(request, limits.bodyBytes)
  const body = options.body?.(read) ?? read
  const headers = headersOf(request.headers)
  const whenGone = (leave: () => void) => void response.once('close', () => response.writableFinished || leave())
  const answered = await carryOut(options, limits.operationMs, { requestId, headers, body, whenGone })
  if (response.destroyed) return // the client has gone: nothing is written to a closed socket
  for (const [name, value] of answered.headers) response.setHeader(name, value)
  response.setHeader('cache-control', 'no-store')
  send(response, answered.status, answered.text)
}

async function ready(options: Pick<ServeGraphql<BaseContext>, 'ready'>, closing: boolean, response: ServerResponse) {
  const checks = closing ? [{ name: 'server', ok: false, detail: 'closing' }] : await options.ready()
  const ok = checks.every((check) => check.ok || check.optional)
  sendJson(response, ok ? 200 : 503, JSON.stringify({ status: ok ? 'ready' : 'not ready', checks }))
}

async function page(found: Page | undefined, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (!found) throw notFound()
  if (request.method !== 'GET' && request.method !== 'HEAD') throw methodNotAllowed('GET, HEAD')
  await found(request, response)
}

function sendRefusal(response: ServerResponse, refusal: HttpRefusal, locale: Locale): void {
  const { status, headers } = refusal
  if (response.destroyed) return
  if (response.headersSent) {
    response.destroy()
    return
  }
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
  sendJson(response, status, refusalText(refusal, locale))
}

function sendJson(response: ServerResponse, status: number, text: string): void {
  response.setHeader('content-type', 'application/json; charset=utf-8')
  response.setHeader('cache-control', 'no-store')
  send(response, status, text)
}

function send(response: ServerResponse, status: number, body: string): void {
  // Bytes at once: Node would count them first, and then write head and body as one text.
  const bytes = Buffer.from(body)
  response.statusCode = status
  response.setHeader('content-length', bytes.byteLength)
  response.end(bytes)
}

/** A connection that is closed while it is idle may be one on which a request is on its way, and that one fails. */
function handOver(http: Server, connections: Connections, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const enough = setTimeout(resolve, ms)
    http.once('close', () => {
      clearTimeout(enough)
      resolve()
    })
    connections.lastAnswers()
    // Not the HTTP server's own close, which closes idle connections at once.
    NetServer.prototype.close.call(http)
  })
}

function listen(http: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    http.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE'
      reject(taken ? new CannotStart(`Port ${port} on ${host} is in use by another program.`, { cause: error }) : error)
    })
    http.listen(port, host, resolve)
  })
}

function urlOf(http: Server, host: string): string {
  const { port } = http.address() as AddressInfo
  const shown = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '[::1]' : host.includes(':') ? `[${host}]` : host
  return `http://${shown}:${port}`
}
