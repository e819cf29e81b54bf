import { describe, expect, test } from 'vitest'
import {
  CLOSED_STATES,
  DUPLICATE_STEPS,
  dueOf,
  earliestStep,
  endBy,
  isOverdue,
  nextSteps,
  OPEN_STATES,
} from './domain.ts'

const day = (text: string) => Temporal.PlainDate.from(text)

describe('a duplicate record (KT-03, RF-21)', () => {
  test('is first of all to be deleted where it was recorded first, or moved in from there', () => {
    expect(nextSteps('BARU')).toEqual(['HAPUS_DIMINTA', 'PINDAH_MASUK', 'KARTU_DI_DAERAH_ASAL'])
  })

  test('is asked for again after a refusal', () => {
    expect(nextSteps('HAPUS_DIMINTA')).toContain('DITOLAK_DAERAH_ASAL')
    expect(nextSteps('DITOLAK_DAERAH_ASAL')).toContain('HAPUS_DIMINTA')
  })

  test('a refusal is one of something that was asked for', () => {
    for (const state of ['BARU', 'PINDAH_MASUK', 'DITOLAK_DAERAH_ASAL'] as const) {
      expect(nextSteps(state)).not.toContain('DITOLAK_DAERAH_ASAL')
    }
  })

  test('open, there is always something to do; closed, nothing', () => {
    for (const state of OPEN_STATES) expect(nextSteps(state)).not.toEqual([])
    for (const state of CLOSED_STATES) expect(nextSteps(state)).toEqual([])
  })

  test('every step can be reached from the beginning', () => {
    const reached = new Set(OPEN_STATES.flatMap(nextSteps))
    expect(reached).toEqual(new Set(DUPLICATE_STEPS))
  })

  test('is due 30 calendar days after, and late from the day after that', () => {
    const dueOn = dueOf(day('2026-01-31'))
    expect(dueOn.toString()).toBe('2026-03-02')
    expect(isOverdue({ closedAt: null, dueOn }, day('2026-03-02'))).toBe(false)
    expect(isOverdue({ closedAt: null, dueOn }, day('2026-03-03'))).toBe(true)
  })

  test('closed, it is late no more', () => {
    const closedAt = Temporal.Instant.from('2026-05-01T00:00:00Z')
    expect(isOverdue({ closedAt, dueOn: day('2026-03-02') }, day('2026-06-01'))).toBe(false)
  })

  test('no step is older than the one before, the first not older than the case', () => {
    const openedOn = day('2026-01-31')
    const first = { step: 'HAPUS_DIMINTA', office: '33.26', doneOn: day('2026-02-05') } as const
    expect(earliestStep({ openedOn, steps: [] })).toEqual(openedOn)
    expect(earliestStep({ openedOn, steps: [first] })).toEqual(first.doneOn)
  })

  test('ends well where the centre finds it unique, or tells of a card already', () => {
    expect(['PRINT_READY_RECORD', 'CARD_ISSUED', 'BIO_CAPTURED'].map(endBy)).toEqual(['PRR', 'PRR', 'STATUS_LAIN'])
  })
})
