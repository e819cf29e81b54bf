import { connect, type Socket } from 'node:net'
import { isDeepStrictEqual } from 'node:util'
import type { Part } from './part.ts'
import { messageReader } from './wire.ts'

/** One thing to ask, and what is to be answered. */
export interface Variant {
  readonly body: string
  /** The answer as JSON. The first is compared with it, the others with the first, byte for byte. */
  readonly expected: string
}

/** The same for different pages or children: each client asks for one of its own, as different people do. */
export interface Question {
  readonly name: string
  readonly variants: readonly Variant[]
}

/** So many clients at once, each asking again as soon as it is answered. */
export interface Play {
  readonly url: string
  readonly token: string
  /** The name of a question that was learned before. */
  readonly question: string
  readonly clients: number
  readonly ms: number
}

export interface Played {
  readonly count: number
  /** Milliseconds that the round took. */
  readonly ms: number
  readonly p50: number
  readonly p99: number
}

/** The process that loads the gateways. */
export async function start(): Promise<Part> {
  return {
    urls: {},
    ask: async (asked) => ('learn' in (asked as object) ? learn(asked as Learn) : play(asked as Play)),
  }
}

/** Told once, so that a round begins without delay. */
export interface Learn {
  readonly learn: Question
}

const questions = new Map<string, readonly Variant[]>()

function learn({ learn: { name, variants } }: Learn): void {
  questions.set(name, variants)
}

async function play({ url, token, question, clients, ms }: Play): Promise<Played> {
  const { hostname, port, pathname } = new URL(url)
  const asked = (questions.get(question) ?? []).map(({ body, expected }) => ({
    request: requestOf(hostname, pathname, body, token),
    isRight: comparing(`${url} ${body}`, expected),
  }))
  const times: number[] = []
  const from = performance.now()
  const until = from + ms
  // All of them end before one's failure is told: whoever is measured next has the machine to itself.
  const ends = await Promise.allSettled(
    Array.from({ length: clients }, async (_, client) => {
      const own = asked[client % asked.length]
      if (own) await askUntil(until, Number(port), hostname, own.request, own.isRight, times)
    }),
  )
  const failed = ends.find((end) => end.status === 'rejected')
  if (failed) throw failed.reason
  const took = performance.now() - from
  const sorted = Float64Array.from(times).sort()
  const share = (part: number) => sorted[Math.floor(sorted.length * part)] ?? Number.NaN
  return { count: times.length, ms: took, p50: share(0.5), p99: share(0.99) }
}

function requestOf(host: string, path: string, body: string, token: string): Buffer {
  const head = [
    `POST ${path === '/' ? '/graphql' : path} HTTP/1.1`,
    `host: ${host}`,
    'content-type: application/json',
    'accept: application/json',
    `authorization: Bearer ${token}`,
    `content-length: ${Buffer.byteLength(body)}`,
  ]
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`)
}

/** The answers of each gateway that were found right, so that a later round compares bytes only. */
const right = new Map<string, Buffer>()

/** Says of each answer whether it is the expected one. */
function comparing(asked: string, expected: string): (body: Buffer) => boolean {
  let known = right.get(asked)
  return (body) => {
    if (known) return known.equals(body)
    if (!isDeepStrictEqual(JSON.parse(body.toString('utf8')), JSON.parse(expected))) return false
    known = Buffer.from(body)
    right.set(asked, known)
    return true
  }
}

function askUntil(
  until: number,
  port: number,
  host: string,
  request: Buffer,
  isRight: (body: Buffer) => boolean,
  times: number[],
): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket: Socket = connect({ port, host, noDelay: true })
    let from = 0
    const ask = () => {
      from = performance.now()
      socket.write(request)
    }
    const fail = (reason: string) => {
      socket.destroy()
      reject(new Error(reason))
    }
    const onAnswer = (head: string, body: Buffer) => {
      const now = performance.now()
      times.push(now - from)
      if (!head.startsWith('HTTP/1.1 200') || !isRight(body)) {
        fail(`another answer than expected: ${head.slice(0, 20)} ${body.toString('utf8').slice(0, 400)}`)
      } else if (now < until) ask()
      else {
        socket.destroy()
        resolve()
      }
    }
    socket.on('data', messageReader(onAnswer))
    socket.on('error', reject)
    socket.on('end', () => fail('the connection was closed'))
    socket.on('connect', ask)
  })
}
