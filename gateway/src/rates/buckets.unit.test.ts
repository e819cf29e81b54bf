import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Buckets } from './buckets.ts'

const MINUTE = 60_000

test('what the bucket holds passes at once, and then one whenever there is enough for one', () => {
  let now = 5_000
  const buckets = new Buckets(3, MINUTE, () => now)
  expect([1, 2, 3, 4].map(() => buckets.take('a', 1))).toEqual([null, null, null, 25_000])
  now = 24_999
  expect(buckets.take('a', 1)).toBe(25_000)
  now = 25_000
  expect([buckets.take('a', 1), buckets.take('a', 1)]).toEqual([null, 45_000])
})

test('what is refused takes nothing', () => {
  const buckets = new Buckets(10, MINUTE, () => 0)
  expect([buckets.take('a', 8), buckets.take('a', 3), buckets.take('a', 2)]).toEqual([null, 6_000, null])
})

test('one key’s flood does not refuse another', () => {
  const buckets = new Buckets(5, MINUTE, () => 0)
  for (let n = 0; n < 1_000; n += 1) buckets.take('flood', 1)
  expect(buckets.take('other', 5)).toBeNull()
})

/** Steps of some keys: how long it was since the step before, who asks, and for how much. */
const steps = fc.array(
  fc.record({
    after: fc.oneof(fc.constant(0), fc.nat(2_000), fc.nat(2 * MINUTE)),
    key: fc.constantFrom('a', 'b', 'c'),
    amount: fc.integer({ min: 1, max: 60 }),
  }),
  { maxLength: 200 },
)

/** Any that holds what is asked of it at most. */
const buckets = fc.record({ perMinute: fc.integer({ min: 360, max: 2_000 }), burstMs: fc.constantFrom(10_000, MINUTE) })

test('law: in no stretch of time does more pass than the burst and what filled meanwhile', () => {
  fc.assert(
    fc.property(steps, buckets, (asked, { perMinute, burstMs }) => {
      let now = 0
      const kept = new Buckets(perMinute, burstMs, () => now)
      const passed: { readonly at: number; readonly key: string; readonly amount: number }[] = []
      for (const { after, key, amount } of asked) {
        now += after
        if (kept.take(key, amount) === null) passed.push({ at: now, key, amount })
      }
      for (const [from, { at: begin, key }] of passed.entries()) {
        let sum = 0
        for (const one of passed.slice(from)) {
          if (one.key !== key) continue
          sum += one.amount
          expect(sum).toBeLessThanOrEqual((perMinute * (burstMs + one.at - begin)) / MINUTE + 1e-6)
        }
      }
    }),
  )
})

test('law: who waits until they are told passes, and not a millisecond earlier', () => {
  fc.assert(
    fc.property(steps, buckets, (asked, { perMinute, burstMs }) => {
      let now = 0
      const kept = new Buckets(perMinute, burstMs, () => now)
      for (const { after, key, amount } of asked) {
        now += after
        const retryAt = kept.take(key, amount)
        if (retryAt === null) continue
        now = Math.max(now, retryAt - 1)
        expect(kept.take(key, amount) === null).toBe(now >= retryAt)
        now = Math.ceil(retryAt + 1e-6)
        expect(kept.take(key, amount)).toBeNull()
      }
    }),
  )
})

test('law: forgetting lets nobody pass: a key fares the same whoever else asks', () => {
  fc.assert(
    fc.property(steps, (asked) => {
      let now = 0
      const [together, alone] = [new Buckets(60, MINUTE, () => now), new Buckets(60, MINUTE, () => now)]
      for (const { after, key, amount } of asked) {
        now += after
        const answer = together.take(key, amount)
        if (key === 'a') expect(alone.take(key, amount)).toBe(answer)
      }
    }),
  )
})

test('no more is kept than the keys of the last minute', () => {
  let now = 0
  const buckets = new Buckets(60, MINUTE, () => now)
  for (let n = 0; n < 10_000; n += 1) {
    now += 100
    buckets.take(`key-${n}`, 60)
  }
  expect(buckets.size).toBeLessThanOrEqual(MINUTE / 100 + 1)
})
