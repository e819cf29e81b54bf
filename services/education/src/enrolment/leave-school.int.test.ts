import { randomUUID } from 'node:crypto'
import type { ChildId } from '@satuanak/contracts'
import { MONDAY_MORNING } from '@satuanak/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest'
import { assessed, protectedAt } from '../test-events.ts'
import { type House, OTHER_SMP, openHouse, PKBM, SMP } from '../test-house.ts'

let house: House
beforeAll(async () => {
  house = await openHouse(inject('postgresUrl'))
})
beforeEach(() => house.network.clock.set(MONDAY_MORNING))
afterAll(() => house?.close())

const OFFICE = 'dinas-pendidikan'
const SCHOOL = 'panitia-sekolah'
type Persona = typeof OFFICE | typeof SCHOOL | 'pkbm' | 'kelurahan-panjang-wetan'

async function pupil(more: object = {}) {
  const childId = await house.child()
  const { data } = await house.enrol({ childId, startedOn: '2026-07-13', ...more })
  return { childId, enrolmentId: data?.id ?? '' }
}
const end = (input: object, as: Persona = SCHOOL) =>
  house.mutate(as, 'endEnrolment', { on: '2026-11-20', reason: 'PUTUS_SEKOLAH', ...input })
const release = (input: object, as: Persona = SCHOOL) =>
  house.mutate(as, 'releasePupil', { on: '2026-11-20', ...input })
const receive = (input: object, as: Persona = OFFICE) =>
  house.mutate(as, 'receivePupil', { npsn: OTHER_SMP, level: 'SMP', startedOn: '2026-11-23', ...input })
const ats = async (childId: ChildId) => (await house.see(OFFICE, childId)).child?.ats
const whenDaysHavePassed = async (days: number) => {
  house.network.clock.advance({ hours: 24 * days })
  await house.network.service('education').runJobs()
}

test('a school says that its pupil dropped out: told, and listed at once with rule and day (AT-01)', async () => {
  const { childId, enrolmentId } = await pupil()
  const { data } = await end({ enrolmentId })
  expect(data).toMatchObject({ endedOn: '2026-11-20', exitReason: 'PUTUS_SEKOLAH', movedTo: null })
  expect((await house.eventsAbout(childId)).slice(1)).toEqual([
    'education.enrolment.ended.v1',
    'education.pupil.left.v1',
    'education.ats.record.created.v1',
  ])
  const record = await ats(childId)
  expect(record).toMatchObject({ state: 'BELUM_VERIFIKASI', source: 'SCHOOL', category: 'DO', kelurahan: null })
  expect(record?.why).toContain('Menurut sekolahnya putus sekolah sejak 20 November 2026 (AT-01).')
})

test('a drop-out who is listed already has one record, to which the school’s word is added (EC-07)', async () => {
  const { childId, enrolmentId } = await pupil()
  await house.app.db.atsRecord.create({
    data: {
      ...{ id: randomUUID(), childId, category: 'DO', source: 'OUTREACH', state: 'BELUM_VERIFIKASI' },
      ...{ reportedBy: 'system', reportedAt: new Date('2026-11-01T03:00:00Z') },
    },
  })
  await end({ enrolmentId })
  expect(await house.app.db.atsRecord.count({ where: { childId } })).toBe(1)
  const record = await ats(childId)
  expect(record).toMatchObject({ source: 'OUTREACH' })
  expect(record?.why).toMatch(/TPI-04.*putus sekolah sejak 20 November 2026 \(AT-01\)\.$/)
})

test('who finished, died or is missing is not put on the list', async () => {
  for (const reason of ['LULUS', 'MENINGGAL', 'HILANG']) {
    const { childId, enrolmentId } = await pupil()
    expect((await end({ enrolmentId, reason })).data?.exitReason).toBe(reason)
    await whenDaysHavePassed(20)
    expect(await ats(childId)).toBeNull()
  }
})

test('a move has two sides: let go by the old school, received by the new, and never on the list', async () => {
  const { childId, enrolmentId } = await pupil()
  expect((await release({ enrolmentId, movedTo: OTHER_SMP })).data).toMatchObject({
    exitReason: 'MUTASI',
    movedTo: OTHER_SMP,
  })
  expect((await house.see(OFFICE, childId)).child?.school).toBeNull()
  expect((await receive({ childId })).data).toMatchObject({ entryReason: 'PINDAHAN', school: { npsn: OTHER_SMP } })
  await whenDaysHavePassed(20)
  expect(await ats(childId)).toBeNull()
})

test('a pupil whom no school receives for 14 days is put on the list by itself, once, with the reason (RF-01)', async () => {
  const { childId, enrolmentId } = await pupil()
  await release({ enrolmentId })
  await whenDaysHavePassed(10)
  expect(await ats(childId)).toBeNull()
  await whenDaysHavePassed(1)
  await house.network.service('education').runJobs()
  const record = await ats(childId)
  expect(record).toMatchObject({ source: 'SCHOOL', category: 'DO' })
  expect(record?.why).toMatch(/Dilepas sekolahnya pada 20 November 2026, dan 14 hari kemudian .* \(RF-01\)\.$/)
  expect(await house.app.db.atsRecord.count({ where: { childId } })).toBe(1)
  await whenDaysHavePassed(1)
  await receive({ childId, startedOn: '2026-12-05' })
  expect((await ats(childId))?.state).toBe('SELESAI')
})

test('days on which the service was down are made up for, and a record closed meanwhile is not reopened', async () => {
  const { childId, enrolmentId } = await pupil()
  await end({ enrolmentId, reason: 'DIKELUARKAN' })
  await whenDaysHavePassed(90)
  const record = await ats(childId)
  expect(record).toMatchObject({ state: 'BELUM_VERIFIKASI', source: 'SCHOOL' })
  await house.app.db.atsRecord.update({
    where: { id: String(record?.id) },
    data: { state: 'TIDAK_VALID', closedAt: new Date() },
  })
  await whenDaysHavePassed(30)
  expect((await ats(childId))?.state).toBe('TIDAK_VALID')
})

test('a school receives only whom another one let go, and to it or to no school by name', async () => {
  const [running, elsewhere, dropped] = [await pupil(), await pupil(), await pupil()]
  await release({ enrolmentId: elsewhere.enrolmentId, movedTo: '99999999' })
  await end({ enrolmentId: dropped.enrolmentId })
  for (const { childId } of [running, elsewhere, dropped, { childId: await house.child() }]) {
    expect(await receive({ childId })).toMatchObject({ code: 'PUPIL_NOT_RELEASED', field: 'childId' })
  }
})

test('a PKBM receives for itself, and for no other school (PV-18)', async () => {
  const { childId, enrolmentId } = await pupil()
  await release({ enrolmentId })
  expect((await receive({ childId }, 'pkbm')).code).toBe('NOT_PERMITTED')
  const answer = await receive({ childId, npsn: PKBM, level: 'PAKET_B' }, 'pkbm')
  expect(answer.data).toMatchObject({ level: 'PAKET_B', entryReason: 'PINDAHAN' })
})

test('why a pupil left its school, and how often it was there, is not for the next school (PV-12)', async () => {
  const { childId, enrolmentId } = await pupil()
  await release({ enrolmentId })
  await receive({ childId, npsn: PKBM, level: 'PAKET_B' }, 'pkbm')
  const { child, codes } = await house.see('pkbm', childId)
  expect(child?.schooling).toMatchObject([{ exitReason: null }, { exitReason: null }])
  expect(codes).toContain('TERRITORY')
  expect((await house.see(OFFICE, childId)).child?.schooling).toMatchObject([{}, { exitReason: 'MUTASI' }])
  const query =
    'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Child { schooling { attendance { hadir } } } } }'
  const { data } = await house.as('pkbm')<{ _entities: [{ schooling: { attendance: object | null }[] }] }>(query, {
    r: [{ __typename: 'Child', id: childId }],
  })
  expect(data?._entities[0].schooling).toEqual([{ attendance: { hadir: 0 } }, { attendance: null }])
})

test('of two schools that receive one pupil at the same moment one is refused', async () => {
  const { childId, enrolmentId } = await pupil()
  await release({ enrolmentId })
  const both = await Promise.all([receive({ childId }), receive({ childId, npsn: PKBM, level: 'PAKET_B' })])
  expect(both.map(({ __typename }) => __typename).toSorted()).toEqual(['PupilNotReleased', 'ReceivePupilSuccess'])
})

test('enrolling elsewhere says why what ran ended: a move, or a level finished (AT-14)', async () => {
  const { childId } = await pupil({ npsn: PKBM, level: 'PAKET_A' })
  await house.enrol({ childId, npsn: PKBM, level: 'PAKET_B', startedOn: '2026-08-03' })
  await house.enrol({ childId, npsn: SMP, level: 'SMP' })
  expect((await house.see(OFFICE, childId)).child?.schooling).toMatchObject([
    { entryReason: 'PINDAHAN', exitReason: null },
    { entryReason: 'BARU', exitReason: 'MUTASI' },
    { entryReason: 'BARU', exitReason: 'LULUS' },
  ])
})

test('an enrolment ends once, and not before it began (AT-14)', async () => {
  const { enrolmentId } = await pupil()
  expect(await end({ enrolmentId, on: '2026-07-12' })).toMatchObject({ code: 'ENDS_BEFORE_START', field: 'on' })
  const both = await Promise.all([end({ enrolmentId }), release({ enrolmentId })])
  expect(both.map(({ __typename }) => __typename)).toContain('EnrolmentEnded')
  expect((await end({ enrolmentId })).code).toBe('ENROLMENT_ENDED')
})

test('another school’s pupil is not its to let go, nor a kelurahan’s (PV-18)', async () => {
  const { enrolmentId } = await pupil({ npsn: OTHER_SMP })
  for (const persona of [SCHOOL, 'pkbm', 'kelurahan-panjang-wetan'] as const) {
    expect((await end({ enrolmentId }, persona)).code).toBe('NOT_PERMITTED')
    expect((await release({ enrolmentId }, persona)).code).toBe('NOT_PERMITTED')
  }
})

test('a pupil at level 4 is as an enrolment that is not there (PV-14)', async () => {
  const { childId, enrolmentId } = await pupil()
  await house.hear(protectedAt(childId, 4))
  expect(await end({ enrolmentId })).toEqual(await end({ enrolmentId: randomUUID() }))
  expect((await end({ enrolmentId })).code).toBe('ENROLMENT_NOT_FOUND')
})

test('once let go, a child whom social workers find out of school is listed by them as ever (TPI-04)', async () => {
  const { childId, enrolmentId } = await pupil()
  await release({ enrolmentId })
  await house.hear(assessed(childId, true))
  await whenDaysHavePassed(14)
  expect(await house.app.db.atsRecord.count({ where: { childId } })).toBe(1)
  expect((await ats(childId))?.why).toMatch(/TPI-04.*RF-01/)
})

test('the same request id ends once; with another input it is refused (EC-46)', async () => {
  const { childId, enrolmentId } = await pupil()
  const requestId = randomUUID()
  await end({ requestId, enrolmentId })
  expect((await end({ requestId, enrolmentId })).__typename).toBe('EndEnrolmentSuccess')
  expect((await house.eventsAbout(childId)).filter((type) => type === 'education.pupil.left.v1')).toHaveLength(1)
  expect((await end({ requestId, enrolmentId, reason: 'LULUS' })).code).toBe('REQUEST_ID_REUSED')
})

describe('a class of a school year (ID-14)', () => {
  const place = (input: object, as: Persona = SCHOOL) =>
    house.mutate(as, 'placeInClass', { schoolYear: '2026/2027', grade: 7, rombel: '7B', ...input })

  test('is written down by the school, corrected for the same year, and goes on in the next', async () => {
    const { enrolmentId } = await pupil()
    await place({ enrolmentId })
    await place({ enrolmentId, rombel: '7C' })
    const { data } = await place({ enrolmentId, schoolYear: '2027/2028', grade: 8, rombel: '8A' })
    expect(data).toMatchObject({
      grade: 8,
      classes: [
        { schoolYear: '2027/2028', grade: 8, rombel: '8A' },
        { schoolYear: '2026/2027', grade: 7, rombel: '7C' },
      ],
    })
  })

  const BAD = [
    ['a grade of another level', { grade: 6 }, { code: 'CLASS_DOES_NOT_FIT', field: 'grade' }],
    ['a grade below the year before', { schoolYear: '2027/2028', grade: 7 }, { code: 'CLASS_DOES_NOT_FIT' }],
    ['a year before the enrolment', { schoolYear: '2025/2026' }, { code: 'CLASS_DOES_NOT_FIT', field: 'schoolYear' }],
    ['a year that is none', { schoolYear: '2026' }, { problems: [{ field: 'schoolYear', rule: 'ID-14' }] }],
    ['a grade 13', { grade: 13 }, { problems: [{ field: 'grade', rule: 'ID-14' }] }],
    ['a huge name', { rombel: 'x'.repeat(200_000) }, { problems: [{ field: 'rombel', rule: 'ID-14' }] }],
  ] as const
  test.for(BAD)('with %s is refused', async ([, bad, refusal]) => {
    const { enrolmentId } = await pupil()
    await place({ enrolmentId, grade: 8, rombel: '8A' })
    expect(await place({ enrolmentId, ...bad })).toMatchObject(refusal)
  })

  test('is not another school’s to write', async () => {
    const { enrolmentId } = await pupil({ npsn: OTHER_SMP })
    expect((await place({ enrolmentId })).code).toBe('NOT_PERMITTED')
  })
})
