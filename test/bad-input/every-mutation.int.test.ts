import { isEnumType } from 'graphql'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { meet, NOBODY, openSchools } from '../src/city.ts'
import { countRows } from '../src/databases.ts'
import { type House, startHouse } from '../src/house.ts'
import { mutationFields, type Slot, slotsOf, supergraph } from '../src/supergraph.ts'
import { COORDINATION_ROWS } from './coordination-rows.ts'
import { EDUCATION_ROWS } from './education-rows.ts'
import { PUPIL_ROWS } from './pupil-rows.ts'
import { REGISTRY_ROWS } from './registry-rows.ts'
import type { Input, Row, Wrong } from './rows.ts'
import { SCHOOL_ROWS } from './school-rows.ts'
import { codesOf, fieldsOf, outcomeOf, refusalOf, send, withAt, writingNothing } from './send.ts'
import { SOCIAL_ROWS } from './social-rows.ts'

const ROWS = {
  ...REGISTRY_ROWS,
  ...SOCIAL_ROWS,
  ...EDUCATION_ROWS,
  ...SCHOOL_ROWS,
  ...PUPIL_ROWS,
  ...COORDINATION_ROWS,
}

let house: House
beforeAll(async () => {
  house = await startHouse()
  await openSchools(house)
})
afterAll(() => house?.close())

test('the count that each refusal is held against sees every table and every row', async () => {
  const before = await countRows(house)
  expect(Object.keys(before)).toEqual(
    expect.arrayContaining([
      'social.public.street_contact',
      'education.platform.outbox',
      'civil-registry.public.person',
    ]),
  )
  await meet(house)
  await house.settle()
  const after = await countRows(house)
  expect(after['social.public.street_contact']).toBe((before['social.public.street_contact'] ?? 0) + 1)
  expect(after['civil-registry.public.person']).toBe((before['civil-registry.public.person'] ?? 0) + 1)
})

test('every mutation of the graph has its row here', () => {
  expect(Object.keys(ROWS).toSorted()).toEqual(
    mutationFields()
      .map(({ name }) => name)
      .toSorted(),
  )
})

const dotted = ({ path }: Slot) => path.join('.')
/** What names one text in it: of a list its first entry, as which GraphQL takes a lone value. */
const textIn = (slot: Slot) => (slot.list ? `${dotted(slot)}.0` : dotted(slot))
const isEnum = ({ type }: Slot) => isEnumType(supergraph.getType(type))
const HUGE = 'x'.repeat(200_000)
const MEGABYTE = 'x'.repeat(1_000_000)

describe.for(Object.entries(ROWS))('%s', ([name, row]) => {
  const slots = slotsOf(name)
  const ofType = (type: string) => slots.filter((slot) => slot.type === type)
  /** Valid, and not yet carried out: whatever is refused leaves it as it is. */
  let base: Input
  beforeAll(async () => {
    base = await row.valid(house)
    await house.settle()
  })

  test('without a required field is a bad request', async () => {
    for (const slot of slots.filter(({ required }) => required)) {
      const answer = await writingNothing(house, () => send(house, row.as, name, withAt(base, slot.path, undefined)))
      expect({ slot: dotted(slot), status: answer.status, codes: codesOf(answer), data: answer.body.data }).toEqual({
        slot: dotted(slot),
        status: 400,
        codes: ['BAD_USER_INPUT'],
        data: undefined,
      })
    }
  })

  test('with an id, a day or a code that is none is refused before anything is done', async () => {
    const unreadable = [...ofType('UUID'), ...ofType('Date'), ...slots.filter(isEnum)]
    for (const slot of unreadable) {
      for (const value of ['2026-13-45', HUGE]) {
        const answer = await writingNothing(house, () => send(house, row.as, name, withAt(base, slot.path, value)))
        expect({ slot: dotted(slot), codes: codesOf(answer) }).toEqual({
          slot: dotted(slot),
          codes: ['BAD_USER_INPUT'],
        })
        expect(answer.text).not.toContain(value)
        expect(answer.text.length).toBeLessThan(2_000)
      }
    }
  })

  test('with a text of 200 kB anywhere names that field', async () => {
    for (const slot of ofType('String')) {
      const refusal = await refusalOf(house, row.as, name, withAt(base, slot.path, HUGE))
      expect({ slot: dotted(slot), code: refusal.code }).toEqual({ slot: dotted(slot), code: 'INVALID_INPUT' })
      expect(fieldsOf(refusal)).toContain(textIn(slot))
    }
  })

  test('with a text that no database can keep is refused, never a fault of ours', async () => {
    for (const slot of ofType('String')) {
      for (const text of ['Bagas\u0000', 'Bagas \ud800', '\u202eBagas']) {
        const refusal = await refusalOf(house, row.as, name, withAt(base, slot.path, text))
        expect(fieldsOf(refusal)).toContain(textIn(slot))
      }
    }
  })

  test('with a list of 5,000 names that field', async () => {
    for (const slot of slots.filter(({ list }) => list)) {
      const type = supergraph.getType(slot.type)
      const first = [base[dotted(slot)]].flat()[0]
      const code = isEnumType(type)
        ? type.getValues()[0]?.name
        : ({ UUID: NOBODY, String: 'Bagas' }[slot.type] ?? first)
      expect(code).toBeDefined()
      const refusal = await refusalOf(house, row.as, name, withAt(base, slot.path, Array(5_000).fill(code)))
      expect({ code: refusal.code, fields: fieldsOf(refusal) }).toMatchObject({ code: 'INVALID_INPUT' })
      expect(fieldsOf(refusal)).toContain(dotted(slot))
    }
  })

  test('with a body of 1 MB is too large', async () => {
    const answer = await writingNothing(house, () => send(house, row.as, name, { ...base, requestId: MEGABYTE }))
    expect({ status: answer.status, codes: codesOf(answer) }).toEqual({ status: 413, codes: ['BODY_TOO_LARGE'] })
  })

  test('with a day a century away names that field', async () => {
    for (const slot of ofType('Date')) {
      for (const day of ['2126-11-23', '1926-11-23']) {
        const refusal = await refusalOf(house, row.as, name, withAt(base, slot.path, day))
        expect(refusal.code).toBe('INVALID_INPUT')
        expect(fieldsOf(refusal)).toContain(dotted(slot))
      }
    }
  })

  const wrong = [...row.contradictory, ...row.malformed, ...row.future, ...row.foreign]
  test.for(wrong.map((one): [string, Wrong] => [one.why, one]))('refused: %s', async ([, one]) => {
    const refusal = await refusalOf(house, one.as ?? row.as, name, { ...base, ...one.change })
    expectRefused(refusal, one)
  })

  test('sent twice under one request id is written once (EC-46)', async () => {
    const first = outcomeOf(await send(house, row.as, name, base))
    expect(first.data).toBeDefined()
    await house.settle()
    const again = await writingNothing(house, () => send(house, row.as, name, base))
    expect(outcomeOf(again)).toEqual(first)
  })

  const { duplicate } = row
  test(`a second time, under a new request id: ${'allowed' in duplicate ? duplicate.allowed : duplicate.why}`, async () => {
    const again = { ...base, requestId: crypto.randomUUID() }
    if ('allowed' in duplicate) expect(outcomeOf(await send(house, row.as, name, again)).data).toBeDefined()
    else expectRefused(await refusalOf(house, row.as, name, again), duplicate)
  })

  test('sent twice at the same moment is written once (EC-46)', async () => {
    const single = await written(name, row, 1)
    expect(await written(name, row, 2)).toEqual(single)
  })
})

function expectRefused(refusal: Awaited<ReturnType<typeof refusalOf>>, { code, field }: Wrong): void {
  expect(refusal.code).toBe(code)
  if (field === undefined) return
  expect(fieldsOf(refusal)).toContain(field)
  expect(refusal.rule).toMatch(/\w/)
  for (const problem of refusal.problems ?? [])
    expect(problem).toEqual({
      field: expect.any(String),
      rule: expect.stringMatching(/\w/),
      message: expect.stringMatching(/\w{3}/),
    })
}

/** By how many rows each table grows when one valid input is sent this many times at once. */
async function written(name: string, row: Row, times: number): Promise<Record<string, number>> {
  const input = await row.valid(house)
  await house.settle()
  const before = await countRows(house)
  const answers = await Promise.all(Array.from({ length: times }, () => send(house, row.as, name, input)))
  for (const answer of answers) expect(outcomeOf(answer).data).toBeDefined()
  await house.settle()
  const after = await countRows(house)
  // Whom a new child resembles by chance depends on who came before it.
  const { 'civil-registry.public.match_pair': _, ...counted } = after
  return Object.fromEntries(Object.entries(counted).map(([table, rows]) => [table, rows - (before[table] ?? 0)]))
}
