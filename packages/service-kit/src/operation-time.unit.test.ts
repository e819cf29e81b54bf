import { ApolloServer } from '@apollo/server'
import { buildSchema } from 'graphql'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { keepMutations } from './operation-kind.ts'
import { interruption, OperationTime, withinTime } from './operation-time.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }))
afterEach(() => void vi.useRealTimers())

test('the time ends at the earlier of its own and the asker’s', () => {
  const time = new OperationTime(1_000)
  time.endWithin(5_000)
  expect(time.remainingMs()).toBe(1_000)
  time.endWithin(200)
  vi.advanceTimersByTime(199)
  expect([time.remainingMs(), time.signal.aborted]).toEqual([1, false])
  vi.advanceTimersByTime(1)
  expect([time.remainingMs(), time.signal.aborted]).toEqual([0, true])
})

test('an operation that does not end a second after its time is answered 504', async () => {
  const time = new OperationTime(1_000)
  vi.advanceTimersByTime(1_999)
  const late = expect(time.late).rejects.toMatchObject({ status: 504, code: 'OPERATION_TIMEOUT' })
  vi.advanceTimersByTime(1)
  await late
})

test('an operation that is done is not aborted any more', () => {
  const time = new OperationTime(1_000)
  time.done()
  vi.advanceTimersByTime(10_000)
  expect(time.signal.aborted).toBe(false)
})

test.each([
  ['query', true],
  ['mutation', false],
])('what works for a %s may be cut short: %s', async (kind, may) => {
  const server = new ApolloServer({
    schema: buildSchema('type Query { may: Boolean } type Mutation { may: Boolean }'),
    rootValue: { may: () => interruption() !== undefined },
    plugins: [keepMutations],
  })
  const time = new OperationTime(1_000)
  const { body } = await withinTime(time, () => server.executeOperation({ query: `${kind} { may }` }))
  time.done()
  expect(body).toMatchObject({ singleResult: { data: { may } } })
  await server.stop()
})

test('what is to be done at the end is done once, and at once where the end has been', () => {
  const time = new OperationTime(1_000)
  const ended: string[] = []
  time.atEnd(() => ended.push('before'))
  time.endWithin(200)
  expect(ended).toEqual([])
  time.done()
  time.done()
  time.atEnd(() => ended.push('after'))
  expect(ended).toEqual(['before', 'after'])
})
