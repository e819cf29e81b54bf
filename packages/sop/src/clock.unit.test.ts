import { createOfficeCalendar } from '@satuanak/domain-kit/clocks'
import { describe, expect, test } from 'vitest'
import { type ClockedEntry, clockOf } from './clock.ts'
import { defineSop } from './define-sop.ts'
import { months, workingDays } from './limit.ts'
import { COUNTER, ORIENTASI } from './test-sops.ts'

/** Balangan: Central Indonesian Time. */
const calendar = createOfficeCalendar({ zone: 'Asia/Makassar' })
const at = (local: string) => Temporal.Instant.from(`${local}:00+08:00`)

type Id = (typeof COUNTER.steps)[number]['id']
const entry = (step: Id, from: string, to: string | null, more: Partial<ClockedEntry<Id>> = {}): ClockedEntry<Id> => ({
  step,
  startedAt: at(from),
  endedAt: to === null ? null : at(to),
  outcome: null,
  ...more,
})
const clock = (one: ClockedEntry<Id>, now = '2026-11-23T15:00') =>
  clockOf(COUNTER, [one], { now: at(now), calendar }).find(({ step }) => step === one.step)

describe('minutes run in office time (ID-29)', () => {
  test.each([
    ['in time to the minute', '2026-11-23T08:00', '2026-11-23T08:20', 20, 0],
    ['a minute late', '2026-11-23T08:00', '2026-11-23T08:21', 21, 1],
    ['over the midday rest, which does not count', '2026-11-23T11:50', '2026-11-23T13:10', 20, 0],
    ['over night, which does not count', '2026-11-23T15:50', '2026-11-24T07:45', 25, 5],
  ])('%s', (_what, from, to, elapsed, lateBy) => {
    expect(clock(entry('CATAT', from, to))).toMatchObject({ state: 'SELESAI', unit: 'minutes', elapsed, lateBy })
  })

  test('of a limit of 5 to 10 minutes only what exceeds the 10 is late', () => {
    expect(clock(entry('PERBAIKI', '2026-11-23T08:00', '2026-11-23T08:10'))).toMatchObject({ lateBy: 0 })
    expect(clock(entry('PERBAIKI', '2026-11-23T08:00', '2026-11-23T08:12'))).toMatchObject({ lateBy: 2 })
  })

  test('a step that runs is measured up to now, and is due when its minutes are over', () => {
    const running = entry('CATAT', '2026-11-23T08:00', null)
    expect(clock(running, '2026-11-23T08:30')).toMatchObject({ state: 'BERJALAN', elapsed: 30, lateBy: 10 })
    expect(clock(running, '2026-11-23T08:30')?.dueAt?.equals(at('2026-11-23T08:20'))).toBe(true)
  })

  test('a step that nobody began has taken no time and is not late', () => {
    const [first] = clockOf(COUNTER, [], { now: at('2026-11-23T15:00'), calendar })
    expect(first).toMatchObject({ step: 'PERIKSA', state: 'BELUM', elapsed: null, dueAt: null, lateBy: 0 })
  })
})

describe('while the official is away the clock shows "tertunda: pejabat" instead of failing (RPP-R1)', () => {
  const away = (to: string | null, delegate: string | null) => [
    { reason: 'PEJABAT' as const, from: at('2026-11-23T08:10'), to: to === null ? null : at(to), delegate },
  ]

  test('nothing is late while nobody can act, and no due time is promised', () => {
    const waiting = entry('CATAT', '2026-11-23T08:00', null, { pauses: away(null, null) })
    expect(clock(waiting)).toMatchObject({ state: 'TERTUNDA_PEJABAT', elapsed: 10, dueAt: null, lateBy: 0 })
  })

  test('once a delegate acts the step goes on, the absence left out', () => {
    const pauses = away('2026-11-23T11:00', 'akun-plh-01')
    expect(clock(entry('CATAT', '2026-11-23T08:00', '2026-11-23T11:10', { pauses }))).toMatchObject({
      state: 'SELESAI',
      elapsed: 20,
      lateBy: 0,
    })
    expect(clock(entry('CATAT', '2026-11-23T08:00', '2026-11-23T11:15', { pauses }))).toMatchObject({ lateBy: 5 })
  })

  test('an absence after the due time excuses nothing', () => {
    const pauses = [
      { reason: 'PEJABAT' as const, from: at('2026-11-23T08:30'), to: at('2026-11-23T09:00'), delegate: null },
    ]
    expect(clock(entry('CATAT', '2026-11-23T08:00', '2026-11-23T09:00', { pauses }))?.lateBy).toBe(40)
  })
})

describe('days', () => {
  test('a shelter’s days are calendar days, weekends included (ID-29, RPP-9.2.01)', () => {
    // Friday to Sunday: the letter had one day.
    const letter = {
      step: '2' as const,
      startedAt: at('2026-11-27T09:00'),
      endedAt: at('2026-11-29T09:00'),
      outcome: null,
    }
    const [, clocked] = clockOf(ORIENTASI, [letter], { now: at('2026-11-30T09:00'), calendar })
    expect(clocked).toMatchObject({ unit: 'days', elapsed: 2, lateBy: 1 })
  })

  const step = { title: COUNTER.title, actors: [], needs: [], output: null, per: 'case', next: null } as const
  const only = (limit: ReturnType<typeof months>, clock: 'office' | 'calendar') =>
    defineSop({ ...COUNTER, steps: [{ ...step, id: 'SATU', limit, clock }] })
  const took = (sop: ReturnType<typeof only>, from: string, to: string) =>
    clockOf(sop, [{ step: 'SATU', startedAt: at(from), endedAt: at(to), outcome: null }], { now: at(to), calendar })[0]

  test('an office’s days are working days: the weekend makes nobody late (ID-29)', () => {
    expect(took(only(workingDays(2), 'office'), '2026-11-27T09:00', '2026-12-01T15:00')).toMatchObject({
      elapsed: 2,
      lateBy: 0,
    })
    expect(took(only(workingDays(2), 'office'), '2026-11-27T09:00', '2026-12-02T15:00')).toMatchObject({ lateBy: 1 })
  })

  test('six months of a stay end on the same day of the month (RPP-R2)', () => {
    const stay = took(only(months(3, 6), 'calendar'), '2026-01-31T09:00', '2026-07-31T09:00')
    expect(stay).toMatchObject({ lateBy: 0 })
    expect(stay?.dueAt?.equals(at('2026-07-31T09:00'))).toBe(true)
  })
})
