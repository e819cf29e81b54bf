import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** One request that waits for the test to say what becomes of it. */
export interface Exchange {
  readonly headers: IncomingMessage['headers']
  readonly body: { readonly query: string; readonly variables: Record<string, unknown> }
  /** Resolves when the gateway closes the connection before it was answered. */
  readonly left: Promise<void>
  answer(body: object, status?: number): void
  /** Closes the connection without an answer. */
  cut(): void
  /** Sends the headers and half of a body, then closes the connection. */
  breakOff(): void
}

/** A subgraph that answers when told. */
export interface Controlled {
  readonly url: string
  /** Requests that came, answered or not. */
  readonly count: number
  /** Connections that were opened. */
  readonly connections: number
  /** The next request, in the order in which they come. */
  next(): Promise<Exchange>
  close(): Promise<void>
}

/** @param port 0 takes a free one. */
export async function startControlled(port = 0): Promise<Controlled> {
  const come: Exchange[] = []
  const awaited: ((exchange: Exchange) => void)[] = []
  const seen = { requests: 0, connections: 0 }
  const server = createServer(async (request, response) => {
    const exchange = await exchangeOf(request, response)
    seen.requests += 1
    const taker = awaited.shift()
    if (taker) taker(exchange)
    else come.push(exchange)
  })
  server.on('connection', () => {
    seen.connections += 1
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get count() {
      return seen.requests
    },
    get connections() {
      return seen.connections
    },
    next: () => {
      const first = come.shift()
      return first ? Promise.resolve(first) : new Promise((resolve) => awaited.push(resolve))
    },
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

async function exchangeOf(request: IncomingMessage, response: ServerResponse): Promise<Exchange> {
  const text = Buffer.concat(await request.toArray()).toString('utf8')
  const left = new Promise<void>((resolve) => {
    response.once('close', () => {
      if (!response.writableEnded) resolve()
    })
  })
  return {
    headers: request.headers,
    body: JSON.parse(text),
    left,
    answer: (body, status = 200) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    },
    cut: () => request.socket.destroy(),
    breakOff: () => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': 1_000 })
      response.write('{"data":', () => request.socket.destroy())
    },
  }
}
