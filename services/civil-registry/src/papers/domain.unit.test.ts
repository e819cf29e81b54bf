import { PAPERS } from '@satuanak/contracts'
import { createOfficeCalendar } from '@satuanak/domain-kit/clocks'
import { expect, test } from 'vitest'
import { dueOf, isOverdue, mayHaveKia, proofsFor } from './domain.ts'

const at = (text: string) => Temporal.Instant.from(text)
const day = (text: string) => Temporal.PlainDate.from(text)

test('a request is due at the close of the fifth working day; holidays and days off do not count (RF-02, ID-29)', () => {
  const calendar = createOfficeCalendar({ zone: 'Asia/Jakarta', daysOff: ['2026-11-25'] })
  expect(dueOf(createOfficeCalendar({ zone: 'Asia/Jakarta' }), at('2026-11-23T02:00:00Z'))).toEqual(
    at('2026-11-30T09:00:00Z'),
  )
  expect(dueOf(calendar, at('2026-11-23T02:00:00Z'))).toEqual(at('2026-12-01T09:00:00Z'))
})

test('overdue is only what is still open past its limit (RF-02)', () => {
  const request = { state: 'DIPROSES', dueAt: at('2026-11-30T09:00:00Z') } as const
  expect(isOverdue(request, at('2026-11-30T09:00:00Z'))).toBe(false)
  expect(isOverdue(request, at('2026-11-30T09:00:01Z'))).toBe(true)
  expect(isOverdue({ ...request, state: 'TERBIT' }, at('2026-12-30T09:00:01Z'))).toBe(false)
})

test('a KIA is for a child under 17 who never married (ID-31)', () => {
  const today = day('2026-11-23')
  expect(mayHaveKia(day('2009-11-24'), false, today)).toBe(true)
  expect(mayHaveKia(day('2009-11-23'), false, today)).toBe(false)
  expect(mayHaveKia(day('2013-03-02'), true, today)).toBe(false)
  expect(mayHaveKia(null, false, today)).toBe(true)
})

test('where there is no proof, an SPTJM or a police report serves for akta, NIK and KK, not for a KIA (RF-02)', () => {
  const served = PAPERS.filter(
    (paper) => proofsFor(paper).includes('SPTJM') && proofsFor(paper).includes('LAPORAN_POLISI'),
  )
  expect(served).toEqual(['AKTA', 'NIK', 'KK'])
})
