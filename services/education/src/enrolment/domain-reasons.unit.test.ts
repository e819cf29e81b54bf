import { EXIT_REASONS, Npsn } from '@satuanak/contracts'
import { expect, test } from 'vitest'
import { entryReasonAfter, exitReasonOnEntry, followUpOn, isDropOut } from './domain-reasons.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const SMP = Npsn.parse('99000001')
const last = (level: 'SD' | 'SMP' | 'PAKET_B', exitReason: 'MUTASI' | 'PUTUS_SEKOLAH' | 'LULUS' | null) => ({
  npsn: SMP,
  level,
  exitReason,
})

test('only a drop-out is put on the list at once (AT-01)', () => {
  expect(EXIT_REASONS.filter(isDropOut)).toEqual(['PUTUS_SEKOLAH'])
})

test('who is between two schools is asked after in 14 days; who finished or died is not (RF-01)', () => {
  const on = day('2026-11-23')
  const asked = EXIT_REASONS.filter((reason) => followUpOn(reason, on) !== null)
  expect(asked).toEqual(['MUTASI', 'DIKELUARKAN', 'MENGUNDURKAN_DIRI', 'LAINNYA'])
  expect(followUpOn('MUTASI', on)).toEqual(day('2026-12-07'))
})

test('a step up finishes a level, all else is a move (AT-14)', () => {
  expect(exitReasonOnEntry({ level: 'SD' }, { level: 'SMP' })).toBe('LULUS')
  expect(exitReasonOnEntry({ level: 'SMP' }, { level: 'PAKET_B' })).toBe('MUTASI')
  expect(exitReasonOnEntry({ level: 'PAKET_A' }, { level: 'PAKET_B' })).toBe('LULUS')
})

test('a child is new at a level, moves, or comes back, by the last time at school', () => {
  expect(entryReasonAfter(null, { level: 'SMP' })).toBe('BARU')
  expect(entryReasonAfter(last('SD', 'LULUS'), { level: 'SMP' })).toBe('BARU')
  expect(entryReasonAfter(last('SMP', 'MUTASI'), { level: 'SMP' })).toBe('PINDAHAN')
  expect(entryReasonAfter(last('SMP', 'PUTUS_SEKOLAH'), { level: 'PAKET_B' })).toBe('KEMBALI')
})
