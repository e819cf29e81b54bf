import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { assessed, protectedAt } from '../test-events.ts'
import { type House, KRAPYAK, openHouse, SMP } from '../test-house.ts'

let house: House
beforeAll(async () => {
  house = await openHouse(inject('postgresUrl'))
})
afterAll(() => house?.close())

async function reported(more: object = {}) {
  const childId = await house.child()
  const { data } = await house.report({ childId, ...more }, 'dinas-pendidikan')
  return { recordId: data?.id ?? '', childId }
}

test('a field check that finds the child at home verifies the record, and it is told (TUN-04, TUN-06)', async () => {
  const { recordId, childId } = await reported()
  const { data } = await house.verify({ recordId, fieldCheck: { result: 'BERTEMU_ANAK' } })
  expect(data).toMatchObject({
    state: 'TERVERIFIKASI',
    outcome: null,
    closedAt: null,
    verifiedAt: '2026-11-23T02:00:00.000Z',
    fieldCheck: { date: '2026-11-20', method: 'KUNJUNGAN_RUMAH', result: 'BERTEMU_ANAK' },
  })
  expect((await house.eventsAbout(childId)).at(-1)).toBe('education.ats.record.verified.v1')
})

test('who went there is kept: the volunteer named, else whoever writes it down (TUN-R2)', async () => {
  const [named, unnamed] = [await reported(), await reported()]
  await house.verify({ recordId: named.recordId, fieldCheck: { volunteer: 'akun-relawan-01' } })
  await house.verify({ recordId: unnamed.recordId })
  const checks = await house.app.db.atsFieldCheck.findMany({
    where: { recordId: { in: [named.recordId, unnamed.recordId] } },
    orderBy: { recordId: 'asc' },
  })
  expect(checks.map(({ volunteer }) => volunteer)).toEqual(['akun-relawan-01', 'akun-kelurahan-01'])
})

const FALSE_ALARMS = [
  ['V01', 'TIDAK_VALID', { npsn: SMP }],
  ['V04', 'PINDAH', {}],
  ['V07', 'TIDAK_VALID', {}],
  ['V09', 'DUPLIKAT', {}],
] as const

test.for(FALSE_ALARMS)(
  'outcome %s takes the record off the list as %s (DOMAIN §4.2)',
  async ([outcome, state, more]) => {
    const { recordId, childId } = await reported()
    const { data } = await house.verify({ recordId, outOfSchool: false, outcome, ...more })
    expect(data).toMatchObject({ state, outcome, closedAt: expect.any(String) })
    expect((await house.report({ childId })).__typename).toBe('ReportOutOfSchoolSuccess')
  },
)

test('a child is not found only after two visits on different dates (AT-04, EC-20)', async () => {
  const { recordId, childId } = await reported()
  const visit = (date: string) =>
    house.verify({ recordId, outOfSchool: false, outcome: 'V06', fieldCheck: { date, result: 'TIDAK_DITEMUKAN' } })
  expect((await visit('2026-11-19')).data).toMatchObject({ state: 'DALAM_VERIFIKASI', outcome: null, verifiedAt: null })
  expect(await house.eventsAbout(childId)).not.toContain('education.ats.record.verified.v1')
  expect(await visit('2026-11-19')).toMatchObject({ code: 'SECOND_VISIT_NEEDED', rule: 'AT-04' })
  expect((await visit('2026-11-20')).data).toMatchObject({ state: 'TIDAK_DITEMUKAN', outcome: 'V06' })
})

test('a child who was not found and then is, is verified as found', async () => {
  const { recordId } = await reported()
  const inVain = { outOfSchool: false, outcome: 'V06', fieldCheck: { result: 'TIDAK_DITEMUKAN' } }
  await house.verify({ recordId, ...inVain })
  expect((await house.verify({ recordId })).data?.state).toBe('TERVERIFIKASI')
})

test('a record is verified once (TUN-R1)', async () => {
  const { recordId } = await reported()
  await house.verify({ recordId })
  expect(await house.verify({ recordId })).toMatchObject({ code: 'ATS_ALREADY_VERIFIED', field: 'recordId' })
})

test('of two officers who verify one record at the same moment one is told of the other', async () => {
  const { recordId } = await reported()
  const both = await Promise.all([house.verify({ recordId }), house.verify({ recordId }, 'dinas-pendidikan')])
  expect(both.map((one) => one.__typename).sort()).toEqual(['AtsAlreadyVerified', 'VerifyAtsRecordSuccess'])
})

test('the same request id sent twice checks once; with another input it is refused (EC-46)', async () => {
  const { recordId } = await reported()
  const requestId = randomUUID()
  const before = await house.count('ats_field_check')
  const [first, again] = [await house.verify({ requestId, recordId }), await house.verify({ requestId, recordId })]
  expect([first.__typename, again.__typename]).toEqual(['VerifyAtsRecordSuccess', 'VerifyAtsRecordSuccess'])
  expect(await house.count('ats_field_check')).toBe(before + 1)
  const other = { requestId, recordId, fieldCheck: { date: '2026-11-19' } }
  expect((await house.verify(other)).code).toBe('REQUEST_ID_REUSED')
})

test('a kelurahan verifies its own records only, and a volunteer none (TUN-R3)', async () => {
  const { recordId } = await reported({ kelurahan: KRAPYAK })
  expect(await house.verify({ recordId })).toMatchObject({ __typename: 'NotPermittedRefusal' })
  expect(await house.verify({ recordId }, 'relawan')).toMatchObject({ __typename: 'NotPermittedRefusal' })
  expect((await house.verify({ recordId }, 'kelurahan-krapyak')).__typename).toBe('VerifyAtsRecordSuccess')
})

test('a record of a child at level 4 is as one that is not there (PV-14)', async () => {
  const { recordId, childId } = await reported()
  await house.hear(protectedAt(childId, 4))
  const hidden = await house.verify({ recordId })
  expect(hidden).toEqual(await house.verify({ recordId: randomUUID() }))
  expect(hidden).toMatchObject({ code: 'ATS_RECORD_NOT_FOUND', field: 'recordId' })
})

test('a record that an assessment opened without a place is verified by the Education Office (TPI-04)', async () => {
  const childId = await house.child()
  await house.hear(assessed(childId, true))
  const recordId = (await house.see('dinas-pendidikan', childId)).child?.ats?.id ?? ''
  expect((await house.verify({ recordId })).code).toBe('NOT_PERMITTED')
  expect((await house.verify({ recordId }, 'dinas-pendidikan')).data?.state).toBe('TERVERIFIKASI')
})

test('the note stays with those who go there; the city reads the rest (PV-12)', async () => {
  const { childId } = await reported({ note: 'Rumah di belakang pasar.' })
  const query = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Child { ats { state note } } } }`
  const variables = { r: [{ __typename: 'Child', id: childId }] }
  const { data, errors } = await house.as('bapperida')(query, variables)
  expect(data?._entities).toEqual([{ ats: { state: 'BELUM_VERIFIKASI', note: null } }])
  expect(errors.map(({ extensions }) => extensions.code)).toEqual(['NOT_PERMITTED'])
  for (const persona of ['kelurahan-panjang-wetan', 'relawan'] as const) {
    expect(await house.as(persona).ok(query, variables)).toEqual({
      _entities: [{ ats: { state: 'BELUM_VERIFIKASI', note: 'Rumah di belakang pasar.' } }],
    })
  }
})

const HUGE = 'x'.repeat(200_000)
const NOT_ATS = { outOfSchool: false }
const BAD_VERIFICATIONS = [
  ['a visit tomorrow', { fieldCheck: { date: '2026-11-24' } }, 'fieldCheck.date', 'TUN-R2'],
  ['a visit two years ago', { fieldCheck: { date: '2024-11-20' } }, 'fieldCheck.date', 'TUN-R2'],
  ['no reason why the child is not out of school', NOT_ATS, 'outcome', 'DOMAIN-4.2'],
  ['an outcome for a child who is out of school', { outcome: 'V04' }, 'outcome', 'DOMAIN-4.2'],
  ['a pupil without a school', { ...NOT_ATS, outcome: 'V01' }, 'npsn', 'EC-18'],
  ['a school number that is none', { ...NOT_ATS, outcome: 'V01', npsn: '12' }, 'npsn', 'ID-13'],
  ['a huge school number', { ...NOT_ATS, outcome: 'V01', npsn: HUGE }, 'npsn', 'ID-13'],
  ['a school of a child who moved', { ...NOT_ATS, outcome: 'V04', npsn: SMP }, 'npsn', 'EC-18'],
  ['not found although met', { ...NOT_ATS, outcome: 'V06' }, 'fieldCheck.result', 'AT-04'],
  ['nobody to say so', { fieldCheck: { result: 'TIDAK_DITEMUKAN' } }, 'fieldCheck.result', 'TUN-R2'],
  ['a name for a volunteer', { fieldCheck: { volunteer: 'Fitri Anggraini' } }, 'fieldCheck.volunteer', 'TUN-R2'],
  ['a NIK for a volunteer', { fieldCheck: { volunteer: '9901010203130001' } }, 'fieldCheck.volunteer', 'TUN-R2'],
  ['a huge volunteer', { fieldCheck: { volunteer: HUGE } }, 'fieldCheck.volunteer', 'TUN-R2'],
] as const

describe('a verification with', () => {
  test.for(BAD_VERIFICATIONS)(
    '%s is refused with field, rule and remedy, and nothing is written',
    async ([, bad, field, rule]) => {
      const { recordId } = await reported()
      const before = await house.count('ats_field_check')
      const answer = await house.verify({ recordId, ...bad })
      expect(answer.problems).toEqual([{ field, rule, message: expect.stringMatching(/\S/) }])
      expect(await house.count('ats_field_check')).toBe(before)
    },
  )

  test('no field check cannot be read at all (TUN-R2)', async () => {
    const query = 'mutation ($input: VerifyAtsRecordInput!) { verifyAtsRecord(input: $input) { __typename } }'
    const input = { requestId: randomUUID(), recordId: randomUUID(), outOfSchool: true }
    await expect(house.as('dinas-pendidikan')(query, { input })).rejects.toMatchObject({ response: { status: 400 } })
  })
})
