import { ApolloServer } from '@apollo/server'
import { startStandaloneServer } from '@apollo/server/standalone'
import { SERVICES } from '@satuanak/contracts'
import type { Part } from '../part.ts'
import { schemaOf } from './schemas.ts'

/** Every service as a plain Apollo Server, as its manual sets it up. */
export async function start(): Promise<Part> {
  const urls = await Promise.all(
    SERVICES.map(async (name) => {
      const server = new ApolloServer({ schema: await schemaOf(name) })
      const { url } = await startStandaloneServer(server, { listen: { port: 0, host: '127.0.0.1' } })
      return [name, url] as const
    }),
  )
  return { urls: Object.fromEntries(urls) }
}
