import fc from 'fast-check'
import { GraphQLError, type GraphQLScalarType, isScalarType } from 'graphql'
import { expect, test } from 'vitest'
import { createBuilder, toSubgraph } from './index.ts'

const { schema } = toSubgraph(createBuilder())

function scalar(name: string): GraphQLScalarType {
  const type = schema.getType(name)
  if (!isScalarType(type)) throw new Error(`${name} is no scalar`)
  return type
}

function refusalOf(name: string, value: unknown): GraphQLError {
  try {
    scalar(name).parseValue(value)
  } catch (error) {
    if (error instanceof GraphQLError) return error
    throw error
  }
  throw new Error(`${name} took ${JSON.stringify(value)}`)
}

test('a day is read and written as YYYY-MM-DD', () => {
  expect(scalar('Date').parseValue('2012-02-29')).toEqual(Temporal.PlainDate.from('2012-02-29'))
  expect(scalar('Date').serialize(Temporal.PlainDate.from('2012-02-29'))).toBe('2012-02-29')
})

test('a time is read with any offset and written in UTC', () => {
  const time = scalar('DateTime').parseValue('2026-11-23T08:30:00+07:00')
  expect(scalar('DateTime').serialize(time)).toBe('2026-11-23T01:30:00.000Z')
})

test('a UUID is read in any case and written in lower case', () => {
  const id = '0199B8F0-0000-7000-8000-00000000000A'
  expect(scalar('UUID').parseValue(id)).toBe(id.toLowerCase())
  expect(scalar('UUID').serialize(id)).toBe(id.toLowerCase())
})

test.each([
  ['33', '33'],
  ['3375', '33.75'],
  ['33.75.01', '33.75.01'],
  ['3375011001', '33.75.01.1001'],
  ['33.75.01.1001', '33.75.01.1001'],
])('the region code %s is %s with its dots (ID-23)', (given, dotted) => {
  expect(scalar('RegionCode').parseValue(given)).toBe(dotted)
  expect(scalar('RegionCode').serialize(given)).toBe(dotted)
})

test('a NIK leaves only masked: anything else fails on its way out, and is not repeated in the fault', () => {
  const mask = `${'*'.repeat(12)}0001`
  expect(scalar('MaskedNik').serialize(mask)).toBe(mask)
  for (const nik of ['9901015501120001', `9901${'*'.repeat(8)}0001`, `${mask}1`, '', null, 9901]) {
    expect(() => scalar('MaskedNik').serialize(nik)).toThrow(/^A resolver gave something that is no MaskedNik\.$/)
  }
})

test('a masked NIK is never an input', () => {
  expect(refusalOf('MaskedNik', `${'*'.repeat(12)}0001`).extensions.code).toBe('BAD_USER_INPUT')
})

test.each([
  [
    'Date',
    ['2012-02-30', '2012-2-3', '31-12-2012', '2012-02-28T00:00:00Z', '', 20120228, null, {}, '2012-01-01[u-ca=hebrew]'],
  ],
  [
    'DateTime',
    ['2026-11-23', '2026-11-23T08:30:00', '2026-11-23T25:30:00Z', '2026-11-23T08:30:00+07:00[Asia/Jakarta]', 0],
  ],
  ['UUID', ['', 'x', '0199b8f0000070008000000000000001', '0199b8f0-0000-9000-8000-000000000001', 1, []]],
  ['RegionCode', ['3', '337', '33.750', '33.75.1', '33.75.01.100', '33..75', '33.75.01.1001.', 3375, ' 33']],
] as const)('what is no %s is refused by name with the remedy, never the value', (name, values) => {
  for (const value of values) {
    const error = refusalOf(name, value)
    expect(error.extensions).toEqual({
      code: 'BAD_USER_INPUT',
      message: {
        id: expect.stringMatching(`^${name} tidak sah: `),
        en: expect.stringMatching(`^Not a valid ${name}: `),
      },
    })
  }
})

test('no text of any kind makes a scalar throw anything but its refusal, or repeat the text', () => {
  const scalars = fc.constantFrom('Date', 'DateTime', 'UUID', 'RegionCode', 'MaskedNik')
  fc.assert(
    fc.property(scalars, fc.oneof(fc.string(), fc.anything(), fc.constant('9'.repeat(1_000_000))), (name, value) => {
      try {
        scalar(name).parseValue(value)
      } catch (error) {
        expect(error).toBeInstanceOf(GraphQLError)
        expect(String(error).length).toBeLessThan(300)
      }
    }),
  )
})

test('what a scalar wrote, it reads back to the same (fast-check)', () => {
  const day = fc.date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  fc.assert(
    fc.property(day, (date) => {
      const instant = Temporal.Instant.fromEpochMilliseconds(date.getTime())
      const plain = instant.toZonedDateTimeISO('UTC').toPlainDate()
      const [time, written] = [scalar('DateTime').serialize(instant), scalar('Date').serialize(plain)]
      expect((scalar('DateTime').parseValue(time) as Temporal.Instant).equals(instant)).toBe(true)
      expect((scalar('Date').parseValue(written) as Temporal.PlainDate).equals(plain)).toBe(true)
    }),
  )
})

test('a fault of ours on the way out is no refusal: it is masked like any other fault', () => {
  expect(() => scalar('Date').serialize('2012-02-28')).toThrow('A resolver gave something that is no Date.')
  expect(() => scalar('DateTime').serialize(new Date())).toThrow('A resolver gave something that is no DateTime.')
  expect(() => scalar('UUID').serialize(7)).toThrow('A resolver gave something that is no UUID.')
})
