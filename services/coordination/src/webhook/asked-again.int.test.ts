import { randomUUIDv7 } from 'node:crypto'
import type { ChildId } from '@satuanak/contracts'
import { createLog } from '@satuanak/service-kit'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import { enrolled, KRAPYAK, left, PANJANG_WETAN, registered } from '../test-events.ts'
import { type House, openHouse } from '../test-house.ts'
import { openPortal, type Portal } from '../test-portal.ts'
import { look, mutate, queuedAs, register, sendDue } from './test-webhooks.ts'

const SCHOOL = '99000001'
const OF_SCHOOL = { hearsAs: { agency: 'DISDIK', role: 'PANITIA_SEKOLAH', schools: [SCHOOL] } }

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

/** A webhook whose messages wait until it is resumed. */
async function waiting(more: object = {}) {
  const { webhookId } = await register(house, portal.url, more)
  await mutate(house, 'pauseWebhook', { webhookId })
  return webhookId
}
async function resumed(webhookId: string) {
  await mutate(house, 'resumeWebhook', { webhookId })
  await sendDue(house)
  return (await look(house, webhookId)).log
}

describe('while a message waits', () => {
  test('its pupil leaves: the school is told of its own pupils only, by the day of the sending (PV-18)', async () => {
    const [gone, still] = [randomUUIDv7() as ChildId, randomUUIDv7() as ChildId]
    const webhookId = await waiting(OF_SCHOOL)
    await house.hear(registered(gone), registered(still), enrolled(gone), enrolled(still))
    const queued = (await look(house, webhookId)).log
    expect(queued.map(({ state }) => state)).toEqual(['MENUNGGU', 'MENUNGGU'])
    await house.hear(left(gone))
    const log = await resumed(webhookId)
    expect(portal.received.map(({ body }) => JSON.parse(body).data.childId)).toEqual([still])
    expect(log.map(({ state }) => state).toSorted()).toEqual(['DITAHAN', 'TERKIRIM'])
  })

  test('its child turns out to live elsewhere: a kelurahan is told by what is known at the sending (TUN-R3)', async () => {
    const webhookId = await waiting({
      hearsAs: { agency: 'KELURAHAN', role: 'ADMIN_KELURAHAN', kelurahan: [PANJANG_WETAN] },
    })
    const child = await house.child(PANJANG_WETAN)
    // As after records were taken apart: what was said of the other does not count for this child any more.
    await db().$executeRawUnsafe(`UPDATE timeline_entry SET kelurahan = $2 WHERE child_id = $1::uuid`, child, KRAPYAK)
    expect(await resumed(webhookId)).toMatchObject([{ state: 'DITAHAN' }])
    expect(portal.received).toEqual([])
  })

  test('its office loses the grant that opened the child to it: it is withheld (PV-12)', async () => {
    const webhookId = await waiting({ hearsAs: { agency: 'KEMENAG', role: 'ADMIN_OPD' } })
    const child = await house.child()
    const grant = (live: boolean) =>
      db().$executeRawUnsafe(
        `INSERT INTO platform.referral_grant (referral_id, child_id, agency, parts, expires_at, live)
         VALUES ($1::uuid, $1::uuid, 'KEMENAG', '{school}', '2100-01-01', $2)
         ON CONFLICT (referral_id) DO UPDATE SET live = $2`,
        child,
        live,
      )
    await grant(true)
    await house.hear(enrolled(child))
    expect((await look(house, webhookId)).waiting).toBe(1)
    await grant(false)
    expect(await resumed(webhookId)).toMatchObject([
      { about: 'education.enrolment.started.v1', state: 'DITAHAN', attempts: [] },
    ])
    expect(portal.received).toEqual([])
  })

  test('its topic is given up: it is withheld, as one that was delivered and is sent again', async () => {
    const { webhookId } = await register(house, portal.url)
    await house.child()
    await sendDue(house)
    await mutate(house, 'pauseWebhook', { webhookId })
    await house.child()
    await mutate(house, 'changeWebhook', { webhookId, topics: ['session'] })
    const span = { webhookId, from: '2026-11-23T00:00:00Z', to: '2026-11-24T00:00:00Z' }
    expect((await mutate(house, 'replayWebhookDeliveries', span)).data?.queued).toBe(2)
    expect((await resumed(webhookId)).map(({ state }) => state)).toEqual(['DITAHAN', 'DITAHAN'])
    expect(portal.received).toHaveLength(1)
  })
})

describe('of another version of the service', () => {
  test('a message under a permission this one does not know is left to who does, and is not withheld', async () => {
    const webhookId = await waiting()
    await house.child()
    await queuedAs(house, webhookId, { permissions: ['papers.read', 'kelak.baca'] })
    expect(await resumed(webhookId)).toMatchObject([{ state: 'MENUNGGU', failedTries: 0, attempts: [] }])
    expect(portal.received).toEqual([])
    await queuedAs(house, webhookId, { permissions: ['papers.read'] })
    await sendDue(house)
    expect(portal.received).toHaveLength(1)
  })

  test.for([
    ['role', 'PERAN_KELAK'],
    ['agency', 'DINAS_KELAK'],
  ] as const)('a webhook of an unknown %s waits, stops no fact and no other portal', async ([column, value]) => {
    const [odd, other] = [await waiting(), await waiting()]
    await house.child()
    const asOdd = `UPDATE webhook_endpoint SET ${column} = $2, state = 'ACTIVE', reason = NULL WHERE id = $1::uuid`
    await db().$executeRawUnsafe(asOdd, odd, value)
    await house.child()
    await resumed(other)
    expect(portal.received).toHaveLength(2)
    const ofOdd = 'SELECT state, lease FROM webhook_delivery WHERE endpoint_id = $1::uuid'
    expect(await db().$queryRawUnsafe(ofOdd, odd)).toEqual([{ state: 'MENUNGGU', lease: null }])
    const ask = house.network.subgraph('coordination', 'bapperida')
    const { webhookEndpoints } = await ask.ok<{ webhookEndpoints: { nodes: { id: string }[] } }>(
      '{ webhookEndpoints(first: 50) { nodes { id role agency } } }',
    )
    const listed = webhookEndpoints.nodes.map(({ id }) => id)
    expect([listed.includes(other), listed.includes(odd)]).toEqual([true, false])
    expect((await mutate(house, 'resumeWebhook', { webhookId: odd })).code).toBe('WEBHOOK_NOT_FOUND')
    await house.network.stop('coordination')
    await house.network.start('coordination')
    expect(lines.filter((line) => line.includes(odd) && line.includes('told nothing'))).toHaveLength(1)
  })

  test('a webhook registered as an office that may be heard as no longer is told nothing (PV-12)', async () => {
    const webhookId = await waiting()
    const asRegistry = `UPDATE webhook_endpoint SET role = 'OPERATOR_DUKCAPIL', agency = 'DUKCAPIL' WHERE id = $1::uuid`
    await house.child()
    await db().$executeRawUnsafe(asRegistry, webhookId)
    await house.child()
    expect(await resumed(webhookId)).toMatchObject([{ state: 'MENUNGGU', attempts: [] }])
    expect(portal.received).toEqual([])
  })
})
