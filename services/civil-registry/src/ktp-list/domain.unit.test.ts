import type { Npsn } from '@satuanak/contracts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ageFlag, CANDIDATE_STATES, lastOfMonth, listingOf, mayFollow, type Pupil, schoolsThatSee } from './domain.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const TODAY = day('2026-11-26')
const pupil = (more: Partial<Pupil> = {}): Pupil => ({
  birthDate: '2010-11-26',
  precision: 'HARI',
  hasNik: true,
  ...more,
})
const SCHOOL = '99000001' as Npsn
const OTHER = '99000002' as Npsn

describe('who comes on a school’s list (BLG-01)', () => {
  test.each([
    ['on the 16th birthday', '2010-11-26', 'DIUSULKAN'],
    ['the day before it', '2010-11-27', undefined],
    ['born on 29 February, on 28 February of a common year (EC-40)', '2010-02-28', 'DIUSULKAN'],
  ])('a pupil %s', (_what, birthDate, state) => {
    expect(listingOf(pupil({ birthDate }), false, TODAY)?.state).toBe(state)
  })

  test('a pupil under 16 who was married qualifies at once (KT-10)', () => {
    expect(listingOf(pupil({ birthDate: '2011-05-01' }), true, TODAY)?.state).toBe('DIUSULKAN')
  })

  test.each(['BULAN', 'TAHUN', 'TAKSIRAN'] as const)(
    'a birth date known to %s waits for an officer (ID-22)',
    (precision) => {
      expect(listingOf(pupil({ precision }), false, TODAY)).toMatchObject({ state: 'PERLU_PETUGAS', uncertain: true })
    },
  )

  test('a pupil whose birth date nobody knows waits for an officer (ID-22)', () => {
    expect(listingOf(pupil({ birthDate: null }), false, TODAY)).toMatchObject({
      state: 'PERLU_PETUGAS',
      sixteenOn: null,
    })
  })

  test('a pupil without a NIK is put off until there is one (RF-02, BLG-R2)', () => {
    expect(listingOf(pupil({ hasNik: false }), false, TODAY)).toMatchObject({
      state: 'TERTUNDA',
      reason: 'NIK_BELUM_ADA',
    })
  })

  test('the month’s turn lists whoever turns 16 by its last day (RF-10)', () => {
    expect(lastOfMonth(day('2028-02-03')).toString()).toBe('2028-02-29')
  })
})

describe('a marriage stays out of what a school sees (KT-10)', () => {
  const sixteenOn = day('2027-05-01')

  test('whom only a marriage brought on the list is seen by no school before the 16th birthday', () => {
    const married = { npsn: SCHOOL, everMarried: true, sixteenOn }
    expect(schoolsThatSee(married, [SCHOOL], TODAY)).toEqual([])
    expect(schoolsThatSee(married, [SCHOOL], sixteenOn)).toEqual([SCHOOL])
  })

  test('a school that the pupil has left sees it no longer', () => {
    expect(schoolsThatSee({ npsn: SCHOOL, everMarried: false, sixteenOn: TODAY }, [OTHER], TODAY)).toEqual([])
  })

  test('no event tells of one who came on the list by a marriage alone', () => {
    const listing = listingOf(pupil({ birthDate: '2011-05-01' }), true, TODAY)
    expect(listing && ageFlag(listing, TODAY)).toBeNull()
    const older = listingOf(pupil(), true, TODAY)
    expect(older && ageFlag(older, TODAY)).toBe('UMUR_16')
  })
})

test('a recorded pupil never returns to the list, whatever is tried', () => {
  fc.assert(
    fc.property(fc.constantFrom(...CANDIDATE_STATES), (state) => {
      expect(mayFollow('SELESAI', state)).toBe(false)
    }),
  )
})
