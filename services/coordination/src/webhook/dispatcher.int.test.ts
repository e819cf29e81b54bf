import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest'
import { type House, openHouse } from '../test-house.ts'
import { openPortal, type Portal } from '../test-portal.ts'
import { claimDeliveries } from './claim-deliveries.ts'
import { startDispatcher } from './dispatcher.ts'
import { look, mutate, register, sendDue } from './test-webhooks.ts'

let house: House
/** As when the process is killed there: what comes after does not happen. */
let diesOnAnswer = false

let portal: Portal
const open: { close(): Promise<void> }[] = []
beforeAll(async () => {
  house = await openHouse(inject('postgresUrl'), {
    env: { WEBHOOK_AT_ONCE: '2', WEBHOOK_TIMEOUT_MS: '5000' },
    dispatcher: {
      onAnswered: async () => {
        if (diesOnAnswer) throw new Error('killed')
      },
    },
  })
})
beforeEach(async () => {
  portal = await openPortal()
  open.push(portal)
})
afterAll(async () => {
  for (const one of open) await one.close()
  await house?.close()
})

test('who dies between the answer and its row leaves a lease; the message comes again under the same id', async () => {
  const { webhookId } = await register(house, portal.url)
  diesOnAnswer = true
  await house.child()
  await sendDue(house)
  diesOnAnswer = false
  expect(portal.received).toHaveLength(1)
  await sendDue(house)
  expect(portal.received).toHaveLength(1)
  house.network.clock.advance({ seconds: 26 })
  await sendDue(house)
  expect(portal.received.map(({ id }) => id)).toEqual([portal.received[0]?.id, portal.received[0]?.id])
  expect((await look(house, webhookId)).log).toMatchObject([{ state: 'TERKIRIM' }])
})

test('two dispatchers send each message once', async () => {
  const { webhookId } = await register(house, portal.url)
  await mutate(house, 'pauseWebhook', { webhookId })
  for (let n = 0; n < 20; n++) await house.child()
  await mutate(house, 'resumeWebhook', { webhookId })
  const databaseUrl = house.network.databaseUrl('coordination')
  const other = startDispatcher(house.network.service('coordination').app, { databaseUrl, log: { warn: () => {} } })
  await Promise.all([sendDue(house), other.run()])
  await other.close()
  await sendDue(house)
  expect(portal.received).toHaveLength(20)
  expect(new Set(portal.received.map(({ id }) => id)).size).toBe(20)
  expect((await look(house, webhookId)).log.every(({ attempts }) => attempts.length === 1)).toBe(true)
})

test('a portal has few messages at once, whoever sends them, and a slow one holds up no other', async () => {
  const slow = await openPortal()
  open.push(slow)
  const [one, two] = [await register(house, slow.url), await register(house, portal.url)]
  slow.answers('never')
  for (const { webhookId } of [one, two]) await mutate(house, 'pauseWebhook', { webhookId })
  for (let n = 0; n < 5; n++) await house.child()
  await mutate(house, 'resumeWebhook', { webhookId: one.webhookId })
  await slow.has(2)
  const { app } = house.network.service('coordination')
  expect(await claimDeliveries(app)).toEqual([])
  const [leased] = await app.db.$queryRawUnsafe<{ count: number }[]>(
    `SELECT count(lease)::integer AS count FROM webhook_delivery WHERE endpoint_id = $1::uuid`,
    one.webhookId,
  )
  expect(leased?.count).toBe(2)
  await mutate(house, 'resumeWebhook', { webhookId: two.webhookId })
  await portal.has(5)
  expect(slow.received).toHaveLength(2)
  slow.answers({ status: 204 })
  slow.release()
  await sendDue(house)
  expect(slow.received).toHaveLength(5)
})

test.for([410, 500])(
  'an answer of %i from an address that was changed meanwhile says nothing of the new one',
  async (status) => {
    const former = await openPortal()
    open.push(former)
    const { webhookId } = await register(house, former.url)
    former.answers('never')
    await house.child()
    await former.has(1)
    await mutate(house, 'changeWebhook', { webhookId, url: portal.url })
    former.release(status)
    await sendDue(house)
    const { db } = house.network.service('coordination').app
    const failing = 'SELECT failing_since FROM webhook_endpoint WHERE id = $1::uuid'
    expect(await db.$queryRawUnsafe(failing, webhookId)).toEqual([{ failing_since: null }])
    house.network.clock.advance({ seconds: 6 })
    await sendDue(house)
    expect(await look(house, webhookId)).toMatchObject({ state: 'ACTIVE', reason: null, waiting: 0 })
    expect(portal.received.map(({ id }) => id)).toEqual(former.received.map(({ id }) => id))
  },
)

test('a service that closes lets what is under way end', async () => {
  const { webhookId } = await register(house, portal.url)
  portal.answers('never')
  await house.child()
  await portal.has(1)
  const closing = house.network.stop('coordination')
  portal.answers({ status: 204 })
  portal.release()
  await closing
  await house.network.start('coordination')
  expect((await look(house, webhookId)).log).toMatchObject([{ state: 'TERKIRIM', attempts: [{ status: 204 }] }])
})

test('the log keeps a message for 90 days, then it goes with its tries', async () => {
  const { webhookId } = await register(house, portal.url)
  await house.child()
  await sendDue(house)
  house.network.clock.advance({ hours: 24 * 89 })
  await sendDue(house)
  expect((await look(house, webhookId)).log).toHaveLength(1)
  house.network.clock.advance({ hours: 48 })
  await sendDue(house)
  expect((await look(house, webhookId)).log).toEqual([])
})
