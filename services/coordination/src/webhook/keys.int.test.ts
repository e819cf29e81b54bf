import { randomBytes } from 'node:crypto'
import { createLog } from '@satuanak/service-kit'
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest'
import { type House, openHouse } from '../test-house.ts'
import { openPortal, type Portal } from '../test-portal.ts'
import { mutate, register, sendDue, verified } from './test-webhooks.ts'

const K1 = randomBytes(32).toString('base64url')
const env = { WEBHOOK_KEYS: JSON.stringify({ current: 'k1', keys: { k1: K1 } }) }
const lines: string[] = []
let house: House
let portal: Portal
beforeAll(async () => {
  const log = createLog('coordination', 'debug', { write: (line) => void lines.push(line) })
  house = await openHouse(inject('postgresUrl'), { env, log })
})
beforeEach(async () => {
  portal = await openPortal()
})
afterAll(async () => {
  await portal?.close()
  await house?.close()
})

const db = () => house.network.service('coordination').app.db
const sealedUnder = (webhookId: string, column: 'secret_key' | 'old_secret_key', key: string) =>
  db().$executeRawUnsafe(`UPDATE webhook_endpoint SET ${column} = $2 WHERE id = $1::uuid`, webhookId, key)

test('a former secret whose key is gone is left out: the present one signs alone, and the log says so', async () => {
  const { webhookId } = await register(house, portal.url)
  const secret = (await mutate(house, 'rotateWebhookSecret', { webhookId })).data?.secret ?? ''
  await sealedUnder(webhookId, 'old_secret_key', 'hilang')
  await house.child()
  await sendDue(house)
  const [message] = portal.received
  if (!message) throw new Error('nothing came')
  expect(verified(house, secret, message)).toBeDefined()
  expect(message.headers['webhook-signature']?.split(' ')).toHaveLength(1)
  expect(lines.filter((line) => line.includes(webhookId) && line.includes('former secret'))).toHaveLength(1)
})

test('a secret that does not open sends nothing unsigned, and the log names the webhook and its key', async () => {
  const { webhookId } = await register(house, portal.url)
  await sealedUnder(webhookId, 'secret_key', 'hilang')
  await house.child()
  await sendDue(house)
  expect(portal.received).toEqual([])
  const said = lines.filter((line) => line.includes(webhookId) && line.includes('cannot be signed'))
  expect(said.map((line) => JSON.parse(line).key)).toEqual(['hilang'])
  await sealedUnder(webhookId, 'secret_key', 'k1')
})

test('a service whose ring lacks the key of a secret does not start, and says which; of a former secret it does', async () => {
  const { webhookId } = await register(house, portal.url)
  await mutate(house, 'rotateWebhookSecret', { webhookId })
  await sealedUnder(webhookId, 'old_secret_key', 'lama')
  await house.network.stop('coordination')
  await house.network.start('coordination')
  await sealedUnder(webhookId, 'secret_key', 'hilang')
  await house.network.stop('coordination')
  await expect(house.network.start('coordination')).rejects.toMatchObject({
    name: 'CannotStart',
    message: expect.stringMatching(/"hilang".*WEBHOOK_KEYS/),
  })
})
