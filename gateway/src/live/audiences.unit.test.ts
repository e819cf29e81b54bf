import type { Notice } from '@satuanak/contracts'
import type { Caller } from '@satuanak/identity'
import { expect, test } from 'vitest'
import { Audience, audienceKey, toldOf } from './audiences.ts'

const PEKSOS: Caller = {
  subject: 'akun-1',
  name: 'Satu',
  agency: 'DINSOS',
  roles: ['PEKSOS'],
  kelurahan: [],
  schools: [],
}
const notice = (more: Partial<Notice> = {}): Notice => ({
  topic: 'case',
  about: 'civil-registry.paper.issued.v1',
  at: '2026-11-23T01:00:00Z',
  ids: {},
  permissions: ['papers.read'],
  facts: { level: 2, kelurahan: [], schools: [], agencies: [], grants: [] },
  ...more,
})
const mayHear = (caller: Caller, given: Notice, topics = ['inbox', 'case', 'session']) =>
  new Audience(caller, topics).mayHear(toldOf(given, 'AAAAAAAA', 1), given.facts)

test('all that a notice names must be held: one is not enough', () => {
  expect(mayHear(PEKSOS, notice())).toBe(true)
  expect(mayHear(PEKSOS, notice({ permissions: ['papers.read', 'nik.read'] }))).toBe(false)
})

test('the facts of the notice decide, as they do in the graph', () => {
  const facts = { ...notice().facts, level: 4 as const }
  expect(mayHear(PEKSOS, notice({ facts }))).toBe(true)
  const planner: Caller = { ...PEKSOS, agency: 'BAPPERIDA', roles: ['BAPPERIDA'] }
  expect([mayHear(planner, notice()), mayHear(planner, notice({ facts }))]).toEqual([true, false])
})

test('a permission or a topic that this gateway does not know is nobody’s', () => {
  expect(mayHear(PEKSOS, notice({ permissions: ['papers.read', 'seat.read'] }))).toBe(false)
  expect(mayHear(PEKSOS, notice({ permissions: [] }))).toBe(false)
  expect(mayHear(PEKSOS, notice({ topic: 'seat' }))).toBe(false)
})

test('who has the same say listens together, whoever it is; who has another does not', () => {
  const key = (caller: Partial<Caller>, topics = ['case', 'inbox']) => audienceKey({ ...PEKSOS, ...caller }, topics)
  expect(key({ subject: 'akun-2', name: 'Dua' })).toBe(key({}))
  expect(key({}, ['inbox', 'case'])).toBe(key({}))
  const others = [{ agency: 'RPPSA' }, { roles: ['PNY'] }, { kelurahan: ['33.75.03.1004'] }, { schools: ['99000001'] }]
  for (const other of others) expect(key(other as Partial<Caller>)).not.toBe(key({}))
  expect(key({}, ['case'])).not.toBe(key({}))
})
