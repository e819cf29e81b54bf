import { startTelemetry } from '@satuanak/service-kit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { BOY, type House, startHouse } from '../test/house.ts'

let house: House
let telemetry: ReturnType<typeof startTelemetry>
beforeAll(async () => {
  telemetry = startTelemetry('gateway', undefined)
  house = await startHouse()
})
afterAll(async () => {
  await house.close()
  await telemetry.close()
})

test('a trace runs on from the client through the gateway into every agency it asks', async () => {
  const trace = '4bf92f3577b34da6a3ce929d0e0e4736'
  const query = `{ child(id: "${BOY}") { school { name } outreach { place } } }`
  const { errors } = await house.ask(query, {}, { traceparent: `00-${trace}-00f067aa0ba902b7-01` })
  expect(errors).toBeUndefined()
  const parents = [house.seen.education, house.seen.social].map((seen) => seen.at(-1)?.headers.get('traceparent'))
  for (const parent of parents) expect(parent).toMatch(new RegExp(`^00-${trace}-[0-9a-f]{16}-01$`))
  // Each fetch is a span of its own.
  expect(new Set(parents).size).toBe(2)
})
