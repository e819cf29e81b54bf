import { createLog } from '@satuanak/service-kit'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import { flagged, KRAPYAK, merged, PANJANG_WETAN, protectedAt, split } from '../test-events.ts'
import { type House, openHouse } from '../test-house.ts'
import { openPortal, type Portal } from '../test-portal.ts'
import { look, mutate, queuedAs, register, sendDue, verified } from './test-webhooks.ts'

const lines: string[] = []
let house: House
beforeAll(async () => {
  const log = createLog('coordination', 'debug', { write: (line) => void lines.push(line) })
  house = await openHouse(inject('postgresUrl'), { env: { WEBHOOK_TIMEOUT_MS: '300' }, log })
})
afterAll(() => house?.close())

let portal: Portal
const open: { close(): Promise<void> }[] = []
beforeEach(async () => {
  portal = await openPortal()
  open.push(portal)
})
afterAll(async () => {
  for (const one of open) await one.close()
})

/** A child that the registry tells of; what is due is sent. */
async function tell(kelurahan?: string) {
  const child = await house.child(kelurahan)
  await sendDue(house)
  return child
}

const later = (duration: Temporal.DurationLike) => house.network.clock.advance(duration)

describe('a notice reaches a portal', () => {
  test('signed by Standard Webhooks, with ids and codes only', async () => {
    const { secret } = await register(house, portal.url)
    const child = await tell()
    const [message] = portal.received
    if (!message) throw new Error('nothing came')
    expect(verified(house, secret, message)).toEqual({
      type: 'civil-registry.person.registered.v1',
      timestamp: '2026-11-23T01:00:00.000Z',
      data: { topic: 'case', childId: child },
    })
    expect(message.headers['webhook-id']).toMatch(/^[0-9a-f-]{36}$/)
    const forged = { ...message, body: message.body.replace('case', 'inbox') }
    expect(() => verified(house, secret, forged)).toThrow()
  })

  test('only under the topics it asked for', async () => {
    const { webhookId } = await register(house, portal.url, { topics: ['session', 'inbox'] })
    await tell()
    expect((await look(house, webhookId)).log).toEqual([])
  })

  test('never about a social case or a hidden child, nor that one is such no longer, whatever its role may read (PV-14)', async () => {
    await register(house, portal.url)
    await register(house, portal.url, { hearsAs: { agency: 'DISDIK', role: 'DINAS_PENDIDIKAN' } })
    const child = await tell()
    const before = portal.received.length
    expect(before).toBeGreaterThan(0)
    await house.hear(protectedAt(child, 3), protectedAt(child, 4))
    await house.hear(protectedAt(child, 2))
    await sendDue(house)
    expect(portal.received).toHaveLength(before)
  })

  test('never that another child has the same NIK, or is the same child, or another after all (PV-14)', async () => {
    const { webhookId } = await register(house, portal.url)
    const [one, other] = [await tell(), await tell()]
    await house.hear(flagged(one), merged(one, other), split(one, other))
    await sendDue(house)
    const types = new Set(portal.received.map(({ body }) => JSON.parse(body).type))
    // The referral that the flag opens is Bapperida's to know, and its message says nothing of why.
    expect([...types].toSorted()).toEqual(['civil-registry.person.registered.v1', 'coordination.referral.created.v1'])
    // As one that was queued before that was decided, and is sent again.
    await queuedAs(house, webhookId, { about: 'civil-registry.person.merged.v1' })
    const before = portal.received.length
    await sendDue(house)
    expect(portal.received).toHaveLength(before)
    expect((await look(house, webhookId)).log[0]).toMatchObject({ state: 'DITAHAN', attempts: [{ status: 204 }] })
  })

  test('of a kelurahan’s portal, about its own children only (TUN-R3)', async () => {
    const hearsAs = { agency: 'KELURAHAN', role: 'ADMIN_KELURAHAN', kelurahan: [KRAPYAK] }
    await register(house, portal.url, { hearsAs })
    await tell(PANJANG_WETAN)
    const own = await tell(KRAPYAK)
    expect(portal.received.map(({ body }) => JSON.parse(body).data.childId)).toEqual([own])
  })

  test('not where its role may not read what it is about: default deny (PV-12)', async () => {
    await register(house, portal.url, { hearsAs: { agency: 'KEMENAG', role: 'ADMIN_OPD' } })
    await tell()
    expect(portal.received).toEqual([])
  })

  test('not any more where the child was put under protection while the message waited (PV-14)', async () => {
    const { webhookId } = await register(house, portal.url)
    portal.answers({ status: 503 })
    const child = await tell()
    await house.hear(protectedAt(child, 3))
    later({ minutes: 1 })
    portal.answers({ status: 204 })
    await sendDue(house)
    expect(portal.received).toHaveLength(1)
    expect((await look(house, webhookId)).log[0]).toMatchObject({ state: 'DITAHAN', nextTryAt: null })
    const all = { webhookId, from: '2026-11-23T00:00:00Z', to: '2027-01-01T00:00:00Z' }
    expect((await mutate(house, 'replayWebhookDeliveries', all)).data?.queued).toBe(0)
  })
})

describe('a portal that does not take it', () => {
  test('is tried again after 5 s, 30 s, 2 and 10 min, 1, 3, 8 and 24 h, under one id, then given up', async () => {
    const { webhookId } = await register(house, portal.url)
    portal.answers({ status: 500, body: 'nama anak: Bagas' })
    await tell()
    const waits = [5, 30, 120, 600, 3_600, 10_800, 28_800, 86_400]
    for (const [index, seconds] of waits.entries()) {
      const [{ nextTryAt, failedTries } = { nextTryAt: null, failedTries: 0 }] = (await look(house, webhookId)).log
      expect(failedTries).toBe(index + 1)
      const wait = Temporal.Instant.from(nextTryAt ?? '')
        .since(house.network.clock.now())
        .total('seconds')
      expect(wait).toBeGreaterThanOrEqual(seconds)
      expect(wait).toBeLessThanOrEqual(seconds * 1.2)
      later({ milliseconds: Math.floor(wait * 1_000) - 1 })
      await sendDue(house)
      expect(portal.received).toHaveLength(index + 1)
      later({ milliseconds: 2 })
      await sendDue(house)
      expect(portal.received).toHaveLength(index + 2)
    }
    const { log, state } = await look(house, webhookId)
    expect(log[0]).toMatchObject({ state: 'GAGAL', nextTryAt: null, failedTries: 9 })
    expect(log[0]?.attempts).toHaveLength(9)
    expect(state).toBe('ACTIVE')
    expect(new Set(portal.received.map(({ id }) => id)).size).toBe(1)
    expect(lines.length).toBeGreaterThan(0)
    expect(lines.join('\n')).not.toContain('Bagas')
  })

  test('is left alone for as long as it asks (Retry-After), a day at most', async () => {
    const { webhookId } = await register(house, portal.url)
    for (const [header, seconds] of [
      ['120', 120],
      [new Date(house.network.clock.now().epochMilliseconds + 3_600_000).toUTCString(), 3_600],
      ['99999999', 86_400],
    ] as const) {
      portal.answers({ status: 429, headers: { 'retry-after': header } })
      await tell()
      const [{ nextTryAt } = { nextTryAt: null }] = (await look(house, webhookId)).log
      const wait = Temporal.Instant.from(nextTryAt ?? '')
        .since(house.network.clock.now())
        .total('seconds')
      expect(Math.abs(wait - seconds)).toBeLessThanOrEqual(1)
    }
  })

  test('is asked no more once it says that it is gone (410); what waited is sent when it is resumed', async () => {
    const { webhookId } = await register(house, portal.url)
    portal.answers({ status: 410 })
    await tell()
    expect(await look(house, webhookId)).toMatchObject({ state: 'DISABLED', reason: 'GONE', waiting: 1 })
    await tell()
    expect(portal.received).toHaveLength(1)
    portal.answers({ status: 200 })
    await mutate(house, 'resumeWebhook', { webhookId })
    await sendDue(house)
    expect(portal.received.map(({ id }) => id)).toEqual([portal.received[0]?.id, portal.received[0]?.id])
    expect(await look(house, webhookId)).toMatchObject({ state: 'ACTIVE', reason: null, waiting: 0 })
  })

  test('is paused after three days without an answer; what is told meanwhile waits and comes on resuming', async () => {
    const { webhookId } = await register(house, portal.url)
    portal.answers({ status: 502 })
    await tell()
    later({ hours: 73 })
    await tell()
    expect(await look(house, webhookId)).toMatchObject({ state: 'PAUSED', reason: 'NOT_ANSWERING', waiting: 2 })
    expect(lines.filter((line) => line.includes('NOT_ANSWERING') && line.includes(webhookId))).toHaveLength(1)
    const asked = portal.received.length
    await tell()
    later({ hours: 30 })
    await sendDue(house)
    expect(portal.received).toHaveLength(asked)
    portal.answers({ status: 204 })
    await mutate(house, 'resumeWebhook', { webhookId })
    await sendDue(house)
    expect(await look(house, webhookId)).toMatchObject({ state: 'ACTIVE', waiting: 0 })
  })

  test('and takes something in between has three days again', async () => {
    const { webhookId } = await register(house, portal.url)
    portal.answers({ status: 500 })
    await tell()
    later({ hours: 48 })
    portal.answers({ status: 204 })
    await sendDue(house)
    portal.answers({ status: 500 })
    await tell()
    later({ hours: 30 })
    await sendDue(house)
    expect(portal.received).toHaveLength(4)
    expect((await look(house, webhookId)).state).toBe('ACTIVE')
  })

  test('in time, sends nobody elsewhere (redirect) and leaves a code in the log, never its words', async () => {
    const elsewhere = await openPortal()
    open.push(elsewhere)
    const { webhookId } = await register(house, portal.url)
    portal.answers({ status: 307, headers: { location: elsewhere.url } })
    await tell()
    portal.answers('never')
    await tell()
    expect(elsewhere.received).toEqual([])
    const reasons = (await look(house, webhookId)).log.map(({ attempts }) => attempts[0])
    expect(reasons).toMatchObject([
      { status: null, reason: 'TIMEOUT' },
      { status: 307, reason: 'REDIRECT' },
    ])
  })
})
