import { connect, type Socket } from 'node:net'
import { isDeepStrictEqual } from 'node:util'
import type { Part } from './part.ts'
import { messageReader } from './wire.ts'

/** So many clients at once, each asking again as soon as it is answered. */
export interface Play {
  readonly url: string
  /** The body of every request. */
  readonly body: string
  readonly token: string
  /** The answer as JSON. The first is compared with it, the others with the first, byte for byte. */
  readonly expected: string
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
  return { urls: {}, ask: (question) => play(question as Play) }
}

async function play({ url, body, token, expected, clients, ms }: Play): Promise<Played> {
  const { hostname, port, pathname } = new URL(url)
  const request = requestOf(hostname, pathname, body, token)
  const times: number[] = []
  const isRight = comparing(expected)
  const from = performance.now()
  const until = from + ms
  await Promise.all(
    Array.from({ length: clients }, () => askUntil(until, Number(port), hostname, request, isRight, times)),
  )
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

/** Says of each answer whether it is the expected one. */
function comparing(expected: string): (body: Buffer) => boolean {
  const wanted = JSON.parse(expected)
  let known: Buffer | undefined
  return (body) => {
    if (known) return known.equals(body)
    known = Buffer.from(body)
    return isDeepStrictEqual(JSON.parse(body.toString('utf8')), wanted)
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
