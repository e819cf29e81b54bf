import type { Notice } from '@satuanak/contracts'
import type { Caller } from '@satuanak/identity'
import { expect, test } from 'vitest'
import { Audience, toldOf } from './audiences.ts'
import { Recent } from './recent.ts'

const STREAM = 'AAAAAAAA'
const [CHILD, OTHER] = ['019abc00-0000-7000-8000-000000000001', '019abc00-0000-7000-8000-000000000002']
const PLANNER: Caller = {
  subject: 'akun-1',
  name: 'Satu',
  agency: 'BAPPERIDA',
  roles: ['BAPPERIDA'],
  kelurahan: [],
  schools: [],
}
const OFFICER = { ...PLANNER, agency: 'KELURAHAN', roles: ['ADMIN_KELURAHAN'], kelurahan: ['33.75.03.1004'] } as Caller
const SCHOOL = { ...PLANNER, agency: 'DISDIK', roles: ['PANITIA_SEKOLAH'], schools: ['99000001'] } as Caller
const HEALTH = { ...PLANNER, agency: 'DINKES', roles: ['ADMIN_OPD'] } as Caller

type Facts = Notice['facts']
const NO_FACTS: Facts = { level: 2, kelurahan: [], schools: [], agencies: [], grants: [] }
const notice = (childId: string, facts: object, more: Partial<Notice> = {}): Notice => ({
  topic: 'case',
  about: 'education.enrolment.started.v1',
  at: '2026-11-23T01:00:00Z',
  ids: { childId },
  permissions: ['enrolment.read'],
  facts: { ...NO_FACTS, ...facts },
  ...more,
})

/** As many as are kept, given in this order from 1 on. */
function recentOf(kept: number, ...notices: Notice[]): Recent {
  const recent = new Recent(kept)
  recent.begin(STREAM, 0)
  notices.forEach((one, n) => void recent.push(toldOf(one, STREAM, n + 1)))
  return recent
}
/** Sequences of what this caller is sent who was last at `seq`. */
const sent = (recent: Recent, caller: Caller, seq = 0) => {
  const audience = new Audience(caller, ['inbox', 'case', 'session'])
  return recent
    .since({ stream: STREAM, seq })
    ?.flatMap((told) => (audience.mayHear(told, recent.factsOf(told)) ? [told.seq] : []))
}

test('a child that was hidden since is not named by what came before (PV-14)', () => {
  const open = recentOf(10, notice(CHILD, {}), notice(OTHER, {}))
  expect(sent(open, PLANNER)).toEqual([1, 2])
  const hidden = recentOf(10, notice(CHILD, {}), notice(OTHER, {}), notice(CHILD, { level: 4 }))
  expect(sent(hidden, PLANNER)).toEqual([2])
})

test('nor by a referral of it, to whose ends it stays known as before (RF-R3)', () => {
  const referral = { ids: { childId: CHILD, referralId: OTHER }, permissions: ['referral.read'], topic: 'inbox' }
  const facts = { agencies: ['DINSOS', 'DINKES'] }
  const recent = recentOf(10, notice(CHILD, facts, referral), notice(CHILD, { level: 4 }))
  expect([sent(recent, PLANNER), sent(recent, HEALTH)]).toEqual([[], [1]])
})

test('a referral that is heard under its own level hides the child’s other notices too', () => {
  const referral = { ids: { childId: CHILD, referralId: OTHER }, permissions: ['referral.read'] }
  const recent = recentOf(10, notice(CHILD, {}), notice(CHILD, { level: 4, agencies: ['DINSOS'] }, referral))
  expect(sent(recent, PLANNER)).toEqual([])
})

test('what comes once the child is open again is heard, also by who was told nothing in between', () => {
  const recent = recentOf(10, notice(CHILD, {}), notice(CHILD, { level: 4 }), notice(CHILD, {}))
  expect(sent(recent, PLANNER)).toEqual([3])
})

test('of what this gateway does not know nobody hears, and its facts count all the same', () => {
  const newer = notice(CHILD, { level: 4 }, { permissions: ['seat.read'] })
  expect(sent(recentOf(10, notice(CHILD, {}), newer), PLANNER)).toEqual([])
})

test.each([
  ['a pupil who left', SCHOOL, { schools: ['99000001'] }, { schools: ['99000002'] }],
  ['a child that moved away', OFFICER, { kelurahan: ['33.75.03.1004'] }, { kelurahan: ['33.75.03.1002'] }],
  ['a grant that ended', HEALTH, { grants: [{ agency: 'DINKES', parts: ['school'] }] }, {}],
])('%s: the facts of by now decide of before', (_what, caller, then, now) => {
  expect(sent(recentOf(10, notice(CHILD, then)), caller)).toEqual([1])
  expect(sent(recentOf(10, notice(CHILD, then), notice(CHILD, now)), caller)).toEqual([])
  expect(sent(recentOf(10, notice(CHILD, then), notice(OTHER, now)), caller)).toEqual([1])
})

test('the office at a referral’s end is no place of the child, and stays where it was', () => {
  const referral = { ids: { childId: CHILD, referralId: OTHER }, permissions: ['referral.read'] }
  const [here, away] = [['33.75.03.1004'], ['33.75.03.1002']]
  const ofOffice = notice(CHILD, { kelurahan: here, agencies: ['KELURAHAN', 'DUKCAPIL'] }, referral)
  expect(sent(recentOf(10, notice(CHILD, { kelurahan: away }), ofOffice), OFFICER)).toEqual([2])
  expect(sent(recentOf(10, ofOffice, notice(CHILD, { kelurahan: away })), OFFICER)).toEqual([1])
})

test('a day at a school names no child, and is decided as it was told', () => {
  const session = { topic: 'session', ids: { sessionId: CHILD }, permissions: ['ktp.session.read'] }
  const day = (schools: string[]) => notice(CHILD, { schools }, session)
  expect(sent(recentOf(10, day(['99000001']), day(['99000002'])), SCHOOL)).toEqual([1])
})

test('facts are kept as long as a notice of the child is, and no longer', () => {
  const notices = Array.from({ length: 50 }, (_, n) => notice(n % 2 === 0 ? CHILD : OTHER, { level: n === 0 ? 4 : 2 }))
  const recent = recentOf(3, ...notices, notice(OTHER, {}), notice(OTHER, {}), notice(OTHER, {}))
  expect(recent.children).toBe(1)
  recent.begin('BBBBBBBB', 0)
  expect(recent.children).toBe(0)
})

test('two who turn out to be one: nobody resumes from before, for whom it was then is not known here', () => {
  const recent = recentOf(10, notice(OTHER, {}), notice(CHILD, {}, { about: 'civil-registry.person.merged.v1' }))
  expect([sent(recent, PLANNER, 0), sent(recent, PLANNER, 1)]).toEqual([undefined, [2]])
})
