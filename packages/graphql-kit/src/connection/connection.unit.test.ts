import fc from 'fast-check'
import { GraphQLError } from 'graphql'
import { expect, test } from 'vitest'
import { createCursor, pageRequest } from '../index.ts'

const INBOX = createCursor('inbox', ['string', 'string'])
const SCORES = createCursor('scores', ['number', 'string?'])

const refused = (run: () => unknown): unknown => {
  try {
    run()
  } catch (error) {
    return error instanceof GraphQLError ? error.extensions.code : error
  }
  return 'taken'
}

test('a cursor gives back the keys it was made of, whatever they hold (fast-check)', () => {
  fc.assert(
    fc.property(
      fc.double({ noDefaultInfinity: true, noNaN: true }),
      fc.option(fc.string({ maxLength: 100 })),
      (score, id) => {
        const keys = [Object.is(score, -0) ? 0 : score, id] as const
        expect(SCORES.decode(SCORES.encode(keys))).toEqual(keys)
      },
    ),
  )
})

test('a cursor that was changed anywhere is refused, not read as another place (fast-check)', () => {
  const cursor = INBOX.encode(['2026-11-23T01:30:00Z', 'a'])
  fc.assert(
    fc.property(fc.nat(cursor.length - 2), fc.constantFrom(...'aZ09_-'), (at, letter) => {
      fc.pre(cursor[at] !== letter)
      expect(refused(() => INBOX.decode(cursor.slice(0, at) + letter + cursor.slice(at + 1)))).toBe('BAD_USER_INPUT')
    }),
  )
})

test('no text of any kind makes a cursor throw anything but its refusal (fast-check)', () => {
  fc.assert(fc.property(fc.string(), (text) => refused(() => INBOX.decode(text)) === 'BAD_USER_INPUT'))
  expect(refused(() => INBOX.decode('x'.repeat(1_000_000)))).toBe('BAD_USER_INPUT')
})

test("another list's cursor is refused", () => {
  const other = createCursor('timeline', ['string', 'string']).encode(['2026', 'a'])
  expect(refused(() => INBOX.decode(other))).toBe('BAD_USER_INPUT')
})

test('a cursor of the same name whose keys are of another kind is refused', () => {
  const before = createCursor('inbox', ['number', 'string']).encode([1, 'a'])
  expect(refused(() => INBOX.decode(before))).toBe('BAD_USER_INPUT')
})

test('a cursor written by hand, its checksum right, is refused where a key is no day or id: SQL is not asked', () => {
  const contacts = createCursor('contacts', ['day', 'uuid'])
  const written = (day: string, id: string) => createCursor('contacts', ['string', 'string']).encode([day, id])
  const id = '01930000-0000-7000-8000-000000000001'
  expect(contacts.decode(written('2026-11-23', id))).toEqual(['2026-11-23', id])
  for (const [day, key] of [
    ['2026-02-30', id],
    ['besok', id],
    ['2026-11-23', 'Bagas'],
    ['', ''],
  ] as const) {
    expect(refused(() => contacts.decode(written(day, key)))).toBe('BAD_USER_INPUT')
  }
})

test('so is one whose key is no moment, or holds what no text of a database may', () => {
  const written = (at: string, name: string) => createCursor('inbox', ['string', 'string?']).encode([at, name])
  const inbox = createCursor('inbox', ['instant', 'string?'])
  expect(inbox.decode(written('2026-11-23T02:00:00.123Z', 'a'))).toEqual(['2026-11-23T02:00:00.123Z', 'a'])
  for (const [at, name] of [
    ['2026-11-23', 'a'],
    ['now()', 'a'],
    ['2026-11-23T25:00:00Z', 'a'],
    ['2026-11-23T02:00:00Z', 'a\u0000'],
  ] as const) {
    expect(refused(() => inbox.decode(written(at, name)))).toBe('BAD_USER_INPUT')
  }
})

test('a page asks for one row more than it holds, to know whether more follows', () => {
  const ask = pageRequest({ first: 2 }, INBOX)
  expect(ask).toMatchObject({ after: null, limit: 3 })
  const page = ask.page(['a', 'b', 'c'], (id) => ['2026', id])
  expect(page).toEqual({ nodes: ['a', 'b'], pageInfo: { hasNextPage: true, endCursor: INBOX.encode(['2026', 'b']) } })
})

test('the next page begins after the last row of the one before', () => {
  const ask = pageRequest({ after: INBOX.encode(['2026', 'b']) }, INBOX)
  expect(ask.after).toEqual(['2026', 'b'])
})

test('an empty page has no cursor, and the last page says that it is the last', () => {
  const ask = pageRequest({}, INBOX)
  expect(ask.limit).toBe(21)
  expect(ask.page([], () => ['', ''])).toEqual({ nodes: [], pageInfo: { hasNextPage: false, endCursor: null } })
  expect(ask.page(['a'], (id) => ['2026', id]).pageInfo.hasNextPage).toBe(false)
})

test.each([0, -1, 101, 1.5, Number.NaN])('a page of %s rows is refused', (first) => {
  expect(refused(() => pageRequest({ first }, INBOX))).toBe('BAD_USER_INPUT')
})
