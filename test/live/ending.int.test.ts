import { randomUUIDv7 } from 'node:crypto'
import type { ChildId } from '@satuanak/contracts'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type LiveHouse, openLiveHouse, registered } from './house.ts'
import { type Listener, listenTo } from './listener.ts'

let house: LiveHouse
beforeAll(async () => {
  house = await openLiveHouse()
})
afterEach(() => house.hangUp())
afterAll(() => house?.close())

const about = (id: string) => (heard: Listener['heard'][number]) =>
  Object.values((heard.data.ids ?? {}) as object).includes(id)
const refused = async (listener: Listener) => {
  await listener.ended
  return { status: listener.status, ...JSON.parse(listener.text).errors[0] }
}

describe('who may open a stream', () => {
  test.each([undefined, 'no.token.atall'])('without a valid token nobody (%s)', async (token) => {
    const { status, extensions } = await refused(await listenTo(house.network.gatewayUrl, { token }))
    expect([status, extensions.code]).toEqual([401, 'UNAUTHENTICATED'])
  })

  test('a token in the URL is refused, also beside a good one, in the reader’s language', async () => {
    const token = await house.network.token('peksos')
    const query = `?access_token=${token}`
    const answer = await refused(await listenTo(house.network.gatewayUrl, { token, query, language: 'en' }))
    expect(answer).toMatchObject({ status: 400, extensions: { code: 'TOKEN_IN_URL' } })
    expect(answer.message).toContain('does not belong in a URL')
  })

  test('a topic that there is not is refused with those that there are', async () => {
    const { status, message } = await refused(await house.listen('peksos', { query: '?topics=inbox,kasus' }))
    expect([status, message]).toEqual([400, expect.stringContaining('inbox, case, session')])
  })

  test('anything but GET is refused', async () => {
    const token = await house.network.token('peksos')
    const headers = { authorization: `Bearer ${token}` }
    const statuses = ['HEAD', 'POST'].map(async (method) => {
      const { status } = await fetch(`${house.network.gatewayUrl}/live`, { method, headers })
      return status
    })
    expect(await Promise.all(statuses)).toEqual([405, 405])
  })

  test('the answer is a stream that nobody keeps or holds back', async () => {
    const { headers, status } = await house.listen('peksos')
    expect(status).toBe(200)
    expect(headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('x-accel-buffering')).toBe('no')
  })

  test('one person listens in so many places; one of them left, another may be opened', async () => {
    const { url } = await house.anotherGateway({ LIVE_STREAMS_PERSON: '2' })
    const token = await house.network.token('peksos')
    const [first, second] = [await listenTo(url, { token }), await listenTo(url, { token })]
    const third = await listenTo(url, { token })
    expect(third.headers.get('retry-after')).toBe('30')
    const { status, extensions } = await refused(third)
    expect([status, extensions.code]).toEqual([429, 'TOO_MANY_STREAMS'])
    const colleague = await listenTo(url, { token: await house.network.token('bapperida') })
    expect(colleague.status).toBe(200)
    await first.close()
    const openStreams = async () => {
      const { checks } = (await (await fetch(`${url}/health/ready`)).json()) as { checks: { name: string }[] }
      return checks.find(({ name }) => name === 'live')
    }
    await expect.poll(openStreams, { timeout: 20_000 }).toMatchObject({ detail: '2 streams', ok: true, optional: true })
    const again = await listenTo(url, { token })
    expect(again.status).toBe(200)
    for (const one of [second, colleague, again]) await one.close()
  })

  test('a process that is full sends others away for a while', async () => {
    const { url } = await house.anotherGateway({ LIVE_STREAMS: '1' })
    const first = await listenTo(url, { token: await house.network.token('peksos') })
    const second = await listenTo(url, { token: await house.network.token('bapperida') })
    expect(second.headers.get('retry-after')).toBe('5')
    const { status, extensions } = await refused(second)
    expect([status, extensions.code]).toEqual([503, 'LIVE_UNAVAILABLE'])
    await first.close()
  })

  test('opening streams is asking: who does it too often is told so', async () => {
    const { url } = await house.anotherGateway({
      RATE_PERSON_REQUESTS: '6',
      RATE_BURST_SECONDS: '10',
      RATE_PERSON_COST: '1000000000',
    })
    const token = await house.network.token('peksos')
    const first = await listenTo(url, { token })
    const { status, extensions } = await refused(await listenTo(url, { token }))
    expect([status, extensions.code, extensions.limit]).toEqual([429, 'RATE_LIMITED', 'personRequests'])
    await first.close()
  })

  test('a gateway that has never reached NATS is ready for everything else, and says that it tells nothing', async () => {
    const { url } = await house.unreached()
    const listener = await listenTo(url, { token: await house.network.token('peksos') })
    expect((await refused(listener)).extensions.code).toBe('LIVE_UNAVAILABLE')
    const ready = await fetch(`${url}/health/ready`)
    expect(ready.status).toBe(200)
    expect(((await ready.json()) as { checks: object[] }).checks).toContainEqual(
      expect.objectContaining({ name: 'live', ok: false, optional: true }),
    )
  })
})

describe('how a stream ends', () => {
  test('with its token, and a word that it is so', async () => {
    const token = await house.network.token('peksos', 1)
    const listener = await house.listen('peksos', { token })
    await listener.ended
    expect(listener.heard.map(({ event }) => event)).toEqual(['hello', 'expired'])
    expect(listener.heard[0]?.data.expiresAt).toEqual(expect.any(String))
  })

  test('with the gateway, each with a moment of its own to come back at', async () => {
    const gateway = await house.anotherGateway({})
    const token = await house.network.token('peksos')
    const listeners = await Promise.all([1, 2, 3, 4, 5, 6].map(() => listenTo(gateway.url, { token })))
    await gateway.close()
    await Promise.all(listeners.map(({ ended }) => ended))
    const waits = listeners.map(({ text }) => Number(/retry: (\d+)\n\n$/.exec(text)?.[1]))
    for (const wait of waits) expect(wait).toBeGreaterThanOrEqual(1_000)
    expect(new Set(waits).size).toBeGreaterThan(1)
  })

  test('with the handing over to another process, so that who comes back finds that one', async () => {
    const gateway = await house.anotherGateway({})
    const token = await house.network.token('peksos')
    const listener = await listenTo(gateway.url, { token })
    const handed = gateway.handOver(5_000)
    await Promise.all([listener.ended, handed])
    expect(listener.text).toMatch(/retry: \d+\n\n$/)
    await expect(listenTo(gateway.url, { token })).rejects.toThrow('fetch failed')
  })
})

test('a heartbeat moves the client’s place on without being an event', async () => {
  const { url } = await house.anotherGateway({ LIVE_BEAT_MS: '20' })
  const [other, own] = [randomUUIDv7() as ChildId, randomUUIDv7() as ChildId]
  const listener = await listenTo(url, { token: await house.network.token('kelurahan-krapyak') })
  const { id: hello } = await listener.hears(({ event }) => event === 'hello')
  await house.tell(registered(other))
  await listener.reads(new RegExp(`: \\nid: (?!${hello}\\n)[\\w-]{8}-\\d+\\n\\n`))
  expect(listener.heard.map(({ event }) => event)).toEqual(['hello'])
  expect(listener.lastId).not.toBe(hello)
  await house.tell(registered(own, '33.75.03.1002'))
  await listener.hears(about(own))
  await listener.close()
})
