import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { SERVICES, type ServiceName } from '@satuanak/contracts'
import { memorySubgraph } from '../memory/answers.ts'

interface Agencies {
  readonly urls: Readonly<Record<ServiceName, string>>
  close(): Promise<void>
}

/** Every agency's subgraph over HTTP, answering from memory after the time that a database would take. */
export async function startAgencies(databaseMs: number): Promise<Agencies> {
  const servers = await Promise.all(SERVICES.map(async (name) => [name, await serve(name, databaseMs)] as const))
  const urls = servers.map(([name, server]) => [name, `http://127.0.0.1:${(server.address() as AddressInfo).port}`])
  return {
    urls: Object.fromEntries(urls) as Record<ServiceName, string>,
    close: async () => {
      for (const [, server] of servers) {
        server.closeAllConnections()
        server.close()
      }
    },
  }
}

async function serve(name: ServiceName, databaseMs: number): Promise<Server> {
  const subgraph = memorySubgraph(name)
  const answers = new Map<string, string>()
  const server = createServer(async (request, response) => {
    const asked = Buffer.concat(await request.toArray()).toString('utf8')
    const answer = answers.get(asked) ?? JSON.stringify(await subgraph.process({ request: JSON.parse(asked) } as never))
    answers.set(asked, answer)
    await wait(databaseMs)
    response.writeHead(200, { 'content-type': 'application/json' }).end(answer)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return server
}
