import type { IncomingMessage, ServerResponse } from 'node:http'
import { promisify } from 'node:util'
import { type BaseContext, HeaderMap } from '@apollo/server'
import { localeFrom } from '@satuanak/graphql-kit'
import type { HttpLimits, ServeGraphql } from './http.ts'
import { readJson } from './http-body.ts'
import { carryOut, traced } from './http-operation.ts'
import { broken, HttpRefusal, methodNotAllowed, notJson, refusalText } from './http-refusal.ts'
import { requestIdOf } from './request-id.ts'

const nextTurn = promisify(setImmediate)

/** Where several operations are sent in one request. */
export const TOGETHER_PATH = '/graphql/together'
/** Lines of `<place> <status> <JSON>`, each when its operation is done: a slow one holds nobody's answer. */
export const TOGETHER_TYPE = 'application/vnd.satuanak.together'
/** Operations in one request. */
export const MOST_TOGETHER = 64
/** Bytes of one request of several operations. */
export const TOGETHER_BYTES = 1024 * 1024

interface Member {
  readonly headers: Readonly<Record<string, string>>
  readonly body: unknown
}

/**
 * Several operations of the gateway's in one request, each with its own headers: its own caller, time and trace. Each is
 * carried out as if it had come alone.
 * @throws HttpRefusal where the request as a whole is none; then no operation was carried out.
 */
export async function together<Context extends BaseContext>(
  options: ServeGraphql<Context>,
  limits: HttpLimits,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method !== 'POST') throw methodNotAllowed('POST')
  const members = membersIn(await readJson(request, TOGETHER_BYTES))
  // The head leaves with the first line: a server that drains may still say that the connection ends.
  response.setHeader('content-type', TOGETHER_TYPE)
  response.setHeader('cache-control', 'no-store')
  const leaves: (() => void)[] = []
  response.once('close', () => {
    if (!response.writableFinished) for (const leave of leaves) leave()
  })
  const line = new Lines(response)
  await Promise.all(
    members.map(async (member, place) => {
      // In a turn of its own: Prisma joins what is looked up in one, and one that is cut would end the others.
      await nextTurn()
      const { status, text } = await answerTo(options, limits, member, (leave) => leaves.push(leave))
      line.write(`${place} ${status} ${text}`)
    }),
  )
  line.end()
}

async function answerTo<Context extends BaseContext>(
  options: ServeGraphql<Context>,
  { operationMs }: HttpLimits,
  { headers: sent, body }: Member,
  whenGone: (leave: () => void) => void,
): Promise<{ readonly status: number; readonly text: string }> {
  const started = performance.now()
  const requestId = requestIdOf(sent['x-request-id'])
  const headers = new HeaderMap([...Object.entries(sent), ['content-type', 'application/json']])
  const run = async () => {
    try {
      return await carryOut(options, operationMs, { requestId, headers, body, whenGone })
    } catch (fault) {
      const refusal = fault instanceof HttpRefusal ? fault : broken(requestId)
      if (refusal.status === 500) options.log.error({ requestId, path: TOGETHER_PATH, err: fault }, 'request failed')
      return { status: refusal.status, text: refusalText(refusal, localeFrom(sent['accept-language'])) }
    }
  }
  const answer = await traced(sent, run, (ran) => ran?.status ?? 500)
  const ms = Math.round(performance.now() - started)
  options.log.debug({ requestId, path: TOGETHER_PATH, method: 'POST', status: answer.status, ms }, 'request')
  return answer
}

function membersIn(body: unknown): readonly Member[] {
  if (!Array.isArray(body) || body.length === 0 || body.length > MOST_TOGETHER || !body.every(isMember)) throw notJson()
  return body
}

function isMember(value: unknown): value is Member {
  if (typeof value !== 'object' || value === null || !('headers' in value) || !('body' in value)) return false
  const { headers } = value
  return (
    typeof headers === 'object' && headers !== null && Object.values(headers).every((one) => typeof one === 'string')
  )
}

/** What is ready in one turn of the event loop leaves as one piece. */
class Lines {
  readonly #response: ServerResponse
  #pending = ''
  #isPlanned = false

  constructor(response: ServerResponse) {
    this.#response = response
  }

  write(line: string): void {
    this.#pending += line.endsWith('\n') ? line : `${line}\n`
    if (this.#isPlanned) return
    this.#isPlanned = true
    setImmediate(() => this.#flush())
  }

  /** The last lines go with the end. */
  end(): void {
    const rest = this.#pending
    this.#pending = ''
    if (!this.#response.destroyed) this.#response.end(Buffer.from(rest))
  }

  #flush(): void {
    this.#isPlanned = false
    if (this.#pending === '' || this.#response.destroyed) return
    this.#response.write(Buffer.from(this.#pending))
    this.#pending = ''
  }
}
