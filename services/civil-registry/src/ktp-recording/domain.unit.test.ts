import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Holder, isRecording, photoBackground, printDecision, schoolView, seventeenthBirthday } from './domain.ts'
import {
  fromOpenSid,
  KNOWN_STATUSES,
  ktpCode,
  OPENSID_CODES,
  statusOf,
  toldStatus,
  toOpenSid,
} from './domain-statuses.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const born = (text: string, more: Partial<Holder> = {}): Holder => ({
  birthDate: day(text),
  precision: 'HARI',
  everMarried: false,
  birthDateConfirmed: false,
  nikShared: false,
  ...more,
})
const PRR = 'PRINT_READY_RECORD'
const TODAY = day('2026-11-26')

describe('whether a card may be printed (BLG-R3)', () => {
  test('a pupil of 16 who is recorded and unique waits for the 17th birthday', () => {
    expect(printDecision(PRR, born('2009-12-01'), TODAY)).toEqual({ state: 'DITAHAN', until: day('2026-12-01') })
  })

  test('from the 17th birthday on the card is printed (ID-30)', () => {
    expect(printDecision(PRR, born('2009-11-26'), TODAY)).toEqual({ state: 'SIAP_CETAK' })
    expect(printDecision(PRR, born('2009-11-27'), TODAY)).toMatchObject({ state: 'DITAHAN' })
  })

  test('who is or was married is of age for a card at once (KT-10)', () => {
    expect(printDecision(PRR, born('2010-06-01', { everMarried: true }), TODAY)).toEqual({ state: 'SIAP_CETAK' })
  })

  test('born on 29 February: 1 March where the 17th year has no such day', () => {
    expect(seventeenthBirthday(day('2008-02-29'))).toEqual(day('2025-03-01'))
    expect(seventeenthBirthday(day('2011-02-28'))).toEqual(day('2028-02-28'))
  })

  test('a birth date not known to the day asks an officer, who may stand for it (ID-22)', () => {
    const rough = born('2008-07-01', { precision: 'TAHUN' })
    expect(printDecision(PRR, rough, TODAY)).toEqual({ state: 'PERLU_PETUGAS', reason: 'TANGGAL_LAHIR_TIDAK_PASTI' })
    expect(printDecision(PRR, { ...rough, birthDateConfirmed: true }, TODAY)).toEqual({ state: 'SIAP_CETAK' })
    const none = { ...rough, birthDate: null }
    expect(printDecision(PRR, none, TODAY)).toEqual({ state: 'PERLU_PETUGAS', reason: 'TANGGAL_LAHIR_KOSONG' })
  })

  test('whose NIK another claims too is not printed by itself, of whatever age (EC-01)', () => {
    const shared = { everMarried: true, nikShared: true }
    const asks = { state: 'PERLU_PETUGAS', reason: 'NIK_DIPAKAI_BERSAMA' }
    expect(printDecision(PRR, born('2000-01-01', shared), TODAY)).toEqual(asks)
    expect(printDecision('PROCESSING', born('2000-01-01', shared), TODAY)).toMatchObject({ state: 'BELUM' })
  })

  test('a duplicate gets no card (KT-03); a card that exists is off the list (BLG-R1)', () => {
    expect(printDecision('DUPLICATE_RECORD', born('2000-01-01'), TODAY)).toEqual({ state: 'TANPA_KARTU' })
    expect(printDecision('CARD_PRINTED', born('2009-12-01'), TODAY)).toEqual({ state: 'SUDAH_CETAK' })
  })

  test('no day of any life is both held and ready, and every hold ends on its day', () => {
    const anyDay = fc.integer({ min: 0, max: 40_000 }).map((n) => day('1990-01-01').add({ days: n }))
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 0, max: 9_000 }), (birthDate, age) => {
        const holder: Holder = {
          birthDate,
          precision: 'HARI',
          everMarried: false,
          birthDateConfirmed: false,
          nikShared: false,
        }
        const decision = printDecision(PRR, holder, birthDate.add({ days: age }))
        if (decision.state !== 'DITAHAN') return decision.state === 'SIAP_CETAK'
        return printDecision(PRR, holder, decision.until).state === 'SIAP_CETAK'
      }),
    )
  })
})

describe('national statuses (DOMAIN §5, KT-01)', () => {
  test('short and loose spellings are the same status; each adjudication is one', () => {
    expect([' prr ', 'SFE', 'card printed', 'ADJUDICATE_IN_PROCESS'].map(ktpCode)).toEqual([
      PRR,
      'SENT_FOR_ENROLLMENT',
      'CARD_PRINTED',
      'ADJUDICATE',
    ])
  })

  test('a status that nobody here knows is kept as written, told as unknown, and asks an officer', () => {
    expect(ktpCode('Moved_To_Hub')).toBe('Moved_To_Hub')
    expect(toldStatus('Moved_To_Hub')).toBe('UNKNOWN')
    expect(printDecision('Moved_To_Hub', born('2000-01-01'), TODAY)).toMatchObject({ state: 'PERLU_PETUGAS' })
  })

  test('what OpenSID is told comes back as the same to OpenSID, and never takes a status back (KT-02)', () => {
    fc.assert(
      fc.property(fc.constantFrom(...KNOWN_STATUSES), fc.boolean(), (status, mandatory) => {
        const code = toOpenSid(status, { mandatory })
        return code !== null && fromOpenSid(code, status) === status
      }),
    )
    for (const code of OPENSID_CODES) expect(toOpenSid(fromOpenSid(code), { mandatory: code !== 1 })).toBe(code)
  })

  test('a recording is seen where none stood before, and where one has to be done again (BLG-06)', () => {
    expect(isRecording(null, 'BIO_CAPTURED')).toBe(true)
    expect(isRecording('ENROLL_FAILURE_AT_CENTRAL', 'BIO_CAPTURED')).toBe(true)
    expect(isRecording('BIO_CAPTURED', 'PROCESSING')).toBe(false)
  })
})

describe('what a school is told (KT-10, KT-03)', () => {
  test('a married pupil of 16 looks like any other, whatever the card does', () => {
    for (const code of [PRR, 'CARD_PRINTED', 'CARD_ISSUED']) {
      const plain = schoolView(code, born('2010-06-01'), TODAY)
      expect(schoolView(code, born('2010-06-01', { everMarried: true }), TODAY)).toEqual(plain)
      expect(plain.stage).toBe('MENUNGGU_17')
    }
  })

  test('a duplicate is recorded like others', () => {
    expect(schoolView('DUPLICATE_RECORD', born('2009-12-01'), TODAY).stage).toBe('DIREKAM')
    expect(statusOf('DUPLICATE_RECORD').action).toBe('URUS_GANDA')
  })
})

test('the photo is red for odd and blue for even years of birth (KT-07)', () => {
  expect([photoBackground(day('2009-05-05')), photoBackground(day('2010-05-05'))]).toEqual(['MERAH', 'BIRU'])
})
