import { Agent, request } from 'node:http'
import { createRandom } from '@satuanak/demo-city'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type House, startHouse } from '../src/house.ts'

/** Documents by chance, out of the pieces of real ones: whatever they come to, it is no fault of the server's. */

const SEED = 20_261_128
const DOCUMENTS = 100_000
/** At once, each on a connection of its own. */
const CLIENTS = 16

let house: House
const agent = new Agent({ keepAlive: true, maxSockets: CLIENTS })
beforeAll(async () => {
  house = await startHouse()
})
afterAll(async () => {
  agent.destroy()
  await house?.close()
})

const PIECES = [
  ...[
    '{',
    '}',
    '{',
    '}',
    '(',
    ')',
    '[',
    ']',
    ':',
    '!',
    '$',
    '@',
    '...',
    '|',
    '=',
    '&',
    '"',
    '"""',
    '#',
    '\n',
    ',',
    '\\',
    '\u0000',
    '\ufeff',
    '🚸',
  ],
  ...['query', 'mutation', 'subscription', 'fragment', 'on', 'null', 'true', 'type', 'extend', 'schema'],
  ...[
    'me',
    'name',
    'child',
    'id',
    'agencies',
    'code',
    'nodes',
    'Child',
    'Query',
    'UUID',
    '__typename',
    '__schema',
    '__proto__',
  ],
  ...[
    '@skip(if: true)',
    '@include(if: $a)',
    '@defer',
    '$a: Boolean',
    '(first: 1)',
    '(id: "x")',
    '7',
    '-1',
    '1e999',
    '"x"',
    '{ me { name } }',
    '...F',
    'fragment F on Query',
  ],
]

function send(authorization: string, body: string): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const headers = { authorization, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
    const sent = request(`${house.gatewayUrl}/graphql`, { method: 'POST', agent, headers }, (answer) => {
      let text = ''
      answer.setEncoding('utf8')
      answer.on('data', (chunk) => {
        text += chunk
      })
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }))
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

test(`${DOCUMENTS.toLocaleString('en')} documents by chance (seed ${SEED}): each is answered, none by a fault or a stack`, async () => {
  const random = createRandom(SEED)
  const authorization = `Bearer ${await house.token('bapperida')}`
  const statuses = new Map<number, number>()
  let sent = 0
  const client = async () => {
    while (sent < DOCUMENTS) {
      sent += 1
      const query = Array.from({ length: random.between(1, 40) }, () => random.pick(PIECES)).join(
        random.pick([' ', ' ', '']),
      )
      const { status, text } = await send(authorization, JSON.stringify({ query }))
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
      if (status >= 500 || /INTERNAL|stacktrace|node_modules/.test(text))
        throw new Error(`${status} to ${JSON.stringify(query)}: ${text}`)
    }
  }
  await Promise.all(Array.from({ length: CLIENTS }, client))
  expect([...statuses.keys()].toSorted()).toEqual([200, 400])
  expect(await send(authorization, JSON.stringify({ query: '{ me { name } }' }))).toMatchObject({ status: 200 })
}, 600_000)
