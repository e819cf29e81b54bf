import { AGENCIES, ATS_CATEGORIES, ATS_SOURCES } from '@satuanak/contracts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type FieldCheck, isConcluded, isOfSchoolAge, sourceOf, stateAfterCheck, whyFlagged } from './domain.ts'
import { ATS_STATES, type AtsState, isFinal, mayFollow, NEXT, OUTCOMES } from './domain-states.ts'
import { AtsAlreadyVerified, SecondVisitNeeded } from './errors.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const visit = (date: string, result: FieldCheck['result'] = 'BERTEMU_KELUARGA'): FieldCheck => ({
  date: day(date),
  method: 'KUNJUNGAN_RUMAH',
  result,
  volunteer: 'akun-relawan-01',
})
const inVain = (date: string) => visit(date, 'TIDAK_DITEMUKAN')

/** Any way through the table, from a fresh report on. */
const anyWalk = fc.array(fc.nat(), { maxLength: 20 }).map((choices) => {
  const walk: AtsState[] = ['BELUM_VERIFIKASI']
  for (const choice of choices) {
    const options: readonly AtsState[] = NEXT[walk.at(-1) ?? 'BELUM_VERIFIKASI']
    const next = options[choice % Math.max(1, options.length)]
    if (next) walk.push(next)
  }
  return walk
})

describe('the state table (TUN-R1)', () => {
  /** The steps by which an OPD gives something back (RF-R2). */
  const givesBack = (from: AtsState | undefined, to: AtsState) =>
    to === 'TERVERIFIKASI' && (from === 'DIPETAKAN' || from === 'DIUSULKAN')
  const untilGivenBack = (walk: readonly AtsState[]) => {
    const back = walk.findIndex((state, at) => givesBack(walk[at - 1], state))
    return back === -1 ? walk : walk.slice(0, back)
  }

  test('no way leads round in a circle, but for what an OPD gives back to be mapped again (RF-R2)', () => {
    fc.assert(
      fc.property(anyWalk, (walk) => {
        const once = untilGivenBack(walk)
        return new Set(once).size === once.length
      }),
    )
  })

  test('no record is verified or called invalid without having been in verification (TUN-R2)', () => {
    const found: readonly AtsState[] = ['TERVERIFIKASI', 'TIDAK_VALID', 'TIDAK_DITEMUKAN', 'PINDAH', 'DUPLIKAT']
    fc.assert(
      fc.property(anyWalk, (walk) =>
        walk.every(
          (state, at) =>
            !found.includes(state) || walk[at - 1] === 'DALAM_VERIFIKASI' || givesBack(walk[at - 1], state),
        ),
      ),
    )
  })

  test.for(ATS_STATES.filter((state) => !isFinal(state)))('an enrolment closes a record that is %s', (state) => {
    expect(mayFollow(state, 'SELESAI')).toBe(true)
  })

  test.for(ATS_STATES)('%s can be reached', (state) => {
    expect(state === 'BELUM_VERIFIKASI' || ATS_STATES.some((from) => mayFollow(from, state))).toBe(true)
  })
})

describe('a verification', () => {
  const before = ATS_STATES.filter((state) => state === 'DALAM_VERIFIKASI' || mayFollow(state, 'DALAM_VERIFIKASI'))

  test.for(before)('of a record that is %s says that the child is out of school (TUN-05, TUN-06)', (state) => {
    const finding = { fieldCheck: visit('2026-11-20'), outcome: null, npsn: null }
    expect(stateAfterCheck({ state, fieldChecks: [] }, finding)).toBe('TERVERIFIKASI')
  })

  test('leads only where the table allows, whatever is found', () => {
    const anyFinding = fc.record({ state: fc.constantFrom(...before), outcome: fc.constantFrom(null, ...OUTCOMES) })
    fc.assert(
      fc.property(anyFinding, fc.boolean(), ({ state, outcome }, again) => {
        const finding = { fieldCheck: inVain('2026-11-20'), outcome, npsn: null }
        const to = stateAfterCheck({ state, fieldChecks: again ? [inVain('2026-11-19')] : [] }, finding)
        expect(to === 'DALAM_VERIFIKASI' || mayFollow('DALAM_VERIFIKASI', to)).toBe(true)
      }),
    )
  })

  test.for(ATS_STATES.filter((state) => !before.includes(state)))('of a record that is %s is refused', (state) => {
    const finding = { fieldCheck: visit('2026-11-20'), outcome: null, npsn: null }
    expect(() => stateAfterCheck({ state, fieldChecks: [] }, finding)).toThrow(AtsAlreadyVerified)
  })

  test('calls a child not found only after two visits on different dates (AT-04, EC-20)', () => {
    const notFound = (date: string) => ({ fieldCheck: inVain(date), outcome: 'V06', npsn: null }) as const
    const fresh = { state: 'BELUM_VERIFIKASI', fieldChecks: [] } as const
    const once = { state: 'DALAM_VERIFIKASI', fieldChecks: [inVain('2026-11-20')] } as const
    expect(stateAfterCheck(fresh, notFound('2026-11-20'))).toBe('DALAM_VERIFIKASI')
    expect(() => stateAfterCheck(once, notFound('2026-11-20'))).toThrow(SecondVisitNeeded)
    expect(stateAfterCheck(once, notFound('2026-11-21'))).toBe('TIDAK_DITEMUKAN')
  })

  test('is concluded by every state but that of a child still looked for', () => {
    expect(isConcluded('DALAM_VERIFIKASI')).toBe(false)
    expect(isConcluded('TERVERIFIKASI')).toBe(true)
    expect(isConcluded('TIDAK_DITEMUKAN')).toBe(true)
  })
})

describe('out-of-school age (AT-01, EC-17)', () => {
  const today = day('2026-11-23')
  const AGES = [
    ['2022-11-23', 'HARI', true],
    ['2022-11-24', 'HARI', false],
    ['2000-11-24', 'HARI', true],
    ['2000-11-23', 'HARI', false],
    ['2000-07-01', 'TAKSIRAN', true],
    ['1999-07-01', 'TAKSIRAN', false],
    ['1986-01-01', 'HARI', false],
  ] as const

  test.for(AGES)('a child born %s (%s) may be on the list: %s', ([born, precision, fits]) => {
    expect(isOfSchoolAge(day(born), precision, today)).toBe(fits)
  })
})

test('a kelurahan speaks for itself, every other desk for a school (TUN-03)', () => {
  expect(sourceOf('KELURAHAN')).toBe('KELURAHAN')
  expect(AGENCIES.filter((agency) => sourceOf(agency) === 'KELURAHAN')).toEqual(['KELURAHAN'])
})

test('why a child is listed is said with source, rule and date, in both languages', () => {
  const said = whyFlagged({ source: 'OUTREACH', category: 'DO' }, day('2026-11-23'))
  expect(said.id).toBe(
    'Ditemukan asesmen penjangkauan Dinas Sosial (TPI-04) pada 23 November 2026 sebagai anak putus sekolah (DO, AT-01).',
  )
  expect(said.en).toContain('on 23 November 2026 as having dropped out (DO, AT-01).')
  for (const source of ATS_SOURCES) {
    for (const category of ATS_CATEGORIES) {
      expect(whyFlagged({ source, category }, day('2026-03-09')).id).toMatch(
        /\((TUN-03|TPI-04|AT-02)\) pada 9 Maret 2026/,
      )
    }
  }
})
