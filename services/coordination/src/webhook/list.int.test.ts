import { statementsOf } from '@satuanak/testkit'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { type House, openHouse } from '../test-house.ts'
import { openPortal, type Portal } from '../test-portal.ts'
import { MOST_WEBHOOKS } from './domain.ts'
import { mutate, order, register, sendDue } from './test-webhooks.ts'

let house: House
let portal: Portal
beforeAll(async () => {
  house = await openHouse(inject('postgresUrl'))
  portal = await openPortal()
})
afterAll(async () => {
  await portal?.close()
  await house?.close()
})

const db = () => house.network.service('coordination').app.db

test('a page of webhooks, each with its log and every try, costs the same statements whatever its length', async () => {
  for (let n = 0; n < 12; n++) await register(house, portal.url)
  await house.child()
  await sendDue(house)
  const ask = (first: number) =>
    statementsOf(() =>
      house.network.subgraph('coordination', 'bapperida').ok(`{ webhookEndpoints(first: ${first}) {
        nodes { name waiting deliveries(first: 5) { nodes { about attempts { at } } } } } }`),
    )
  const few = await ask(2)
  expect(few.length).toBeGreaterThan(0)
  expect(await ask(12)).toHaveLength(few.length)
})

test('there are pages of webhooks and of their logs, each row once', async () => {
  const { webhookId } = await register(house, portal.url)
  for (let n = 0; n < 3; n++) await house.child()
  const ask = house.network.subgraph('coordination', 'bapperida')
  const query = `query ($id: UUID!, $after: String) { webhookEndpoint(id: $id) {
    deliveries(first: 2, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } } }`
  type Page = { nodes: { id: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string } }
  const page = async (after: string | null) => {
    const found = await ask.ok<{ webhookEndpoint: { deliveries: Page } }>(query, { id: webhookId, after })
    return found.webhookEndpoint.deliveries
  }
  const first = await page(null)
  const second = await page(first.pageInfo.endCursor)
  expect([first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([true, false])
  expect(new Set([...first.nodes, ...second.nodes].map(({ id }) => id)).size).toBe(3)

  const all: string[] = []
  for (let after: string | null = null, more = true; more; ) {
    const { webhookEndpoints }: { webhookEndpoints: Page } = await ask.ok(
      `query ($after: String) { webhookEndpoints(first: 5, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }`,
      { after },
    )
    all.push(...webhookEndpoints.nodes.map(({ id }) => id))
    after = webhookEndpoints.pageInfo.endCursor
    more = webhookEndpoints.pageInfo.hasNextPage
  }
  const [{ count } = { count: 0 }] = await db().$queryRawUnsafe<{ count: number }[]>(
    'SELECT count(*)::integer AS count FROM webhook_endpoint',
  )
  expect(new Set(all).size).toBe(count)
})

test('there is an end to how many there may be', async () => {
  const [{ count } = { count: 0 }] = await db().$queryRawUnsafe<{ count: number }[]>(
    'SELECT count(*)::integer AS count FROM webhook_endpoint',
  )
  for (let n = count; n < MOST_WEBHOOKS - 1; n++) await register(house, portal.url, { topics: ['session'] })
  const codes = (await Promise.all([0, 1].map(() => mutate(house, 'registerWebhook', order(portal.url))))).map(
    ({ code }) => code,
  )
  expect(codes.toSorted()).toEqual(['TOO_MANY_WEBHOOKS', undefined])
})
