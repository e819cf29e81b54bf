import { expect, test } from 'vitest'
import { changesOf, correctable, isOverdue } from './domain.ts'

const person = {
  name: 'Bagas Pratama',
  sex: 'L',
  birthDate: '2013-03-02',
  birthPlace: null,
  motherName: 'Siti',
} as const

test('only the fields that are named are corrected, to what the akta says (BLG-05)', () => {
  expect(changesOf(person, ['NAMA', 'TANGGAL_LAHIR'])).toEqual({ name: 'Bagas Pratama', birthDate: '2013-03-02' })
})

test('SIAK is told only what both have and the registry knows (BLG-05)', () => {
  expect(correctable(person, ['ALAMAT', 'TEMPAT_LAHIR', 'NAMA_IBU', 'NAMA'])).toEqual(['NAMA', 'NAMA_IBU'])
})

test('a correction that waits past its third day is overdue, one that is done never (RF-22)', () => {
  const dueAt = Temporal.Instant.from('2026-11-26T16:59:59Z')
  const now = dueAt.add({ seconds: 1 })
  expect(isOverdue({ state: 'MENUNGGU', dueAt }, now)).toBe(true)
  expect(isOverdue({ state: 'MENUNGGU', dueAt }, dueAt)).toBe(false)
  expect(isOverdue({ state: 'DIPERBAIKI', dueAt }, now)).toBe(false)
})
