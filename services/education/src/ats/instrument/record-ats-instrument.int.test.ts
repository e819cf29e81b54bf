import { randomUUID } from 'node:crypto'
import { statementsOf } from '@satuanak/testkit'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { protectedAt } from '../../test-events.ts'
import { type House, KRAPYAK, openHouse, SMP } from '../../test-house.ts'

let house: House
beforeAll(async () => {
  house = await openHouse(inject('postgresUrl'))
})
afterAll(() => house?.close())

const INSTRUMENT = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Child {
  ats { state instrument { number wish livesWith income } }
} } }`
type Persona = Parameters<House['as']>[0]
const readBy = async (persona: Persona, ...childIds: string[]) => {
  const r = childIds.map((id) => ({ __typename: 'Child', id }))
  const { data, errors } = await house.as(persona)<{ _entities: unknown[] }>(INSTRUMENT, { r })
  return { seen: data?._entities, codes: errors.map(({ extensions }) => extensions.reason ?? extensions.code) }
}

test('what the family of a verified child answers is kept and read by those who help it (TUN-06, AT-05)', async () => {
  const { recordId, childId } = await house.verified()
  const more = { lastGrade: 8, lastNpsn: SMP, leftYear: 2025, income: 'TIDAK_TETAP', motherJob: 'PEDAGANG' }
  const { data } = await house.interview({ recordId, ...more })
  expect(data).toMatchObject({
    state: 'TERVERIFIKASI',
    instrument: { number: 1, wish: 'INGIN_KEMBALI', lastLevel: 'SMP', lastGrade: 8, lastSchool: { npsn: SMP } },
  })
  const instrument = { number: 1, wish: 'INGIN_KEMBALI', livesWith: 'IBU', income: 'TIDAK_TETAP' }
  for (const persona of ['dinas-pendidikan', 'kelurahan-panjang-wetan', 'bapperida'] as const) {
    expect(await readBy(persona, childId)).toEqual({
      seen: [{ ats: { state: 'TERVERIFIKASI', instrument } }],
      codes: [],
    })
  }
})

test('an instrument filled in again supersedes the first, which stays as it was', async () => {
  const { recordId } = await house.verified()
  await house.interview({ recordId, wish: 'TIDAK_INGIN' })
  const { data } = await house.interview({ recordId, wish: 'INGIN_KEMBALI', lastSchoolName: 'MTs Contoh' })
  expect(data?.instrument).toMatchObject({ number: 2, wish: 'INGIN_KEMBALI', lastSchoolName: 'MTs Contoh' })
  const kept = await house.app.db.atsInstrument.findMany({ where: { recordId }, orderBy: { number: 'asc' } })
  expect(kept.map(({ number, wish }) => [number, wish])).toEqual([
    [1, 'TIDAK_INGIN'],
    [2, 'INGIN_KEMBALI'],
  ])
})

test('two who fill it in at the same moment are both kept', async () => {
  const { recordId } = await house.verified()
  await Promise.all([house.interview({ recordId }), house.interview({ recordId }, 'dinas-pendidikan')])
  expect(await house.app.db.atsInstrument.count({ where: { recordId } })).toBe(2)
})

test('before the verification there is nothing to fill in, and after the record closed neither (TUN-R1)', async () => {
  const childId = await house.child()
  const recordId = (await house.report({ childId })).data?.id ?? ''
  expect(await house.interview({ recordId })).toMatchObject({ code: 'ATS_NOT_READY', rule: 'TUN-R1' })
  await house.verify({ recordId, outOfSchool: false, outcome: 'V04' })
  expect(await house.interview({ recordId })).toMatchObject({ code: 'ATS_NOT_READY', field: 'recordId' })
})

test('a child listed as never in school has no last school, any other has (AT-01)', async () => {
  const { recordId } = await house.verified({ category: 'BPB' })
  const problems = [{ field: 'lastLevel', rule: 'AT-01', message: expect.stringMatching(/BPB/) }]
  expect(await house.interview({ recordId })).toMatchObject({ problems })
  expect((await house.interview({ recordId, lastLevel: null })).__typename).toBe('RecordAtsInstrumentSuccess')
  const dropout = await house.verified()
  expect((await house.interview({ recordId: dropout.recordId, lastLevel: null })).problems).toMatchObject([
    { field: 'lastLevel', rule: 'AT-01' },
  ])
})

test('another kelurahan writes and reads none, a volunteer writes none (TUN-R3)', async () => {
  const { recordId, childId } = await house.verified({ kelurahan: KRAPYAK })
  expect((await house.interview({ recordId })).code).toBe('NOT_PERMITTED')
  expect((await house.interview({ recordId }, 'relawan')).code).toBe('NOT_PERMITTED')
  await house.interview({ recordId }, 'kelurahan-krapyak')
  expect((await readBy('kelurahan-panjang-wetan', childId)).codes).toContain('TERRITORY')
})

test('the city and social work read no instrument of a social case; a hidden child’s is not there (PV-12, PV-14)', async () => {
  const { recordId, childId } = await house.verified()
  await house.interview({ recordId })
  await house.hear(protectedAt(childId, 3))
  for (const [persona, reason] of [
    ['bapperida', 'SENSITIVITY'],
    ['peksos', 'ROLE'],
  ] as const) {
    expect(await readBy(persona, childId)).toEqual({
      seen: [{ ats: { state: 'TERVERIFIKASI', instrument: null } }],
      codes: [reason],
    })
  }
  await house.hear(protectedAt(childId, 4))
  expect(await house.interview({ recordId })).toEqual(await house.interview({ recordId: randomUUID() }))
})

test('the same request id sent twice writes once (EC-46)', async () => {
  const { recordId } = await house.verified()
  const requestId = randomUUID()
  const [first, again] = [
    await house.interview({ requestId, recordId }),
    await house.interview({ requestId, recordId }),
  ]
  expect(again).toEqual(first)
  expect(await house.app.db.atsInstrument.count({ where: { recordId } })).toBe(1)
})

test('any number of records costs the same statements', async () => {
  const children: string[] = []
  for (let n = 0; n < 6; n++) {
    const { recordId, childId } = await house.verified()
    await house.interview({ recordId })
    children.push(childId)
  }
  const statements = (ids: string[]) => statementsOf(() => readBy('dinas-pendidikan', ...ids))
  const few = await statements(children.slice(0, 2))
  expect((await statements(children)).length).toBe(few.length)
})

const HUGE = 'x'.repeat(200_000)
const BAD = [
  ['a grade of another level', { lastGrade: 4 }, 'lastGrade', 'ID-14'],
  ['a grade without a level', { lastLevel: null, lastGrade: 4 }, 'lastGrade', 'ID-14'],
  ['grade 13', { lastGrade: 13 }, 'lastGrade', 'AT-08'],
  ['a school twice', { lastNpsn: SMP, lastSchoolName: 'SMP Contoh' }, 'lastSchoolName', 'AT-08'],
  ['a school number that is none', { lastNpsn: '12' }, 'lastNpsn', 'ID-13'],
  ['a NIK for a school', { lastSchoolName: 'SMP 9901010203130001' }, 'lastSchoolName', 'ID-09'],
  ['a huge school', { lastSchoolName: HUGE }, 'lastSchoolName', 'AT-08'],
  ['a year to come', { leftYear: 2027 }, 'leftYear', 'AT-08'],
  ['a year before the child was born', { leftYear: 1999 }, 'leftYear', 'AT-08'],
] as const

describe('an instrument with', () => {
  test.for(BAD)('%s is refused with field, rule and remedy, and nothing is written', async ([, bad, field, rule]) => {
    const { recordId } = await house.verified()
    const before = await house.count('ats_instrument')
    const answer = await house.interview({ recordId, ...bad })
    expect(answer.problems).toEqual([{ field, rule, message: expect.stringMatching(/\S/) }])
    expect(await house.count('ats_instrument')).toBe(before)
  })
})
