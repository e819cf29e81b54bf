import { serverAudits } from 'graphql-http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type House, startHouse } from '../test/house.ts'

/** GraphQL over HTTP, held against its working group's own audits. They ask the schema for its names, so it tells them. */

let house: House
let authorization: string
beforeAll(async () => {
  house = await startHouse({}, true)
  authorization = `Bearer ${await house.token()}`
})
afterAll(() => house.close())

const audits = serverAudits({
  url: () => `${house.url}/graphql`,
  fetchFn: (url: string, init: RequestInit = {}) =>
    fetch(url, { ...init, headers: { ...(init.headers as Record<string, string>), authorization } }),
})

/** What a server should and this one does not: a refusal is 400 to whoever takes plain JSON too, so that no proxy counts it as an answer. */
const SHOULD_BE_200 = ['572B', 'FDE2', '7B9B']
/** What a server may and this one does not: variables in a URL are a child's data in every log on the way. */
const MAY_BE_GET = ['5A70', 'D6D5', '6A70']

test.each(audits.map((audit) => [`${audit.id} ${audit.name}`, audit] as const))('%s', async (_name, audit) => {
  const { status } = await audit.fn()
  expect(status).toBe(SHOULD_BE_200.includes(audit.id) ? 'warn' : MAY_BE_GET.includes(audit.id) ? 'notice' : 'ok')
})

test('these are all of them', () => {
  expect(audits).toHaveLength(61)
})
