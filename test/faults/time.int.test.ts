import { PERSONAS } from '@satuanak/demo-city'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { newContact } from '../src/city.ts'
import { countRows } from '../src/databases.ts'
import { type House, startHouse } from '../src/house.ts'
import { post } from '../src/raw.ts'

/** A busy machine may need longer than Vitest's second to come to what is waited for. */
const SOON = { timeout: 10_000 }

let house: House
let unlock: () => Promise<void>
beforeAll(async () => {
  house = await startHouse()
})
afterAll(() => house?.close())
beforeEach(async () => {
  unlock = await lockContacts()
})
afterEach(() => unlock())

const CONTACTS = { query: '{ streetContacts { nodes { place } } }' }
const RECORD = {
  query: 'mutation ($input: RecordContactInput!) { recordContact(input: $input) { __typename } }',
  variables: { input: newContact() },
}

/** Keeps every reader and writer of street contacts waiting, until told otherwise. */
async function lockContacts(): Promise<() => Promise<void>> {
  const locked = Promise.withResolvers<void>()
  const gate = Promise.withResolvers<void>()
  const holding = house.service('social').app.inTransaction(async (tx) => {
    await tx.$executeRawUnsafe('LOCK TABLE street_contact IN ACCESS EXCLUSIVE MODE')
    locked.resolve()
    await gate.promise
  })
  await locked.promise
  return async () => {
    gate.resolve()
    await holding
  }
}

/** Statements of the social service that wait for a lock. */
async function waiting(): Promise<number> {
  const [found] = await house.service('social').app.db.$queryRawUnsafe<{ n: number }[]>(
    `SELECT count(*)::integer AS n FROM pg_stat_activity
     WHERE datname = current_database() AND state = 'active' AND wait_event_type = 'Lock'`,
  )
  return found?.n ?? -1
}

const asPeksos = async (request: object, signal: AbortSignal) =>
  fetch(`${house.gatewayUrl}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${await house.token('peksos')}` },
    body: JSON.stringify(request),
    signal,
  }).catch(() => 'gone')

test('an agency works for as long as the gateway waits and no longer: the statement ends in the database', async () => {
  const authorization = `Bearer ${await house.sign(PERSONAS.peksos.caller, 'social')}`
  const asked = post(house.subgraphUrls.social, CONTACTS, { authorization, 'x-deadline-ms': '400' })
  await expect.poll(waiting, SOON).toBe(1)
  expect((await asked).body.errors?.map(({ extensions }) => extensions?.code)).toEqual(['OPERATION_TIMEOUT'])
  await expect.poll(waiting, SOON).toBe(0)
})

test('when the client goes away its read ends in every agency, down to the database', async () => {
  const client = new AbortController()
  const asked = asPeksos(CONTACTS, client.signal)
  await expect.poll(waiting, SOON).toBe(1)
  client.abort()
  expect(await asked).toBe('gone')
  await expect.poll(waiting, SOON).toBe(0)
})

test('a change that was sent is written though its client went away', async () => {
  const client = new AbortController()
  const asked = asPeksos(RECORD, client.signal)
  await expect.poll(waiting, SOON).toBe(1)
  client.abort()
  expect(await asked).toBe('gone')
  await unlock()
  await expect.poll(async () => (await countRows(house))['social.public.street_contact'], SOON).toBe(1)
})
