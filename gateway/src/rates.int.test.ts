import { afterEach, beforeEach, expect, test } from 'vitest'
import { type House, KEPALA, post, startHouse } from '../test/house.ts'

const COLLEAGUE = { ...KEPALA, subject: 'akun-bapperida-2', name: 'Bagus Pratama' }
const STRANGER = { ...KEPALA, subject: 'akun-dinsos-1', name: 'Sari Utami', agency: 'DINSOS' } as const

const ME = '{ me { name } }'
/** 10 contacts with a child each: costs 20. */
const CONTACTS = '{ contacts { place child { id } } }'

let now: number
let house: House
beforeEach(async () => {
  now = Date.parse('2026-11-27T08:00:00Z')
  const rates = { perMinute: { personRequests: 6, personCost: 50, clientRequests: 10 }, burstSeconds: 60 }
  house = await startHouse({ cost: 50 }, false, { now: () => now, rates })
})
afterEach(() => house?.close())

interface Asker {
  readonly as?: typeof KEPALA
  readonly client?: string
  readonly language?: string
}

async function ask(query: string, { as, client, language = 'id' }: Asker = {}) {
  const authorization = `Bearer ${await house.token(as, client)}`
  return post(house.url, { query }, { authorization, 'accept-language': language })
}

async function statuses(times: number, query: string, asker?: Asker): Promise<number[]> {
  const found: number[] = []
  for (let n = 0; n < times; n += 1) found.push((await ask(query, asker)).status)
  return found
}

const codesOf = ({ errors }: Awaited<ReturnType<typeof ask>>) => errors?.map(({ extensions }) => extensions?.code)

test('who asks too often is answered 429, with when to try again and what to do, in both languages', async () => {
  expect(await statuses(6, ME)).toEqual([200, 200, 200, 200, 200, 200])
  const { status, headers, data, errors } = await ask(ME, { language: 'en' })
  expect([status, headers.get('retry-after'), data]).toEqual([429, '10', undefined])
  const en =
    'Too often: your account may ask 6 times a minute. Try again in 10 seconds. If you did not ask that often, close the application and tell those who run it.'
  const id =
    'Terlalu sering: permintaan dari akun Anda paling banyak 6 per menit. Coba lagi dalam 10 detik. Bila Anda tidak meminta sesering itu, tutup aplikasi dan laporkan kepada pengelolanya.'
  const retryAt = '2026-11-27T08:00:10Z'
  const extensions = { code: 'RATE_LIMITED', limit: 'personRequests', max: 6, retryAt, message: { id, en } }
  expect(errors).toEqual([{ message: en, extensions }])
  expect((await ask(ME)).errors?.[0]?.message).toBe(id)
})

test('it lets them in again at the time that it said, and not before', async () => {
  await statuses(6, ME)
  now += 9_999
  expect(await statuses(1, ME)).toEqual([429])
  now += 1
  expect(await statuses(2, ME)).toEqual([200, 429])
})

test('one person’s flood refuses nobody else, of their agency or of another', async () => {
  await statuses(30, ME, { client: 'portal' })
  expect(await statuses(1, ME, { as: COLLEAGUE, client: 'portal' })).toEqual([200])
  expect(await statuses(1, ME, { as: STRANGER, client: 'portal' })).toEqual([200])
})

test('what operations cost counts: few large ones are refused before they are planned, small ones pass', async () => {
  expect(await statuses(2, CONTACTS)).toEqual([200, 200])
  const before = house.seen.social.length
  const refused = await ask(CONTACTS)
  expect([refused.status, refused.headers.get('retry-after'), codesOf(refused)]).toEqual([429, '12', ['RATE_LIMITED']])
  expect(refused.errors?.[0]?.extensions).toMatchObject({
    limit: 'personCost',
    max: 50,
    retryAt: '2026-11-27T08:00:12Z',
  })
  expect(refused.errors?.[0]?.extensions?.message).toMatchObject({
    id: expect.stringContaining('halaman yang lebih pendek'),
    en: expect.stringContaining('shorter pages'),
  })
  expect(house.seen.social).toHaveLength(before)
  expect(await statuses(1, ME)).toEqual([200])
  now += 12_000 + 1_200
  expect(await statuses(1, CONTACTS)).toEqual([200])
})

test('one application of an agency is refused as a whole; its others, and other agencies, are not', async () => {
  const portal = { client: 'portal' }
  await statuses(5, ME, portal)
  await statuses(5, ME, { ...portal, as: COLLEAGUE })
  const refused = await ask(ME, portal)
  expect([refused.status, refused.errors?.[0]?.extensions?.limit]).toEqual([429, 'clientRequests'])
  expect(await statuses(1, ME, { as: COLLEAGUE, client: 'lapangan' })).toEqual([200])
  expect(await statuses(1, ME, { ...portal, as: STRANGER })).toEqual([200])
})

test('the application’s name reaches no agency, and neither does what is refused', async () => {
  await ask('{ contacts { place } }', { client: 'portal' })
  expect(JSON.stringify(house.seen.social[0]?.caller)).not.toContain('portal')
  await statuses(6, ME)
  const before = house.seen.social.length
  expect(await statuses(1, '{ contacts { place } }')).toEqual([429])
  expect(house.seen.social).toHaveLength(before)
})

test('health is never counted', async () => {
  await statuses(7, ME)
  const answers = await Promise.all(['live', 'ready'].map((name) => fetch(`${house.url}/health/${name}`)))
  expect(answers.map(({ status }) => status)).toEqual([200, 200])
})
