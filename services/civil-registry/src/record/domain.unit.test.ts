import type { AgencyCode, ChildId, KelurahanCode } from '@satuanak/contracts'
import { describe, expect, test } from 'vitest'
import { agree, decideRecord, residences, type Said, type StatedPaper, type Statement, weigh } from './domain.ts'

const HERE = '33.75.03.1004' as KelurahanCode
const THERE = '33.75.03.1002' as KelurahanCode
const day = (date: string) => ({ date, precision: 'HARI' as const })
const at = (kelurahan: KelurahanCode, rt: string | null = null) => ({ kelurahan, rt, rw: null, line: null })

let serial = 0
function said(
  agency: AgencyCode,
  paper: StatedPaper | null,
  values: Partial<Said>,
  statedOn = '2026-01-01',
): Statement {
  const id = `01930000-0000-7000-8000-${String(++serial).padStart(12, '0')}`
  const recordedAt = Temporal.Instant.from('2026-01-01T00:00:00Z').add({ seconds: serial })
  return { id, personId: id as ChildId, agency, paper, statedOn, said: values, ruling: null, recordedAt }
}
const standings = (field: keyof Said, ...statements: Statement[]) =>
  weigh(field, statements).map(({ statement, standing }) => [statement.agency, standing])

describe('which value stands (ID-05)', () => {
  const school = said('DISDIK', 'IJAZAH_RAPOR', { birthDate: day('2013-03-02') }, '2026-05-01')
  const registry = said('DUKCAPIL', null, { birthDate: day('2013-03-12') }, '2020-01-01')
  const akta = said('DINSOS', 'AKTA', { birthDate: day('2013-04-02') }, '2019-01-01')

  test('the akta decides the birth date, whoever read it and however old it is', () => {
    expect(decideRecord([school, registry, akta]).birthDate).toEqual(day('2013-04-02'))
    expect(standings('birthDate', school, registry, akta)).toEqual([
      ['DINSOS', 'BERLAKU'],
      ['DUKCAPIL', 'LAMA'],
      ['DISDIK', 'LAMA'],
    ])
  })
  test('without an akta the registry’s own word stands, and another agency’s stands beside it', () => {
    expect(standings('birthDate', school, registry)).toEqual([
      ['DUKCAPIL', 'BERLAKU'],
      ['DISDIK', 'BERBEDA'],
    ])
  })
  test('else the latest word does', () => {
    const earlier = said('DINSOS', null, { birthDate: day('2013-01-01') }, '2025-01-01')
    expect(decideRecord([school, earlier]).birthDate).toEqual(day('2013-03-02'))
  })
  test('an agency’s own earlier word gives way to its later one', () => {
    const later = said('DUKCAPIL', null, { birthDate: day('2013-03-13') }, '2021-01-01')
    expect(standings('birthDate', registry, later)).toEqual([
      ['DUKCAPIL', 'BERLAKU'],
      ['DUKCAPIL', 'LAMA'],
    ])
  })
  test('two akta that differ are an officer’s task', () => {
    const other = said('DISDIK', 'AKTA', { birthDate: day('2013-09-09') }, '2018-01-01')
    expect(standings('birthDate', akta, other)).toEqual([
      ['DINSOS', 'BERLAKU'],
      ['DISDIK', 'BERBEDA'],
    ])
  })
  test('what the akta does not say of, it does not decide: the address goes by the KK', () => {
    const byAkta = said('DUKCAPIL', 'AKTA', { address: at(HERE) })
    const byKk = said('KELURAHAN', 'KK', { address: at(THERE) })
    expect(decideRecord([byAkta, byKk]).address?.kelurahan).toBe(THERE)
  })
})

test('names that share a key, and dates that differ only in precision, say the same (ID-20, ID-22)', () => {
  expect(agree('name', 'Moch. Ilham', 'Muhammad Ilham')).toBe(true)
  expect(agree('name', 'Bagas', 'Bagus')).toBe(false)
  const year = { date: '2013-07-01', precision: 'TAHUN' } as const
  expect(agree('birthDate', year, day('2013-03-02'))).toBe(true)
  expect(agree('birthDate', year, day('2014-03-02'))).toBe(false)
  expect(agree('birthDate', { date: '2012-07-01', precision: 'TAKSIRAN' }, day('2014-03-02'))).toBe(true)
  expect(agree('birthDate', { date: '2011-07-01', precision: 'TAKSIRAN' }, day('2014-03-02'))).toBe(false)
  expect(agree('address', at(HERE, '001'), at(HERE))).toBe(true)
  expect(agree('address', at(HERE, '001'), at(HERE, '002'))).toBe(false)
})

test('residences tell each address once, from the day the registry was told, and not one that never stood (EC-07)', () => {
  const history = residences([
    said('DUKCAPIL', null, { address: at(HERE) }, '2020-01-01'),
    said('DINSOS', null, { address: at(THERE) }, '2021-01-01'),
    said('DUKCAPIL', null, { address: at(HERE) }, '2022-01-01'),
    said('KELURAHAN', 'KK', { address: at(THERE) }, '2023-01-01'),
  ])
  expect(history.map(({ kelurahan, since }) => [kelurahan, since])).toEqual([
    [HERE, '2020-01-01'],
    [THERE, '2023-01-01'],
  ])
})
