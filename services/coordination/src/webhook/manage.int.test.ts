import { randomUUID } from 'node:crypto'
import { createLog } from '@satuanak/service-kit'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import { type House, openHouse } from '../test-house.ts'
import { openPortal, type Portal } from '../test-portal.ts'
import { look, mutate, order, register, sendDue, verified } from './test-webhooks.ts'

const lines: string[] = []
let house: House
let portal: Portal
const open: { close(): Promise<void> }[] = []
beforeAll(async () => {
  const log = createLog('coordination', 'debug', { write: (line) => void lines.push(line) })
  house = await openHouse(inject('postgresUrl'), { log })
})
beforeEach(async () => {
  portal = await openPortal()
  open.push(portal)
})
afterAll(async () => {
  for (const one of open) await one.close()
  await house?.close()
})

const db = () => house.network.service('coordination').app.db
const audited = () =>
  db().$queryRawUnsafe<{ detail: { webhook: string; deed: string } }[]>(
    `SELECT detail FROM platform.audit_entry WHERE action = 'webhook.manage' AND result = 'DONE'`,
  )

describe('registering', () => {
  test('shows the secret once: a repeat of the request has the webhook and no secret (EC-46)', async () => {
    const input = { requestId: randomUUID(), ...order(portal.url) }
    const [first, again] = [
      await mutate(house, 'registerWebhook', input),
      await mutate(house, 'registerWebhook', input),
    ]
    expect(first.data?.secret).toMatch(/^whsec_/)
    expect(again.data).toEqual({ webhook: first.data?.webhook, secret: null })
    const other = await mutate(house, 'registerWebhook', { ...input, name: 'Lain' })
    expect(other.__typename).toBe('RequestIdReused')
  })

  test('says all that is wrong at once, in both languages', async () => {
    const wrong = {
      ...order('http://portal.contoh.go.id', { name: ' ', clientId: 'a b', topics: [] }),
      hearsAs: { agency: 'DISDIK', role: 'ADMIN_KELURAHAN', kelurahan: ['33.75'], schools: ['1'] },
    }
    const [id, en] = [
      await mutate(house, 'registerWebhook', wrong),
      await mutate(house, 'registerWebhook', wrong, { language: 'en' }),
    ]
    const fields = ['clientId', 'name', 'url', 'topics', 'hearsAs.kelurahan.0', 'hearsAs.schools.0']
    expect(id.problems?.map(({ field }) => field)).toEqual(fields)
    expect(en.problems?.map(({ field }) => field)).toEqual(fields)
    expect(id.problems?.every(({ message }, index) => message !== en.problems?.[index]?.message)).toBe(true)
  })

  test.for(['9901010203130001', '990101.020313.0001', 'a-9901-0102-0313-0001'])(
    'takes no NIK for an application’s name: %s (ID-09)',
    async (clientId) => {
      const told = await mutate(house, 'registerWebhook', order(portal.url, { clientId }))
      expect(told.problems?.map(({ field }) => field)).toEqual(['clientId'])
    },
  )

  test.for([
    ['of another agency', { agency: 'DISDIK', role: 'BAPPERIDA' }, 'hearsAs.agency'],
    ['of the registry', { agency: 'DUKCAPIL', role: 'OPERATOR_DUKCAPIL' }, 'hearsAs.role'],
    ['of its recording desk', { agency: 'DUKCAPIL', role: 'OPERATOR_PEREKAMAN' }, 'hearsAs.role'],
    ['of social work', { agency: 'DINSOS', role: 'PEKSOS' }, 'hearsAs.role'],
    ['of the head of social work', { agency: 'DINSOS', role: 'KADIS_SOSIAL' }, 'hearsAs.role'],
    ['of the shelter', { agency: 'RPPSA', role: 'KEPALA_RPPSA' }, 'hearsAs.role'],
    ['of an office that protects children', { agency: 'DPPPA', role: 'ADMIN_OPD' }, 'hearsAs.agency'],
    ['of no office', { agency: 'KELURAHAN', role: 'ORANG_TUA' }, 'hearsAs.role'],
    ['of a kelurahan, without saying which', { agency: 'KELURAHAN', role: 'ADMIN_KELURAHAN' }, 'hearsAs.kelurahan'],
    ['of a school, without saying which', { agency: 'DISDIK', role: 'PANITIA_SEKOLAH' }, 'hearsAs.schools'],
    [
      'of the whole city, with a kelurahan',
      { agency: 'DISDIK', role: 'DINAS_PENDIDIKAN', kelurahan: ['33.75.03.1002'] },
      'hearsAs.kelurahan',
    ],
  ] as const)('refuses the identity %s (PV-18, TUN-R3)', async ([, hearsAs, field]) => {
    const told = await mutate(house, 'registerWebhook', order(portal.url, { hearsAs }))
    expect(told.problems?.map((problem) => problem.field)).toEqual([field])
  })

  test('is Bapperida’s alone, as is everything else about webhooks', async () => {
    const { webhookId } = await register(house, portal.url)
    const inputs = {
      registerWebhook: order(portal.url),
      changeWebhook: { webhookId },
      rotateWebhookSecret: { webhookId },
      pauseWebhook: { webhookId },
      resumeWebhook: { webhookId },
      sendTestWebhook: { webhookId },
      replayWebhookDeliveries: { webhookId, ids: [randomUUID()] },
    }
    for (const [name, input] of Object.entries(inputs)) {
      const told = await mutate(house, name, input, { as: 'dinas-pendidikan' })
      expect({ name, code: told.code }).toEqual({ name, code: 'NOT_PERMITTED' })
    }
    const ask = house.network.subgraph('coordination', 'dinas-pendidikan')
    const { data, errors } = await ask('{ webhookEndpoints { nodes { url } } }')
    expect(data?.webhookEndpoints ?? null).toBeNull()
    expect(errors[0]?.extensions.code).toBe('NOT_PERMITTED')
  })
})

describe('a secret', () => {
  test('lies nowhere in the open: no table, no log, no message, no later answer', async () => {
    const { webhookId, secret } = await register(house, portal.url)
    const rotated = (await mutate(house, 'rotateWebhookSecret', { webhookId })).data?.secret ?? ''
    await house.child()
    await sendDue(house)
    const [{ dump } = { dump: '' }] = await db().$queryRawUnsafe<{ dump: string }[]>(
      `SELECT string_agg(query_to_xml(format('SELECT * FROM %I.%I', schemaname, tablename), true, true, '')::text, '') AS dump
       FROM pg_tables WHERE schemaname IN ('public', 'platform')`,
    )
    expect(dump).toContain(webhookId)
    const everything = [dump, ...lines, JSON.stringify(await look(house, webhookId)), JSON.stringify(portal.received)]
    for (const one of [secret, rotated]) {
      const bare = one.slice('whsec_'.length)
      expect(bare).toHaveLength(44)
      const written = [bare, Buffer.from(bare, 'base64').toString('hex'), Buffer.from(one).toString('base64')]
      for (const text of everything) for (const form of written) expect(text.includes(form)).toBe(false)
    }
  })

  test('is followed by the next for 24 hours, in which a message bears both signatures', async () => {
    const { webhookId, secret } = await register(house, portal.url)
    const next = (await mutate(house, 'rotateWebhookSecret', { webhookId })).data?.secret ?? ''
    expect(next).not.toBe(secret)
    const send = async () => {
      await house.child()
      await sendDue(house)
      const last = portal.received.at(-1)
      if (!last) throw new Error('nothing came')
      return last
    }
    house.network.clock.advance({ hours: 23 })
    const within = await send()
    expect(verified(house, secret, within)).toEqual(verified(house, next, within))
    expect(within.headers['webhook-signature']?.split(' ')).toHaveLength(2)
    house.network.clock.advance({ hours: 1 })
    const after = await send()
    expect(() => verified(house, secret, after)).toThrow()
    expect(verified(house, next, after)).toBeDefined()
    const kept = 'SELECT count(old_secret)::integer AS count FROM webhook_endpoint WHERE id = $1::uuid'
    expect(await db().$queryRawUnsafe(kept, webhookId)).toEqual([{ count: 0 }])
  })

  test('is rotated once per request (EC-46)', async () => {
    const { webhookId } = await register(house, portal.url)
    const input = { requestId: randomUUID(), webhookId }
    const first = (await mutate(house, 'rotateWebhookSecret', input)).data?.secret ?? ''
    expect((await mutate(house, 'rotateWebhookSecret', input)).data?.secret).toBeNull()
    await house.child()
    await sendDue(house)
    expect(portal.received.map((message) => verified(house, first, message))).toHaveLength(1)
  })
})

describe('a webhook', () => {
  test('that is changed leads elsewhere at once, with what waited, and keeps what was left out', async () => {
    const { webhookId } = await register(house, 'http://127.0.0.1:9/')
    await mutate(house, 'pauseWebhook', { webhookId })
    await house.child()
    await mutate(house, 'changeWebhook', { webhookId, url: portal.url })
    await mutate(house, 'resumeWebhook', { webhookId })
    await sendDue(house)
    expect(portal.received).toHaveLength(1)
    await mutate(house, 'changeWebhook', { webhookId, topics: ['session'] })
    await house.child()
    await sendDue(house)
    expect(portal.received).toHaveLength(1)
  })

  test('that is paused hears a test and nothing else; paused twice or resumed twice is refused', async () => {
    const { webhookId } = await register(house, portal.url)
    expect((await mutate(house, 'resumeWebhook', { webhookId })).code).toBe('WRONG_WEBHOOK_STATE')
    expect((await mutate(house, 'pauseWebhook', { webhookId })).data?.state).toBe('PAUSED')
    expect((await mutate(house, 'pauseWebhook', { webhookId })).code).toBe('WRONG_WEBHOOK_STATE')
    await house.child()
    await mutate(house, 'sendTestWebhook', { webhookId })
    await sendDue(house)
    expect(portal.received.map(({ body }) => JSON.parse(body).type)).toEqual(['coordination.webhook.test'])
    expect(await look(house, webhookId)).toMatchObject({ state: 'PAUSED', reason: 'OFFICER', waiting: 1 })
  })

  test('whose test fails is not tried again, and stays as it is', async () => {
    const { webhookId } = await register(house, portal.url)
    portal.answers({ status: 410 })
    await mutate(house, 'sendTestWebhook', { webhookId })
    await sendDue(house)
    const { state, log } = await look(house, webhookId)
    expect(state).toBe('ACTIVE')
    expect(log).toMatchObject([{ topic: 'TEST', state: 'GAGAL', attempts: [{ status: 410, reason: 'GONE' }] }])
  })

  test('that nobody registered is refused by each mutation', async () => {
    const webhookId = randomUUID()
    for (const name of ['changeWebhook', 'rotateWebhookSecret', 'pauseWebhook', 'resumeWebhook', 'sendTestWebhook']) {
      expect((await mutate(house, name, { webhookId })).code).toBe('WEBHOOK_NOT_FOUND')
    }
  })

  test('leaves an audit row for each deed, with the webhook and no address (PV-05)', async () => {
    const { webhookId } = await register(house, portal.url)
    await mutate(house, 'pauseWebhook', { webhookId })
    await mutate(house, 'resumeWebhook', { webhookId })
    const deeds = (await audited()).flatMap(({ detail }) => (detail.webhook === webhookId ? [detail.deed] : []))
    expect(deeds.toSorted()).toEqual(['pauseWebhook', 'registerWebhook', 'resumeWebhook'])
    expect(JSON.stringify(await audited())).not.toContain('127.0.0.1')
  })
})

describe('a replay', () => {
  test('sends again under the same ids what was delivered or given up, once per request', async () => {
    const { webhookId } = await register(house, portal.url)
    for (let n = 0; n < 3; n++) await house.child()
    await sendDue(house)
    const sent = portal.received.map(({ id }) => id)
    const input = { requestId: randomUUID(), webhookId, ids: sent.slice(0, 2) }
    expect((await mutate(house, 'replayWebhookDeliveries', input)).data?.queued).toBe(2)
    expect((await mutate(house, 'replayWebhookDeliveries', input)).data?.queued).toBe(2)
    await sendDue(house)
    expect(portal.received.map(({ id }) => id).toSorted()).toEqual([...sent, ...sent.slice(0, 2)].toSorted())
    const { log } = await look(house, webhookId)
    expect(log.filter(({ id }) => sent.slice(0, 2).includes(id)).map(({ attempts }) => attempts.length)).toEqual([2, 2])
  })

  test('of a span of time takes its beginning and leaves its end, and no message of another webhook', async () => {
    const other = await register(house, portal.url)
    const { webhookId } = await register(house, portal.url)
    await house.child()
    house.network.clock.advance({ hours: 1 })
    const from = house.network.clock.now()
    await house.child()
    house.network.clock.advance({ hours: 1 })
    const to = house.network.clock.now()
    await house.child()
    await sendDue(house)
    const span = { webhookId, from: from.toString(), to: to.toString() }
    expect((await mutate(house, 'replayWebhookDeliveries', span)).data?.queued).toBe(1)
    const foreign = (await look(house, other.webhookId)).log.map(({ id }) => id)
    const told = await mutate(house, 'replayWebhookDeliveries', { webhookId, ids: foreign })
    expect(told.data?.queued).toBe(0)
  })

  test.for([
    ['neither messages nor a span', {}],
    ['half a span', { from: '2026-11-23T00:00:00Z' }],
    ['both', { ids: [randomUUID()], from: '2026-11-23T00:00:00Z', to: '2026-11-24T00:00:00Z' }],
    ['a span that ends before it begins', { from: '2026-11-24T00:00:00Z', to: '2026-11-23T00:00:00Z' }],
    ['no messages at all', { ids: [] }],
  ] as const)('of %s is refused', async ([, which]) => {
    const told = await mutate(house, 'replayWebhookDeliveries', { webhookId: randomUUID(), ...which })
    expect(told.code).toBe('INVALID_INPUT')
  })
})
