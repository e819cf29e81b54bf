import { beforeEach, expect, test } from 'vitest'
import { CircuitBreaker, type Pass } from './circuit-breaker.ts'

let now: number
let breaker: CircuitBreaker
beforeEach(() => {
  now = 1_000_000
  const options = { failures: 3, share: 0.5, least: 10, windowMs: 10_000, openMs: 5_000 }
  breaker = new CircuitBreaker(options, () => now)
})

const enter = (): Pass => {
  const pass = breaker.enter()
  if (!pass) throw new Error('the circuit is open')
  return pass
}
const fail = (times = 1) => {
  for (let n = 0; n < times; n += 1) enter().failed()
}

test('failures one after the other open the circuit; a success in between does not let them add up', () => {
  fail(2)
  enter().succeeded()
  fail(2)
  expect(breaker.state).toBe('closed')
  fail()
  expect([breaker.state, breaker.retryAt, breaker.enter()]).toEqual(['open', 1_005_000, null])
})

test('half of the fetches of a window open it too, once there are enough to tell', () => {
  for (let n = 0; n < 4; n += 1) {
    enter().succeeded()
    fail()
  }
  expect(breaker.state).toBe('closed')
  enter().succeeded()
  fail()
  expect(breaker.state).toBe('open')
})

test('failures of an earlier window are forgotten', () => {
  for (let n = 0; n < 4; n += 1) {
    fail()
    enter().succeeded()
  }
  now += 10_000
  fail()
  enter().succeeded()
  fail()
  expect(breaker.state).toBe('closed')
})

test('when its time has come one fetch is the probe, and everyone else is still turned away', () => {
  fail(3)
  now += 4_999
  expect(breaker.enter()).toBeNull()
  now += 1
  const probe = enter()
  expect([breaker.state, breaker.enter()]).toEqual(['half-open', null])
  probe.succeeded()
  expect([breaker.state, breaker.retryAt]).toEqual(['closed', undefined])
  fail(2)
  expect(breaker.state).toBe('closed')
})

test('a probe that fails opens the circuit for as long again', () => {
  fail(3)
  now += 5_000
  const probe = enter()
  now += 2_000
  probe.failed()
  expect([breaker.state, breaker.retryAt]).toEqual(['open', now + 5_000])
})

test('a probe whose client left says nothing: the next fetch is one', () => {
  fail(3)
  now += 5_000
  enter().unknown()
  expect(breaker.state).toBe('open')
  enter().succeeded()
  expect(breaker.state).toBe('closed')
})

test('what began before the circuit opened neither closes it nor keeps it open', () => {
  const [early, late] = [enter(), enter()]
  fail(3)
  early.succeeded()
  expect(breaker.state).toBe('open')
  now += 5_000
  enter().succeeded()
  late.failed()
  fail(2)
  expect(breaker.state).toBe('closed')
})
