import { expect, test } from 'vitest'
import { isBehind, KNOWN_STATUSES } from './domain-statuses.ts'
import { type Coding, fileStatus } from './file-status.ts'

const read = (cell: unknown, coding: Coding) => {
  const parsed = fileStatus(cell, coding)
  return parsed.ok ? parsed.value : parsed.problems.map(({ rule }) => rule)
}

test('OpenSID’s codes are read as numbers, texts or by their names, one that this house does not know is kept (KT-02)', () => {
  expect([5, '5', 'Print Ready Record', 'SUDAH REKAM'].map((cell) => read(cell, 'opensid'))).toEqual([
    { openSid: 5 },
    { openSid: 5 },
    { openSid: 5 },
    { openSid: 3 },
  ])
  expect(read('9', 'opensid')).toEqual({ code: 'OPENSID_9' })
  expect(read('HUB_TRANSFER', 'opensid')).toEqual({ code: 'HUB_TRANSFER' })
})

test('a number in a national file is refused with the remedy: whose code it is nobody can tell (KT-02)', () => {
  expect(read(5, 'nasional')).toEqual(['KT-02'])
  expect(read('PRR', 'nasional')).toEqual({ code: 'PRR' })
  expect(read('Print Ready Record', 'nasional')).toEqual({ code: 'Print Ready Record' })
})

test('what is no status, or may hold a NIK, is refused (KT-01, ID-09)', () => {
  for (const cell of ['', 'sudah?', 12.5, '3,1', 'X990101011209', '123']) {
    expect(Array.isArray(read(cell, 'opensid')), String(cell)).toBe(true)
  }
})

test('no status is behind itself, and of two known ones at most one is behind the other', () => {
  for (const one of KNOWN_STATUSES) {
    expect(isBehind(one, one)).toBe(false)
    for (const other of KNOWN_STATUSES) expect(isBehind(one, other) && isBehind(other, one)).toBe(false)
  }
  expect(isBehind('PRINT_READY_RECORD', 'CARD_ISSUED')).toBe(true)
  expect(isBehind('HUB_TRANSFER', 'CARD_ISSUED')).toBe(false)
})
