import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { rulesOf, taken } from '../test-values.ts'
import { PROVINCES, REGENCIES } from './region-names.ts'
import {
  formatRegionCode,
  PLACES,
  parseRegionCode,
  parseRtRw,
  regenciesOf,
  regionName,
  villageByOldName,
  zoneOf,
} from './regions.ts'

describe('region codes', () => {
  test('dotted and undotted say the same, and both are kept (ID-23)', () => {
    const kelurahan = { dotted: '33.75.01.1002', undotted: '3375011002', level: 'village', villageKind: 'kelurahan' }
    expect(taken(parseRegionCode('33.75.01.1002'))).toEqual(kelurahan)
    expect(taken(parseRegionCode('3375011002'))).toEqual(kelurahan)
  })

  test.each([
    ['33.75.01.1002', 'kelurahan'],
    ['63.11.01.2001', 'desa'],
    ['91.03.01.3007', 'desa adat'],
  ])('the village part of %s tells a %s (ID-23)', (code, villageKind) => {
    expect(taken(parseRegionCode(code)).villageKind).toBe(villageKind)
  })

  test.each([['33'], ['33.75'], ['33.75.01']])('%s is a region too, and no village (ID-23)', (code) => {
    expect(taken(parseRegionCode(code))).toMatchObject({ dotted: code, villageKind: null })
  })

  test.each([['3'], ['33.75.01.10'], ['33.75.01.9002'], ['33.75.01.100Z'], [''], [null], ['1'.repeat(1_000_000)]])(
    'what is no region code is refused (ID-23)',
    (input) => {
      expect(rulesOf(parseRegionCode(input))).toEqual(['E ID-23'])
    },
  )

  test('another level than the field asks for is refused (ID-23)', () => {
    expect(rulesOf(parseRegionCode('33.75', { level: 'village' }))).toEqual(['E ID-23'])
    expect(rulesOf(parseRegionCode('33.75.01.1002', { level: 'village' }))).toEqual([])
  })

  test('a regency unknown today is flagged, not refused (ID-06, EC-15)', () => {
    expect(rulesOf(parseRegionCode('64.73.01'))).toEqual(['W ID-23'])
    expect(rulesOf(parseRegionCode('99.71'))).toEqual(['W ID-23'])
  })

  test('parse(format(code)) = code, for every regency of today (ID-23)', () => {
    const codes = fc
      .tuple(fc.constantFrom(...Object.keys(REGENCIES)), fc.stringMatching(/^(\d{2}([123]\d{3})?)?$/))
      .map((parts) => parts.join(''))
    fc.assert(
      fc.property(codes, (undotted) => {
        expect(taken(parseRegionCode(formatRegionCode(undotted))).undotted).toBe(undotted)
      }),
    )
  })
})

describe('old prefixes', () => {
  test.each([
    ['6473', ['65.71']],
    ['6308', ['63.08', '63.11']],
    ['3375', ['33.75']],
    ['9900', []],
  ])('a number that begins with %s may come from %s (ID-06)', (prefix, regencies) => {
    expect(regenciesOf(prefix)).toEqual(regencies)
  })

  test('what an old prefix means today is a regency of today (ID-06)', () => {
    const anyPrefix = fc.integer({ min: 1101, max: 9799 }).map(String)
    fc.assert(
      fc.property(anyPrefix, (prefix) => {
        for (const regency of regenciesOf(prefix)) expect(regionName(regency)).not.toBeNull()
      }),
    )
  })
})

describe('the five places', () => {
  test.each([
    ['33.75', 'Kota Pekalongan', 4, 'Asia/Jakarta'],
    ['21.72', 'Kota Tanjungpinang', 4, 'Asia/Jakarta'],
    ['63.11', 'Kabupaten Balangan', 8, 'Asia/Makassar'],
    ['65.71', 'Kota Tarakan', 4, 'Asia/Makassar'],
    ['52.71', 'Kota Mataram', 6, 'Asia/Makassar'],
  ])('%s is %s, with %i kecamatan, in %s (ID-25, ID-28)', (code, name, kecamatan, zone) => {
    const place = PLACES[code]
    expect(place?.name).toBe(name)
    expect(regionName(code)).toContain(name.split(' ')[1]?.slice(0, 7))
    expect(Object.keys(place?.districts ?? {})).toHaveLength(kecamatan)
    expect(place?.zone).toBe(zone)
    expect(zoneOf(`${code}.01`)).toBe(zone)
  })

  test('kecamatan are found by code (ID-25)', () => {
    expect(PLACES['52.71']?.districts['52.71.06']).toBe('Sandubaya')
  })

  test('every province has a zone; an unknown one has none (ID-28)', () => {
    for (const province of Object.keys(PROVINCES)) expect(zoneOf(province)).toMatch(/^Asia\//)
    expect(zoneOf('91')).toBe('Asia/Jayapura')
    expect(zoneOf('99')).toBeNull()
  })

  test('a kelurahan of before 2015 leads to the one of today (ID-26, EC-15)', () => {
    expect(villageByOldName(' Sapuro ')).toBe('33.75.01.1004')
    expect(villageByOldName('toString')).toBeNull()
  })
})

describe('RT and RW', () => {
  test.each([
    ['1', '001'],
    ['01', '001'],
    ['001', '001'],
    [7, '007'],
    ['12', '012'],
    ['-', null],
    [' -- ', null],
    ['', null],
    [null, null],
    ['0', null],
    ['000', null],
  ])('%o is %o (ID-24, EC-16)', (input, expected) => {
    expect(taken(parseRtRw(input))).toBe(expected)
  })

  test.each([['1234'], ['1A'], ['1'.repeat(1_000_000)], ['.']])('what is no RT is refused (ID-24)', (input) => {
    expect(rulesOf(parseRtRw(input))).toEqual(['E ID-24'])
  })

  test('parse is the same the second time (ID-24)', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{1,3}$/), (typed) => {
        const once = taken(parseRtRw(typed))
        expect(taken(parseRtRw(once))).toBe(once)
      }),
    )
  })
})
