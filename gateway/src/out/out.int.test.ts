import { afterEach, beforeEach, expect, test } from 'vitest'
import { BOY, type House, startHouse } from '../../test/house.ts'
import { BREAKER } from './circuit-breaker.ts'

let house: House
let now: number
beforeEach(async () => {
  now = Date.parse('2026-11-27T08:00:00Z')
  const breaker = { ...BREAKER, failures: 2, openMs: 5_000 }
  house = await startHouse({}, false, { breaker, now: () => now })
})
afterEach(() => house?.close())

const CONTACTS = '{ contacts { place child { school { name } } } }'
const RECORD = `mutation { recordContact(requestId: "${BOY}") { place child { school { name } } } }`

interface Ready {
  readonly checks: readonly { readonly name: string; readonly detail?: string }[]
}

async function ready() {
  const response = await fetch(`${house.url}/health/ready`)
  const { checks } = (await response.json()) as Ready
  return { status: response.status, social: checks.find(({ name }) => name === 'social') }
}

/** Asks as a client that may leave. */
async function leaving(query: string) {
  const client = new AbortController()
  const authorization = `Bearer ${await house.token()}`
  const left = fetch(`${house.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization },
    body: JSON.stringify({ query }),
    signal: client.signal,
  }).catch(() => 'left')
  return { left, leave: () => client.abort() }
}

/** The gateway has ended a request whose client went away. */
const ended = () => expect.poll(() => house.log.some((line) => line.includes('"status":499')), { timeout: 10_000 })

test('an agency that keeps failing is not asked for a while: answered at once, with when to try again (Speed 2)', async () => {
  await house.stop('social')
  for (let n = 0; n < 2; n += 1) await house.ask('{ contacts { place } }')
  const { data, errors } = await house.ask('{ contacts { place } pupils { id } }', {}, { 'accept-language': 'en' })
  expect(data).toMatchObject({ contacts: null, pupils: expect.any(Array) })
  expect(errors).toEqual([
    {
      message:
        'The Social Affairs Office (Dinas Sosial) has not answered several times and is not being asked for now; data of other agencies is still shown. Try again in 5 s.',
      path: ['contacts'],
      extensions: {
        code: 'AGENCY_UNREACHABLE',
        agency: 'DINSOS',
        service: 'social',
        reason: 'CIRCUIT_OPEN',
        retryAt: '2026-11-27T08:00:05Z',
        message: {
          id: expect.stringMatching(/^Dinas Sosial .* sementara tidak ditanya.* Coba lagi dalam 5 detik\.$/),
          en: expect.any(String),
        },
      },
    },
  ])
})

test('a change that an open circuit holds back is known not to be written', async () => {
  await house.stop('social')
  for (let n = 0; n < 2; n += 1) await house.ask('{ contacts { place } }')
  const { errors } = await house.ask(RECORD)
  expect(errors?.[0]?.message).toMatch(/tidak dikirim dan tidak tercatat\. Kirim lagi dalam 5 detik dengan requestId/)
})

test('readiness tells of an open circuit and stays ready; when the agency is back one fetch finds out', async () => {
  expect(await ready()).toMatchObject({ status: 200, social: { ok: true, detail: 'circuit closed' } })
  await house.stop('social')
  for (let n = 0; n < 2; n += 1) await house.ask('{ contacts { place } }')
  expect(await ready()).toEqual({
    status: 200,
    social: {
      name: 'social',
      ok: false,
      optional: true,
      detail: 'circuit open, asked again at 2026-11-27T08:00:05Z',
    },
  })
  await house.start('social')
  now += 5_000
  expect((await house.ask('{ contacts { place } }')).errors).toBeUndefined()
  expect(await ready()).toMatchObject({ social: { ok: true, detail: 'circuit closed' } })
})

test('when the client goes away its fetches are cut, and no further one of the plan begins', async () => {
  const social = await house.hold('social')
  const client = await leaving(CONTACTS)
  const { left } = await social.next()
  client.leave()
  await left
  expect(await client.left).toBe('left')
  await ended().toBe(true)
  expect(house.seen.education).toEqual([])
})

test('a change that was sent is let run to its end, and nothing is fetched after it for a client that left', async () => {
  const social = await house.hold('social')
  const client = await leaving(RECORD)
  const exchange = await social.next()
  client.leave()
  expect(await client.left).toBe('left')
  const cut = await Promise.race([exchange.left.then(() => true), fetch(`${house.url}/health/live`).then(() => false)])
  exchange.answer({ data: { recordContact: { place: 'Alun-alun', child: { __typename: 'Child', id: BOY } } } })
  await ended().toBe(true)
  expect([cut, house.seen.education]).toEqual([false, []])
})
