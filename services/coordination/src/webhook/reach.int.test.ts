import type { LookupFunction } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import { type House, openHouse } from '../test-house.ts'
import { openPortal, type Portal } from '../test-portal.ts'
import { createPostman } from './post-delivery.ts'
import { mayReach, REACHES } from './reach.ts'
import { look, mutate, order, register, sendDue } from './test-webhooks.ts'

const PUBLIC = '93.184.215.14'

let house: House
let portal: Portal
/** What the portal's name server says at the moment. */
let addresses: readonly string[] = [PUBLIC]
const resolve: LookupFunction = (_host, _options, done) =>
  done(
    null,
    addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
  )

beforeAll(async () => {
  house = await openHouse(inject('postgresUrl'), { env: { WEBHOOK_REACH: 'internet' }, resolve })
  portal = await openPortal()
})
beforeEach(() => {
  addresses = [PUBLIC]
})
afterAll(async () => {
  await portal?.close()
  await house?.close()
})

describe('an address that leads inside is not registered', () => {
  test.for([
    'https://127.0.0.1/kait',
    'https://2130706433/',
    'https://0x7f.0.0.1/',
    'https://0177.0.0.1/',
    'https://127.1/',
    'https://[::1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::ffff:a9fe:a9fe]/',
    'https://0.0.0.0/',
    'https://10.20.30.40/',
    'https://172.16.0.9/',
    'https://192.168.1.1/',
    'https://100.64.0.1/',
    'https://169.254.169.254/latest/meta-data/',
    'https://[fe80::1]/',
    'https://[fd00:ec2::254]/',
    'https://[64:ff9b::7f00:1]/',
    'http://93.184.215.14/',
    'ftp://spmb.contoh.go.id/',
    'https://nama:sandi@spmb.contoh.go.id/',
    'https://spmb.contoh.go.id/kait?nik=9901010203130001',
    'https://spmb.contoh.go.id/9901%200102%200313%200001',
    'https://spmb.contoh.go.id/990101.020313.0001',
    'spmb.contoh.go.id',
  ])('%s', async (url) => {
    const told = await mutate(house, 'registerWebhook', order(url))
    expect(told).toMatchObject({ code: 'INVALID_INPUT', problems: [{ field: 'url' }] })
  })

  test.for([['127.0.0.1'], ['::1'], ['10.0.0.1'], ['169.254.169.254'], [PUBLIC, '127.0.0.1']])(
    'a name of %s',
    async (found) => {
      addresses = found
      const told = await mutate(house, 'registerWebhook', order('https://spmb.contoh.go.id/kait'))
      expect(told).toMatchObject({ code: 'INVALID_INPUT', problems: [{ field: 'url' }] })
    },
  )
})

test.for(['169.254.169.254', '100.100.100.200', 'fd00:ec2::254', 'fd20:ce::254', '[FD20:00CE:0:0::0254]'])(
  'a cloud’s metadata is out of every reach: %s',
  (address) => {
    expect(REACHES.filter((reach) => mayReach(address, reach))).toEqual([])
  },
)

test('a name that leads inside once it is registered is not connected to (DNS rebinding)', async () => {
  const { webhookId } = await register(house, `https://spmb.contoh.go.id:${new URL(portal.url).port}/kait`)
  for (const found of [['127.0.0.1'], [PUBLIC, '::1'], ['::ffff:7f00:1']]) {
    addresses = found
    await mutate(house, 'sendTestWebhook', { webhookId })
    await sendDue(house)
  }
  expect((await look(house, webhookId)).log.flatMap(({ attempts }) => attempts)).toMatchObject([
    { status: null, reason: 'ADDRESS' },
    { status: null, reason: 'ADDRESS' },
    { status: null, reason: 'ADDRESS' },
  ])
  expect(portal.received).toEqual([])
})

test('an address that was allowed once is looked at again when a message is sent', async () => {
  const message = { url: portal.url, id: 'm1', timestamp: 0, signature: 'v1,', body: '{}' }
  const now = house.network.clock.now()
  const outside = createPostman({ reach: 'internet', timeoutMs: 1_000, resolve })
  const here = createPostman({ reach: 'loopback', timeoutMs: 1_000, resolve })
  expect(await outside.post(message, now)).toMatchObject({ reason: 'ADDRESS' })
  expect(portal.received).toEqual([])
  expect(await here.post(message, now)).toMatchObject({ status: 204, reason: null })
  await Promise.all([outside.close(), here.close()])
})
