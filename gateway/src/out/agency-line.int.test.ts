import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Controlled, startControlled } from '../../test/controlled.ts'
import { AgencyLine, type LineOptions, type LineRequest } from './agency-line.ts'
import { BREAKER } from './circuit-breaker.ts'
import type { Waiting } from './fetch-time.ts'

let agency: Controlled
let lines: AgencyLine[]
beforeEach(async () => {
  agency = await startControlled()
  lines = []
})
afterEach(async () => {
  await agency.close()
  await Promise.all(lines.map((line) => line.close()))
})

/** Retries come at once, so that no test waits. */
function lineTo(more: Partial<LineOptions> = {}): AgencyLine {
  const pause = async () => undefined
  const url = new URL('/graphql', agency.url)
  const line = new AgencyLine({
    service: 'social',
    url,
    agencyMs: 60_000,
    connections: 4,
    breaker: BREAKER,
    pause,
    ...more,
  })
  lines.push(line)
  return line
}

const READ: LineRequest = {
  headers: { 'content-type': 'application/json' },
  body: '{"query":"{ a }"}',
  isChange: false,
}
const CHANGE: LineRequest = { ...READ, body: '{"query":"mutation { a }"}', isChange: true }

const waitingFor = (ms: number, signal = new AbortController().signal): Waiting => ({ signal, remainingMs: () => ms })
const outcome = (asked: Promise<unknown>) =>
  asked.then(
    () => 'answered',
    (error: { kind?: string; message: string }) => `${error.kind}: ${error.message}`,
  )

test('the agency is told how long its answer is waited for: its own time, or what the operation has left', async () => {
  const line = lineTo({ agencyMs: 5_000 })
  const deadlines: number[] = []
  for (const left of [15_000, 1_200]) {
    const asked = line.ask(READ, waitingFor(left))
    const exchange = await agency.next()
    deadlines.push(Number(exchange.headers['x-deadline-ms']))
    exchange.answer({ data: {} })
    await asked
  }
  const [whole = 0, rest = 0] = deadlines
  expect([whole > 3_000 && whole <= 5_000, rest > 100 && rest <= 1_200]).toEqual([true, true])
})

test('an agency that does not answer in its time is cut, and it counts against it', async () => {
  const line = lineTo({ agencyMs: 40, breaker: { ...BREAKER, failures: 1 } })
  const asked = outcome(line.ask(READ, waitingFor(60_000)))
  const { left } = await agency.next()
  expect(await asked).toBe('timeout: TimeoutError')
  await left
  expect(line.breaker.state).toBe('open')
})

test('an operation with little time left says nothing of the agency', async () => {
  const line = lineTo({ breaker: { ...BREAKER, failures: 1 } })
  expect(await outcome(line.ask(READ, waitingFor(30)))).toBe('timeout: TimeoutError')
  expect(line.breaker.state).toBe('closed')
})

test('a read that nobody waits for is cut', async () => {
  const line = lineTo({ breaker: { ...BREAKER, failures: 1 } })
  const client = new AbortController()
  const asked = outcome(line.ask(READ, waitingFor(60_000, client.signal)))
  const { left } = await agency.next()
  client.abort()
  expect(await asked).toBe('cancelled: Cancelled')
  await left
  expect(line.breaker.state).toBe('closed')
})

test('a change that was sent is waited for, whoever has gone', async () => {
  const client = new AbortController()
  const asked = outcome(lineTo().ask(CHANGE, waitingFor(60_000, client.signal)))
  const exchange = await agency.next()
  client.abort()
  exchange.answer({ data: {} })
  expect(await asked).toBe('answered')
})

test.each([READ, CHANGE])('nothing is sent for nobody, nor without time: %j', async (request) => {
  const line = lineTo()
  expect(await outcome(line.ask(request, waitingFor(60_000, AbortSignal.abort())))).toBe('cancelled: NotBegun')
  expect(await outcome(line.ask(request, waitingFor(0)))).toBe('cancelled: NotBegun')
  expect(agency.connections).toBe(0)
})

test('a read whose connection fails before an answer is sent again, twice at most', async () => {
  const line = lineTo()
  const asked = outcome(line.ask(READ, waitingFor(60_000)))
  ;(await agency.next()).cut()
  ;(await agency.next()).cut()
  ;(await agency.next()).answer({ data: {} })
  expect(await asked).toBe('answered')

  const given = outcome(line.ask(READ, waitingFor(60_000)))
  for (let n = 0; n < 3; n += 1) (await agency.next()).cut()
  expect(await given).toMatch(/^connection: /)
  expect(agency.count).toBe(6)
})

test('a change is never sent twice', async () => {
  const asked = outcome(lineTo().ask(CHANGE, waitingFor(60_000)))
  ;(await agency.next()).cut()
  expect(await asked).toMatch(/^connection: /)
  expect(agency.count).toBe(1)
})

test('an answer that began is not asked for again, nor is a status of trouble', async () => {
  const line = lineTo()
  const broken = outcome(line.ask(READ, waitingFor(60_000)))
  ;(await agency.next()).breakOff()
  expect(await broken).toBe('connection: BrokenOff')
  const troubled = line.ask(READ, waitingFor(60_000))
  ;(await agency.next()).answer({}, 503)
  expect((await troubled).status).toBe(503)
  expect(agency.count).toBe(2)
})

test('when the budget is spent a failed read is not sent again', async () => {
  const line = lineTo({ breaker: { ...BREAKER, failures: 1_000, least: 1_000 } })
  // Ten saved up, and a tenth for each fetch: 5 fetches spend all.
  for (let n = 0; n < 6; n += 1) {
    const asked = outcome(line.ask(READ, waitingFor(60_000)))
    for (let tried = 0; tried < (n < 5 ? 3 : 1); tried += 1) (await agency.next()).cut()
    await asked
  }
  expect(agency.count).toBe(16)
})

test('a retry waits a moment, within the fetch’s own time', async () => {
  const waits: number[] = []
  const pause = async (ms: number, signal: AbortSignal) => {
    waits.push(ms)
    await new Promise((_resolve, reject) => signal.addEventListener('abort', reject))
  }
  const asked = outcome(lineTo({ agencyMs: 60, pause }).ask(READ, waitingFor(60_000)))
  ;(await agency.next()).cut()
  expect(await asked).toBe('timeout: TimeoutError')
  expect(waits).toEqual([expect.any(Number)])
  expect(waits[0]).toBeLessThanOrEqual(50)
})

test('an open circuit answers at once, asks nobody, and asks one when its time has come', async () => {
  let now = 1_000_000
  const line = lineTo({ breaker: { ...BREAKER, failures: 1, openMs: 5_000 }, now: () => now })
  const failing = line.ask(READ, waitingFor(60_000))
  ;(await agency.next()).answer({}, 503)
  await failing
  await expect(line.ask(READ, waitingFor(60_000))).rejects.toMatchObject({ kind: 'circuit-open', retryAt: 1_005_000 })
  expect(agency.count).toBe(1)
  now += 5_000
  const probe = line.ask(READ, waitingFor(60_000))
  const exchange = await agency.next()
  expect(await outcome(line.ask(READ, waitingFor(60_000)))).toBe('circuit-open: CircuitOpen')
  exchange.answer({ data: {} })
  await probe
  expect(line.breaker.state).toBe('closed')
})

test('connections are kept, and there are no more than allowed: the others wait for one', async () => {
  const line = lineTo({ connections: 2 })
  // Changes: reads of one turn would travel together.
  const asked = Array.from({ length: 6 }, () => outcome(line.ask(CHANGE, waitingFor(60_000))))
  for (let n = 0; n < asked.length; n += 1) (await agency.next()).answer({ data: {} })
  expect(new Set(await Promise.all(asked))).toEqual(new Set(['answered']))
  expect(agency.connections).toBe(2)
})
