import { lookup } from 'node:dns/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type NameServer, openNameServer } from '../test-name-server.ts'
import { openPortal } from '../test-portal.ts'
import { createNames } from './names.ts'
import { createPostman } from './post-delivery.ts'
import { isLoopback } from './reach.ts'

const PUBLIC = '93.184.215.14'

let server: NameServer
beforeAll(async () => {
  server = await openNameServer({
    'hidup.contoh.go.id': [PUBLIC],
    'dua.contoh.go.id': [PUBLIC, '10.0.0.1'],
    'dalam.contoh.go.id': ['127.0.0.1'],
  })
})
afterAll(() => server?.close())

const namesOf = () => createNames({ servers: [server.address], timeoutMs: 500, tries: 1 })
const find = (host: string, resolve = namesOf()) =>
  new Promise<unknown>((done) =>
    resolve(host, { all: true }, (error, found) => done(error === null ? found : { code: error.code })),
  )

describe('a portal’s name', () => {
  test('is asked of the name server, and every address comes back', async () => {
    expect(await find('dua.contoh.go.id')).toEqual([
      { address: PUBLIC, family: 4 },
      { address: '10.0.0.1', family: 4 },
    ])
  })

  test('whose name server is dead holds up no other name, nor what else this process waits for', async () => {
    const resolve = createNames({ servers: [server.address], timeoutMs: 60_000, tries: 1 })
    const ended: string[] = []
    const dead = Array.from({ length: 16 }, (_, n) =>
      find(`mati${n}.contoh.go.id`, resolve).then(() => ended.push('mati')),
    )
    await server.has(32)
    expect(await find('hidup.contoh.go.id', resolve)).toEqual([{ address: PUBLIC, family: 4 }])
    // The system's own look-up, which has few threads for everyone.
    expect(isLoopback((await lookup('localhost')).address)).toBe(true)
    expect(ended).toEqual([])
    resolve.cancel()
    await Promise.all(dead)
  })

  test('that nobody answers for fails in time, as a portal that does not answer', async () => {
    const postman = createPostman({ reach: 'internet', timeoutMs: 10_000, resolve: namesOf() })
    const message = { url: 'https://mati.contoh.go.id/', id: 'm1', timestamp: 0, signature: 'v1,', body: '{}' }
    expect(await postman.post(message, Temporal.Now.instant())).toMatchObject({ status: null, reason: 'TIMEOUT' })
    await postman.close()
  })

  test.for(['dua.contoh.go.id', 'dalam.contoh.go.id'])(
    'of which an address leads inside is not connected to: %s',
    async (host) => {
      const postman = createPostman({ reach: 'internet', timeoutMs: 2_000, resolve: namesOf() })
      const message = { url: `https://${host}/`, id: 'm1', timestamp: 0, signature: 'v1,', body: '{}' }
      expect(await postman.post(message, Temporal.Now.instant())).toMatchObject({ status: null, reason: 'ADDRESS' })
      await postman.close()
    },
  )

  test.for(['localhost', 'LOCALHOST', 'localhost.', 'portal.localhost'])(
    '%s is this machine, whatever a name server says',
    async (host) => {
      expect(await find(host)).toEqual([
        { address: '127.0.0.1', family: 4 },
        { address: '::1', family: 6 },
      ])
    },
  )

  test('localhost is connected to where the reach is this machine, and nowhere else', async () => {
    const portal = await openPortal()
    const url = portal.url.replace('127.0.0.1', 'localhost')
    const message = { url, id: 'm1', timestamp: 0, signature: 'v1,', body: '{}' }
    for (const [reach, outcome] of [
      ['loopback', { status: 204, reason: null }],
      ['intranet', { status: null, reason: 'ADDRESS' }],
    ] as const) {
      const postman = createPostman({ reach, timeoutMs: 2_000, resolve: namesOf() })
      expect(await postman.post(message, Temporal.Now.instant())).toMatchObject(outcome)
      await postman.close()
    }
    expect(portal.received).toHaveLength(1)
    await portal.close()
  })
})
