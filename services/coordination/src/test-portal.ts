import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A message as a portal receives it. */
export interface Received {
  readonly id: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

interface Answer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** A portal on a free port of this machine, which keeps what it receives and answers as a test says. */
export interface Portal {
  readonly url: string
  readonly received: readonly Received[]
  /** What it answers from now on; `never` leaves the sender waiting. */
  answers(how: Answer | 'never'): void
  /** Resolves once so many messages came in all. */
  has(count: number): Promise<void>
  /** Answers all whom it left waiting, 204 where nothing else is said. */
  release(status?: number): void
  close(): Promise<void>
}

export async function openPortal(): Promise<Portal> {
  const received: Received[] = []
  const waiting: ServerResponse[] = []
  const watchers: { readonly count: number; readonly seen: () => void }[] = []
  let how: Answer | 'never' = { status: 204 }
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]))
      received.push({ id: headers['webhook-id'] ?? '', headers, body: Buffer.concat(parts).toString() })
      for (const { count, seen } of watchers) if (received.length >= count) seen()
      if (how === 'never') waiting.push(response)
      else response.writeHead(how.status, how.headers).end(how.body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/kait`,
    received,
    answers: (next) => {
      how = next
    },
    has: async (count) => {
      if (received.length < count) await new Promise<void>((seen) => watchers.push({ count, seen }))
    },
    release: (status = 204) => {
      for (const response of waiting.splice(0)) response.writeHead(status).end()
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
