import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { COUNTER } from './test-sops.ts'
import { type Entry, nextStep, takeStep } from './walk.ts'

type Id = (typeof COUNTER.steps)[number]['id']

const at = (minute: number) => Temporal.Instant.from('2026-11-23T01:00:00Z').add({ minutes: minute })
const done = (step: Id, outcome: string | null, from = 0, to = 5): Entry<Id> => ({
  step,
  outcome,
  startedAt: at(from),
  endedAt: at(to),
})

describe('the steps are taken in the document’s order', () => {
  test('the outcome decides which step is next', () => {
    expect(nextStep(COUNTER, [])).toBe('PERIKSA')
    expect(nextStep(COUNTER, [done('PERIKSA', 'COCOK')])).toBe('CATAT')
    expect(nextStep(COUNTER, [done('PERIKSA', 'TIDAK')])).toBe('PERBAIKI')
    expect(nextStep(COUNTER, [done('PERIKSA', 'SUDAH')])).toBeNull()
  })

  test('a step that still runs is its own turn, and is ended in its place', () => {
    const running = { ...done('PERIKSA', null), endedAt: null }
    expect(nextStep(COUNTER, [running])).toBe('PERIKSA')
    expect(takeStep(COUNTER, [running], done('PERIKSA', 'COCOK'))).toEqual({
      ok: true,
      entries: [done('PERIKSA', 'COCOK')],
    })
  })

  test.each([
    ['before its turn', [], done('CATAT', null), 'NOT_ITS_TURN', 'PERIKSA'],
    ['after the end', [done('PERIKSA', 'SUDAH')], done('CATAT', null), 'NOT_ITS_TURN', null],
    ['with an outcome of another step', [], done('PERIKSA', 'TUNTAS'), 'UNKNOWN_OUTCOME', 'PERIKSA'],
    ['without the outcome that a branch needs', [], done('PERIKSA', null), 'UNKNOWN_OUTCOME', 'PERIKSA'],
    ['ended before it began', [], done('PERIKSA', 'COCOK', 9, 3), 'ENDS_BEFORE_IT_STARTS', 'PERIKSA'],
    ['that the document has not', [], { ...done('CATAT', null), step: 'LAIN' as Id }, 'UNKNOWN_STEP', 'PERIKSA'],
  ] as const)('a step %s is not taken', (_what, before, entry, why, expected) => {
    expect(takeStep(COUNTER, before, entry)).toEqual({ ok: false, why, expected })
  })

  test('however steps are tried, only ways of the flow chart are ever written', () => {
    const ways = ['', 'PERIKSA', 'PERIKSA CATAT', 'PERIKSA PERBAIKI', 'PERIKSA PERBAIKI CATAT']
    const tried = fc.array(
      fc.record({
        step: fc.constantFrom<Id>('PERIKSA', 'PERBAIKI', 'CATAT'),
        outcome: fc.constantFrom('COCOK', 'TIDAK', 'SUDAH', null),
      }),
    )
    fc.assert(
      fc.property(tried, (tries) => {
        const written = tries.reduce<readonly Entry<Id>[]>((entries, { step, outcome }) => {
          const taken = takeStep(COUNTER, entries, done(step, outcome))
          return taken.ok ? taken.entries : entries
        }, [])
        expect(ways).toContain(written.map(({ step }) => step).join(' '))
      }),
    )
  })
})
