import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { expect, test } from 'vitest'
import { openEar } from './repository-dispatch.ts'

/** `AuthenticationOk` and `ReadyForQuery`, as PostgreSQL says them. */
const WELCOME = Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 0, 0x5a, 0, 0, 0, 5, 0x49])

test('a database that takes the connection and never answers LISTEN holds nobody up', async () => {
  const sockets = new Set<Socket>()
  const asked = Promise.withResolvers<void>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.once('data', () => {
      socket.write(WELCOME)
      socket.once('data', () => asked.resolve())
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const ear = openEar(`postgresql://uji@127.0.0.1:${port}/uji`, () => undefined, 100)
  const ready = ear.ensure()
  await asked.promise
  await ready
  await ear.close()
  for (const socket of sockets) socket.destroy()
  server.close()
  expect(sockets.size).toBe(1)
})
