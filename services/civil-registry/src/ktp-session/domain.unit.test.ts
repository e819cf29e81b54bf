import type { ChildId } from '@satuanak/contracts'
import { createOfficeCalendar } from '@satuanak/domain-kit/clocks'
import {
  AT_SCHOOL,
  BY_OFFICER,
  DIREKAM_DI_SEKOLAH,
  followCard,
  isUnfinished,
  PUPIL_STATES,
  type PupilEntry,
  type PupilStepId,
  progressOf,
  type SessionPupil,
  type SiakCheck,
  workPupil,
} from '@satuanak/offline-session/rules'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { capacityOf, capacityWarning, type Session } from './domain.ts'
import { limitInMinutes, minutesOf } from './domain-minutes.ts'
import { isContradicted, type Seen } from './domain-siak.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
/** WITA */
const at = (time: string) => Temporal.Instant.from(`2026-11-26T${time}:00+08:00`)

const pupil = (more: Partial<SessionPupil> = {}): SessionPupil => ({
  childId: '01930000-0000-7000-8000-000000000001' as ChildId,
  number: 1,
  state: 'BELUM_DICEK',
  reason: null,
  carriedFrom: null,
  sixteenOn: day('2025-12-01'),
  everMarried: false,
  siakFields: [],
  siak: null,
  papers: [],
  exceptions: [],
  place: null,
  printFrom: null,
  steps: [],
  ...more,
})
const entry = (step: PupilStepId, outcome: string | null, from = '08:00', to = '08:05'): PupilEntry => ({
  step,
  outcome,
  startedAt: at(from),
  endedAt: at(to),
  officer: 'akun-perekaman-01',
})
/** The states a pupil goes through, step by step. */
function through(start: SessionPupil, ...entries: readonly PupilEntry[]): readonly string[] {
  const states: string[] = []
  let now = start
  for (const one of entries) {
    const worked = workPupil(now, one, {})
    if (!worked.ok) return [...states, worked.why]
    now = worked.pupil
    states.push(now.state)
  }
  return states
}

describe('Balangan’s SOP is data, as its document has it (DOMAIN §1.3)', () => {
  test('eight steps, each with its minutes', () => {
    expect(DIREKAM_DI_SEKOLAH.steps.map(({ id, limit }) => [id, limit?.to, limit?.unit])).toEqual([
      ['BLG-01', 30, 'minutes'],
      ['BLG-02', 2, 'hours'],
      ['BLG-03', 5, 'minutes'],
      ['BLG-04', 5, 'minutes'],
      ['BLG-05', 10, 'minutes'],
      ['BLG-06', 20, 'minutes'],
      ['BLG-07', 5, 'minutes'],
      ['BLG-08', 30, 'minutes'],
    ])
  })

  test('of the equipment none is left out (BLG-H4)', () => {
    expect(DIREKAM_DI_SEKOLAH.equipment).toHaveLength(14)
  })
})

describe('at the school', () => {
  test('never recorded, SIAK matches, recorded (BLG-03 branch 2, BLG-04 branch 1, BLG-06)', () => {
    const steps = [entry('BLG-03', 'BELUM_REKAM'), entry('BLG-04', 'COCOK', '08:05', '08:10')]
    expect(through(pupil(), ...steps, entry('BLG-06', null, '08:10', '08:30'))).toEqual([
      'BELUM_DICEK',
      'SIAP_REKAM',
      'DIREKAM',
    ])
  })

  test('SIAK does not match: corrected by the akta first (BLG-04 branch 2, BLG-05)', () => {
    const steps = [entry('BLG-03', 'BELUM_REKAM'), entry('BLG-04', 'TIDAK_COCOK', '08:05', '08:10')]
    expect(through(pupil(), ...steps, entry('BLG-06', null, '08:10', '08:30'))).toEqual([
      'BELUM_DICEK',
      'DATA_TIDAK_SESUAI',
      'NOT_ITS_TURN',
    ])
    expect(through(pupil(), ...steps, entry('BLG-05', null, '08:10', '08:20'))).toContain('SIAP_REKAM')
  })

  test.each([
    ['recorded, not printed: from here the card decides (branch 1)', 'SUDAH_REKAM', 'DIREKAM'],
    ['printed: left out (BLG-R1)', 'SUDAH_CETAK', 'DICETAK'],
    ['no NIK in SIAK: put off (BLG-R2)', 'NIK_TIDAK_ADA', 'TIDAK_ADA_NIK'],
  ])('%s', (_what, outcome, state) => {
    expect(through(pupil(), entry('BLG-03', outcome))).toEqual([state])
    expect(through(pupil(), entry('BLG-03', outcome), entry('BLG-04', 'COCOK', '08:05', '08:10'))).toEqual([
      state,
      'NOT_ITS_TURN',
    ])
  })

  test.each([
    ['waits for the 17th birthday (BLG-R3)', { state: 'DITAHAN', until: day('2026-12-01') }, 'TERTUNDA_UMUR'],
    ['may be printed', { state: 'SIAP_CETAK' }, 'SIAP_CETAK'],
    ['is a duplicate (KT-03)', { state: 'TANPA_KARTU' }, 'DIREKAM'],
    ['is printed', { state: 'SUDAH_CETAK' }, 'DICETAK'],
    ['was given to the pupil', { state: 'SUDAH_CETAK', isIssued: true }, 'DISERAHKAN'],
  ] as const)('a recorded pupil whose card %s is there too (KT-08)', (_what, card, state) => {
    const standing = { until: null, isIssued: false, ...card }
    expect(followCard(pupil({ state: 'DIREKAM' }), standing)).toMatchObject({ state, printFrom: standing.until })
    expect(followCard(pupil({ state: 'TIDAK_HADIR' }), standing).state).toBe('TIDAK_HADIR')
  })

  test('a step cannot begin before the one before it ended', () => {
    const steps = [entry('BLG-03', 'BELUM_REKAM', '08:00', '08:05'), entry('BLG-04', 'COCOK', '08:04', '08:09')]
    expect(through(pupil(), ...steps)).toEqual(['BELUM_DICEK', 'BEFORE_THE_LAST'])
  })

  test('an absent pupil who comes after all goes on where it stood (KT-05)', () => {
    const late = pupil({ state: 'TIDAK_HADIR', reason: 'TIDAK_DATANG' })
    expect(through(late, entry('BLG-03', 'BELUM_REKAM'), entry('BLG-04', 'COCOK', '08:05', '08:10'))).toEqual([
      'BELUM_DICEK',
      'SIAP_REKAM',
    ])
  })

  test('whatever is entered in whatever order, nobody is recorded whose SIAK data were not found or made right', () => {
    const any = fc.array(
      fc.record({
        step: fc.constantFrom<PupilStepId>('BLG-03', 'BLG-04', 'BLG-05', 'BLG-06'),
        outcome: fc.constantFrom('BELUM_REKAM', 'SUDAH_CETAK', 'NIK_TIDAK_ADA', 'COCOK', 'TIDAK_COCOK', null),
      }),
      { maxLength: 12 },
    )
    fc.assert(
      fc.property(any, (tries) => {
        const end = tries.reduce((now, { step, outcome }, n) => {
          const time = at('08:00').add({ minutes: n })
          const worked = workPupil(now, { ...entry(step, outcome), startedAt: time, endedAt: time }, {})
          return worked.ok ? worked.pupil : now
        }, pupil())
        const done = end.steps.map(({ step, outcome }) => `${step} ${outcome ?? ''}`.trim()).join(', ')
        const isRecorded = end.steps.some(({ step }) => step === 'BLG-06')
        expect(isRecorded).toBe(/BLG-04 COCOK, BLG-06$|BLG-04 TIDAK_COCOK, BLG-05, BLG-06$/.test(done))
      }),
    )
  })

  test('every outcome of the SOP leads somewhere (KT-08)', () => {
    for (const { id, branches } of AT_SCHOOL.steps.slice(0, 1)) {
      for (const { outcome } of branches ?? []) {
        expect(PUPIL_STATES).toContain(through(pupil(), entry(id, outcome))[0])
      }
    }
  })
})

describe('two words on one pupil in SIAK (BLG-04, ID-05)', () => {
  const officer = (verdict: SiakCheck['verdict'], differing: SiakCheck['differing'] = []): SiakCheck => ({
    source: 'PETUGAS',
    verdict,
    differing,
  })
  test.each<[string, SiakCheck, Seen, boolean]>([
    ['both match', officer('COCOK'), { isFound: true, fields: [] }, false],
    ['both name the same', officer('TIDAK_COCOK', ['NAMA']), { isFound: true, fields: ['NAMA'] }, false],
    ['one names another', officer('TIDAK_COCOK', ['NAMA']), { isFound: true, fields: ['NAMA_IBU'] }, true],
    ['the officer sees what is not compared', officer('COCOK'), { isFound: true, fields: ['ALAMAT'] }, false],
    ['the officer sees nothing', officer('TIDAK_COCOK', ['NAMA']), { isFound: true, fields: [] }, true],
    ['only the officer finds the pupil', officer('TIDAK_DITEMUKAN'), { isFound: true, fields: [] }, true],
    ['only the register does', officer('COCOK'), { isFound: false, fields: [] }, true],
    ['neither does', officer('TIDAK_DITEMUKAN'), { isFound: false, fields: [] }, false],
    ['the register is silent', officer('MENUNGGU_VERIFIKASI'), { isFound: true, fields: ['NAMA'] }, false],
    ['the register was not asked', officer(null), { isFound: true, fields: ['NAMA'] }, false],
  ])('%s', (_what, check, seen, contradicted) => {
    expect(isContradicted(check, seen)).toBe(contradicted)
  })

  test('a step entered without more is the officer’s word (EC-49)', () => {
    const checked = workPupil(
      pupil({ steps: [entry('BLG-03', 'BELUM_REKAM')] }),
      entry('BLG-04', 'COCOK', '08:05', '08:10'),
      {},
    )
    expect(checked).toMatchObject({ ok: true, pupil: { siak: BY_OFFICER } })
  })

  test('whom SIAK does not know is put off, and no step is left (BLG-R2)', () => {
    const steps = [entry('BLG-03', 'BELUM_REKAM'), entry('BLG-04', 'NIK_TIDAK_ADA', '08:05', '08:10')]
    expect(through(pupil(), ...steps, entry('BLG-06', null, '08:10', '08:30'))).toEqual([
      'BELUM_DICEK',
      'TIDAK_ADA_NIK',
      'NOT_ITS_TURN',
    ])
  })
})

describe('what is told', () => {
  test('of a 16-year-old a school is told the same whether the card waits or not (KT-10)', () => {
    expect(progressOf('TERTUNDA_UMUR')).toBe(progressOf('DIREKAM'))
    expect(progressOf('TERTUNDA_UMUR')).toBe(progressOf('SIAP_CETAK'))
  })

  test('the unwilling are not carried on, all others not recorded are (KT-05, KT-09)', () => {
    expect(isUnfinished(pupil({ state: 'TIDAK_HADIR', reason: 'MENOLAK' }))).toBe(false)
    for (const reason of ['TIDAK_DATANG', 'PERLU_KUNJUNGAN_RUMAH', 'WAKTU_HABIS']) {
      expect(isUnfinished(pupil({ state: 'TIDAK_HADIR', reason }))).toBe(true)
    }
    expect(PUPIL_STATES.filter((state) => isUnfinished(pupil({ state })))).toEqual([
      'BELUM_DICEK',
      'DATA_TIDAK_SESUAI',
      'SIAP_REKAM',
      'TIDAK_HADIR',
    ])
  })
})

describe('capacity (BLG-R4)', () => {
  test('12 to 15 pupils per device in a day of 6 hours, in proportion', () => {
    expect(capacityOf({ devices: 1, hours: 6 })).toEqual({ from: 12, to: 15 })
    expect(capacityOf({ devices: 2, hours: 3 })).toEqual({ from: 12, to: 15 })
  })

  test('the 16th is warned of, not refused', () => {
    expect(capacityWarning({ devices: 1, hours: 6 }, 15)).toBeNull()
    expect(capacityWarning({ devices: 1, hours: 6 }, 16)).toMatchObject({ level: 'W', rule: 'BLG-R4' })
  })
})

describe('minutes (ID-29)', () => {
  const calendar = createOfficeCalendar({ zone: 'Asia/Makassar' })
  const session = {
    steps: [
      { step: 'BLG-02', startedAt: at('07:30'), endedAt: at('09:40'), outcome: null, officer: 'akun-perekaman-01' },
    ],
    pupils: [
      pupil({ steps: [entry('BLG-03', 'BELUM_REKAM'), entry('BLG-04', 'COCOK', '08:05', '08:13')] }),
      pupil({ childId: '01930000-0000-7000-8000-000000000002' as ChildId }),
    ],
  } as unknown as Session

  test('what took longer than the SOP allows is late, by how much, and for whom', () => {
    const { late, total, pupils } = minutesOf(session, { now: at('12:00'), calendar })
    expect(late.map((one) => [one.step, one.childId !== null, one.elapsed, limitInMinutes(one), one.lateBy])).toEqual([
      ['BLG-02', false, 130, 120, 10],
      ['BLG-04', true, 8, 5, 3],
    ])
    expect([total, pupils]).toEqual([143, 1])
  })

  test('at the school the clock on the wall counts: on a Saturday, over lunch, after the office has closed', () => {
    const onSaturday = (time: string) => Temporal.Instant.from(`2026-11-28T${time}:00+08:00`)
    const saturday = { ...entry('BLG-03', 'BELUM_REKAM'), startedAt: onSaturday('09:00'), endedAt: onSaturday('09:04') }
    const steps = [saturday, entry('BLG-04', 'COCOK', '12:01', '12:04'), entry('BLG-06', null, '16:50', '17:20')]
    const worked = { ...session, steps: [], pupils: [pupil({ steps })] }
    const { steps: minutes, total } = minutesOf(worked, { now: onSaturday('12:00'), calendar })
    expect(minutes.map(({ step, elapsed, lateBy }) => [step, elapsed, lateBy])).toEqual([
      ['BLG-03', 4, 0],
      ['BLG-04', 3, 0],
      ['BLG-06', 30, 10],
    ])
    expect(total).toBe(37)
  })
})
