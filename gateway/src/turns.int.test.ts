import { afterEach, expect, test } from 'vitest'
import type { Exchange } from '../test/controlled.ts'
import { type House, KEPALA, post, startHouse } from '../test/house.ts'
import { RATES } from './rates/options.ts'

const COLLEAGUE = { ...KEPALA, subject: 'akun-bapperida-2', name: 'Bagus Pratama' }
const STRANGER = { ...KEPALA, subject: 'akun-dinsos-1', name: 'Sari Utami', agency: 'DINSOS' } as const

const ME = '{ me { name } }'
const CONTACTS = '{ contacts { place } }'

let house: House
const start = async (turns: Partial<typeof RATES.turns>) => {
  house = await startHouse({}, false, { rates: { turns: { ...RATES.turns, ...turns } } })
}
afterEach(() => house?.close())

const ask = async (query: unknown, as = KEPALA) => {
  const authorization = `Bearer ${await house.token(as)}`
  return post(house.url, { query }, { authorization, 'accept-language': 'en' })
}

/** Asks as a client that leaves when told. */
const askUntil = async (query: string, signal: AbortSignal) => {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${await house.token()}` }
  const body = JSON.stringify({ query })
  return fetch(`${house.url}/graphql`, { method: 'POST', headers, body, signal }).catch(() => 'left')
}

const answer = (exchange: Exchange) => exchange.answer({ data: { contacts: [{ place: 'Alun-alun' }] } })

test('beyond what may be under way one waits for a turn, and health is answered meanwhile', async () => {
  await start({ underWay: 1 })
  const social = await house.hold('social')
  const held = ask(CONTACTS)
  const exchange = await social.next()
  const waiting = ask(ME, STRANGER)
  const health = await Promise.all(['live', 'ready'].map((name) => fetch(`${house.url}/health/${name}`)))
  expect(health.map(({ status }) => status)).toEqual([200, 200])
  expect(await Promise.race([waiting, Promise.resolve('waits')])).toBe('waits')
  answer(exchange)
  expect([(await held).status, (await waiting).data]).toEqual([200, { me: { name: 'Sari Utami' } }])
})

test('one person’s operations that do not end keep no colleague waiting', async () => {
  await start({ ofOnePerson: 1 })
  const social = await house.hold('social')
  const held = [ask(CONTACTS), ask(CONTACTS)]
  const exchange = await social.next()
  expect((await ask(ME, COLLEAGUE)).status).toBe(200)
  expect(social.count).toBe(1)
  answer(exchange)
  answer(await social.next())
  expect((await Promise.all(held)).map(({ status }) => status)).toEqual([200, 200])
})

test('one too many of the flood is answered 503 with when to try again, in both languages; who came after is not', async () => {
  await start({ underWay: 1, waiting: 2 })
  const social = await house.hold('social')
  const first = ask(CONTACTS)
  const exchange = await social.next()
  const flood = [ask(CONTACTS), ask(CONTACTS), ask(CONTACTS)]
  const refused = await Promise.race(flood)
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5'])
  const id = 'Sedang terlalu banyak permintaan sekaligus; permintaan ini tidak dijalankan. Coba lagi dalam 5 detik.'
  const en = 'There are too many requests at once; this one was not carried out. Try again in 5 seconds.'
  expect(refused.errors).toEqual([{ message: en, extensions: { code: 'OVERLOADED', message: { id, en } } }])
  const other = ask(ME, STRANGER)
  // One more of the flood makes room for it.
  await expect.poll(() => house.log.filter((line) => line.includes('"status":503')).length).toBe(2)
  answer(exchange)
  expect([(await first).status, (await other).status]).toEqual([200, 200])
  answer(await social.next())
  expect((await Promise.all(flood)).map(({ status }) => status).toSorted()).toEqual([200, 503, 503])
})

test('whoever waits too long is answered 503', async () => {
  await start({ underWay: 1, waitMs: 20 })
  const social = await house.hold('social')
  const held = ask(CONTACTS)
  const exchange = await social.next()
  expect((await ask(ME, STRANGER)).errors?.[0]?.extensions?.code).toBe('OVERLOADED')
  answer(exchange)
  await held
})

test('a turn is given back however an operation ends', async () => {
  await start({ underWay: 1 })
  for (const query of [7, null, '{', '{ nothing }', '{ broken }', 'subscription { a }']) await ask(query)
  expect((await ask([])).status).toBeGreaterThanOrEqual(400)
  const social = await house.hold('social')
  const client = new AbortController()
  const left = askUntil(CONTACTS, client.signal)
  await social.next()
  client.abort()
  expect([await left, (await ask(ME)).status]).toEqual(['left', 200])
})
