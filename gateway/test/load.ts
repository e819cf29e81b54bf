import { once } from 'node:events'
import { Agent, createServer, request as httpRequest, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import { BOY } from './house.ts'

const QUERY = `{ child(id: "${BOY}") { identity { name } } }`
/** The registry below does not answer it before it is told to. */
export const HELD_QUERY = `{ child(id: "${BOY}") { identity { name birthPlace } } }`
const IDENTITY = { name: 'Bagas Saputra', birthPlace: 'Pekalongan' }
export const RIGHT = { data: { child: { identity: { name: IDENTITY.name } } } }
export const RIGHT_HELD = { data: { child: { identity: IDENTITY } } }

/** Stands for the civil registry, and for a collector of metrics; knows one child. */
export async function startRegistry() {
  const held: ServerResponse[] = []
  const metrics: unknown[] = []
  const arrived = Promise.withResolvers<void>()
  const answer = (response: ServerResponse) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ data: { _entities: [{ __typename: 'Child', identity: IDENTITY }] } }))
  }
  const server = createServer(async (request, response) => {
    const text = Buffer.concat(await request.toArray()).toString('utf8')
    if (request.url === '/v1/metrics') metrics.push(JSON.parse(text))
    if (request.url !== '/graphql') response.end('{}')
    else if (text.includes('birthPlace')) {
      held.push(response)
      arrived.resolve()
    } else answer(response)
  })
  server.keepAliveTimeout = 65_000
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Resolves when the first request is held. */
    holds: arrived.promise,
    release: () => held.splice(0).map(answer),
    /** Bodies of OTLP, as they came. */
    metrics,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** One operation; fails as the client's connection does, never tries again. */
export function askOnce(url: string, token: string, agent: Agent, query = QUERY): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const headers = {
      'content-type': 'application/json',
      authorization: `Bearer ${token}`,
    }
    const request = httpRequest(`${url}/graphql`, { method: 'POST', agent, headers }, (response) => {
      response
        .toArray()
        .then((chunks) => JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown)
        .then(resolve, reject)
    })
    request.once('error', reject).end(JSON.stringify({ query }))
  })
}

/** How `GET path` is answered, over a connection of its own. */
export function statusOf(url: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(url, { agent: new Agent() }, (response) => {
      response.resume().once('end', () => resolve(response.statusCode))
    })
    request.once('error', reject).end()
  })
}

/**
 * Asks at a rate that waits for no answer: every second operation over a connection of its own, the others over eight
 * that are kept and used in turn.
 */
export function startLoad(url: string, token: string, perSecond: number) {
  const [fresh, kept] = [new Agent({ keepAlive: false }), keptAgent()]
  const failures: unknown[] = []
  const waiting = new Set<Promise<void>>()
  const counted = { sent: 0, answered: 0 }
  const awaited: { readonly at: number; readonly tell: () => void }[] = []
  const send = () => {
    counted.sent += 1
    const one = askOnce(url, token, counted.sent % 2 === 0 ? fresh : kept)
      .then((answer) => JSON.stringify(answer) === JSON.stringify(RIGHT) || failures.push(answer))
      .catch((error: unknown) => failures.push(error))
      .then(() => {
        counted.answered += 1
        waiting.delete(one)
        for (const { at, tell } of awaited) if (counted.answered >= at) tell()
      })
    waiting.add(one)
  }
  const started = performance.now()
  const beat = setInterval(() => {
    const due = ((performance.now() - started) / 1_000) * perSecond
    while (counted.sent < due) send()
  }, 5)
  onTestFinished(() => clearInterval(beat))
  return {
    /** Resolves when so many more operations were answered. */
    answers: (more: number) =>
      new Promise<void>((resolve) => void awaited.push({ at: counted.answered + more, tell: resolve })),
    /** Sends no more, waits for what was sent. */
    stop: async () => {
      clearInterval(beat)
      const seconds = (performance.now() - started) / 1_000
      await Promise.all(waiting)
      kept.destroy()
      return { failures, sent: counted.sent, perSecond: counted.sent / seconds }
    },
  }
}

const keptAgent = () => new Agent({ keepAlive: true, maxSockets: 8, scheduling: 'fifo' })
