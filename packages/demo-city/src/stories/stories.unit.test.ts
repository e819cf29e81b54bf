import { ATS_CATEGORIES, ATS_SOURCES } from '@satuanak/contracts'
import { describe, expect, test } from 'vitest'
import { ATS_STATES, REFERRAL_STATES } from '../index.ts'
import { city, MIDNIGHT, persons, records, share } from '../test-city.ts'

const rises = (moments: readonly (string | null | undefined)[]) => {
  const known = moments.filter((moment) => moment != null)
  return known.every((moment, at) => at === 0 || (known[at - 1] ?? '') < moment)
}
const records4 = records.filter(({ level }) => level === 4)
const withAts = records.flatMap((child) => (child.ats ? [{ ...child, ats: child.ats }] : []))
const withOutreach = records.flatMap((child) => (child.outreach ? [{ ...child, outreach: child.outreach }] : []))
const referrals = records.flatMap((child) => child.referrals)

describe('schools (ID-13, ID-14)', () => {
  test('SD/MI, SMP/MTs, SMA/SMK/MA, SLB, PKBM and SKB, and an SD in every kelurahan', () => {
    const forms = Map.groupBy(city.schools, ({ form }) => form)
    expect([...forms.keys()].sort()).toEqual(['MA', 'MI', 'MTs', 'PKBM', 'SD', 'SKB', 'SLB', 'SMA', 'SMK', 'SMP'])
    expect(new Set(forms.get('SD')?.map(({ kelurahan }) => kelurahan)).size).toBe(27)
  })

  test('the personas’ SMP and PKBM stand in Panjang Wetan and have pupils', () => {
    for (const [npsn, form] of [
      ['99000001', 'SMP'],
      ['P9900001', 'PKBM'],
    ] as const) {
      const school = city.schools.find((one) => one.npsn === npsn)
      expect(school).toMatchObject({ form, kelurahan: '33.75.03.1004' })
      expect(records.some(({ enrolment }) => enrolment?.npsn === npsn)).toBe(true)
    }
  })

  test('nobody learns at a school that does not teach the level, and no school is over its seats', () => {
    const taken = new Map<string, number>()
    for (const { enrolment } of records) {
      if (!enrolment) continue
      const school = city.schools.find(({ npsn }) => npsn === enrolment.npsn)
      expect(school?.levels).toContain(enrolment.level)
      taken.set(enrolment.npsn, (taken.get(enrolment.npsn) ?? 0) + 1)
    }
    expect(city.schools.filter(({ npsn, capacity }) => (taken.get(npsn) ?? 0) > capacity)).toEqual([])
  })

  test('nine of ten children of 8 to 14 are at school', () => {
    const ofAge = persons.filter(
      ({ particulars: { birthDate } }) => birthDate !== null && birthDate > '2011-07-20' && birthDate < '2018-07-01',
    )
    const atSchool = share(ofAge, ({ enrolment }) => enrolment !== null)
    expect(atSchool).toBeGreaterThan(0.92)
    expect(atSchool).toBeLessThan(0.99)
  })
})

describe('out of school (DOMAIN §4)', () => {
  test('some of every category, source and state', () => {
    expect(new Set(withAts.map(({ ats }) => ats.category))).toEqual(new Set(ATS_CATEGORIES))
    expect(new Set(withAts.map(({ ats }) => ats.source))).toEqual(new Set(ATS_SOURCES))
    expect(new Set(withAts.map(({ ats }) => ats.state))).toEqual(new Set(ATS_STATES))
    expect(withAts.length / records.length).toBeGreaterThan(0.02)
    expect(withAts.length / records.length).toBeLessThan(0.08)
  })

  test('reported, verified, re-entered: in this order', () => {
    for (const { ats } of withAts) expect(rises([ats.reportedAt, ats.verified?.at, ats.reentered?.at])).toBe(true)
  })

  test('a record is closed exactly by the enrolment its child has now (AT-15)', () => {
    for (const { ats, enrolment } of withAts) {
      expect(ats.state === 'SELESAI').toBe(ats.reentered !== null)
      if (ats.reentered) expect(enrolment).toMatchObject({ npsn: ats.reentered.npsn, level: ats.reentered.level })
    }
  })

  test('a child that is at school and listed all the same is found out, with V01 (EC-18)', () => {
    const wrongly = withAts.filter(({ ats, enrolment, id, truth }) => id === truth && enrolment && !ats.reentered)
    expect(wrongly.length).toBeGreaterThan(5)
    for (const { ats } of wrongly) {
      if (ats.verified) expect(ats).toMatchObject({ state: 'TIDAK_VALID', verified: { outcome: 'V01' } })
    }
  })

  test('who never went to school left none (BPB)', () => {
    for (const { ats } of withAts) expect(ats.lastSchool === null).toBe(ats.category === 'BPB')
  })
})

describe('on the street (TPI-03)', () => {
  test('contacts are on different days in order, and only the first is no repeat (TPI-R3, EC-30)', () => {
    for (const { outreach } of withOutreach) {
      const days = outreach.contacts.map(({ at }) => at.slice(0, 10))
      expect(rises(days)).toBe(true)
      expect(outreach.contacts.map(({ repeat }) => repeat)).toEqual(days.map((_, at) => at > 0))
    }
    expect(withOutreach.some(({ outreach }) => outreach.contacts.length > 1)).toBe(true)
  })

  test('an assessment follows the first contact and says "dropped out" of those who are', () => {
    const assessed = withOutreach.filter(({ outreach }) => outreach.assessment)
    expect(assessed.length).toBeGreaterThan(20)
    for (const { outreach, enrolment, ats } of assessed) {
      const { assessment, contacts } = outreach
      expect(rises([contacts[0].at, assessment?.at])).toBe(true)
      expect(assessment?.needs.includes('EDUCATION')).toBe(assessment?.droppedOut)
      if (assessment?.droppedOut === false) expect(enrolment !== null || ats === null).toBe(true)
    }
  })

  test('a social case is kept at level 3 or 4, and a few children at level 4 (PV-14)', () => {
    expect(withOutreach.filter(({ level }) => level < 3)).toEqual([])
    expect(records4.length).toBeGreaterThan(3)
    expect(records4.length / records.length).toBeLessThan(0.01)
  })
})

describe('referrals (DOMAIN §8)', () => {
  test('some of every state, some overdue, to agencies with and without a service', () => {
    expect(new Set(referrals.map(({ state }) => state))).toEqual(new Set(REFERRAL_STATES))
    const open = referrals.filter(({ state }) => state === 'TERKIRIM' || state === 'DITERIMA')
    expect(open.some(({ dueAt }) => dueAt < MIDNIGHT)).toBe(true)
    expect(open.some(({ dueAt }) => dueAt >= MIDNIGHT)).toBe(true)
    const receivers = new Set(referrals.map(({ to }) => to))
    for (const to of ['DISDIK', 'DUKCAPIL', 'DINSOS', 'DPPPA', 'DISNAKER', 'DINKES', 'RPPSA'] as const) {
      expect(receivers).toContain(to)
    }
  })

  test('sent, acknowledged, then rejected or completed, in this order; and the state says which', () => {
    for (const { state, sentAt, acknowledgedAt, rejected, completed, dueAt, expiresAt } of referrals) {
      expect(rises([sentAt, acknowledgedAt, rejected?.at ?? completed?.at])).toBe(true)
      expect(rises([sentAt, dueAt, expiresAt])).toBe(true)
      const known = completed ? 'SELESAI' : rejected ? 'DITOLAK' : acknowledgedAt ? 'DITERIMA' : 'TERKIRIM'
      expect(state).toBe(known)
    }
  })

  test('no child has two of one kind, so no open one is there twice (RF-R4)', () => {
    for (const child of records) {
      expect(new Set(child.referrals.map(({ type }) => type)).size).toBe(child.referrals.length)
    }
  })

  test('placement is completed at the moment the child is back in learning (RF-01)', () => {
    for (const { ats, referrals: own } of withAts) {
      const placement = own.find(({ type }) => type === 'RF-01')
      if (placement) expect(placement.completed?.at).toBe(ats.reentered?.at)
    }
    expect(referrals.some(({ type, state }) => type === 'RF-01' && state === 'SELESAI')).toBe(true)
  })

  test('identity is completed by a NIK and an akta that are there (RF-02)', () => {
    const done = records.filter(({ referrals: own }) =>
      own.some((one) => one.type === 'RF-02' && one.state === 'SELESAI'),
    )
    expect(done.length).toBeGreaterThan(5)
    for (const { missing } of done) expect(missing.filter((paper) => paper !== 'KIA')).toEqual([])
  })
})
