import { randomUUID } from 'node:crypto'
import { statementsOf } from '@satuanak/testkit'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { protectedAt } from '../test-events.ts'
import { type House, OTHER_SMP, openHouse } from '../test-house.ts'

let house: House
beforeAll(async () => {
  house = await openHouse(inject('postgresUrl'))
})
afterAll(() => house?.close())

type Persona = 'panitia-sekolah' | 'dinas-pendidikan' | 'kelurahan-panjang-wetan' | 'peksos'
async function pupil(more: object = {}) {
  const childId = await house.child()
  const { data } = await house.enrol({ childId, startedOn: '2026-10-12', ...more })
  return { childId, id: data?.id ?? '' }
}
const mark = (input: object, as: Persona = 'panitia-sekolah') =>
  house.mutate(as, 'recordAttendance', { on: '2026-11-20', ...input })

const FIELDS = 'attendance { from to hadir izin sakit alpa } attendsAfter(days: 30)'
async function seen(ids: readonly string[], as: Persona = 'dinas-pendidikan', fields = FIELDS) {
  const query = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Child { schooling { ${fields} } } } }`
  const { data, errors } = await house.as(as)<{ _entities: { schooling: [Record<string, unknown>] | null }[] }>(query, {
    r: ids.map((id) => ({ __typename: 'Child', id })),
  })
  const of = (data?._entities ?? []).map(({ schooling }) => schooling?.[0])
  return { of, codes: errors.map(({ extensions }) => extensions.code) }
}

test('a school marks its pupils, corrects a mark, and the days are counted (AT-15)', async () => {
  const [one, other] = [await pupil(), await pupil()]
  const { data } = await mark({ hadir: [one.id], alpa: [other.id] })
  expect(data).toEqual({ on: '2026-11-20', marks: 2 })
  await mark({ sakit: [other.id] })
  await mark({ on: '2026-11-19', hadir: [one.id], izin: [other.id] })
  const summary = { from: '2026-10-25', to: '2026-11-23' }
  expect((await seen([one.childId, other.childId])).of).toMatchObject([
    { attendance: { ...summary, hadir: 2, izin: 0, sakit: 0, alpa: 0 } },
    { attendance: { ...summary, hadir: 0, izin: 1, sakit: 1, alpa: 0 } },
  ])
})

test('only the days asked for are counted, both ends included', async () => {
  const { childId, id } = await pupil()
  for (const on of ['2026-11-02', '2026-11-03', '2026-11-04']) await mark({ on, hadir: [id] })
  const fields = 'attendance(from: "2026-11-02", to: "2026-11-03") { hadir }'
  expect((await seen([childId], 'dinas-pendidikan', fields)).of).toEqual([{ attendance: { hadir: 2 } }])
  const backwards = 'attendance(from: "2026-11-03", to: "2026-11-02") { hadir }'
  expect((await seen([childId], 'dinas-pendidikan', backwards)).codes).toEqual(['INVALID_INPUT'])
  expect((await seen([childId], 'dinas-pendidikan', 'attendsAfter(days: 0)')).codes).toEqual(['INVALID_INPUT'])
})

test('whether a child attends after 30 days is told by the marks of those days; after 90 it is too early (AT-15)', async () => {
  const [there, away, unmarked] = [await pupil(), await pupil(), await pupil()]
  for (const on of ['2026-10-13', '2026-11-11']) await mark({ on, hadir: [there.id], alpa: [away.id] })
  // The 31st day is past the check.
  await mark({ on: '2026-11-12', hadir: [away.id], alpa: [there.id] })
  await mark({ on: '2026-11-13', hadir: [away.id, unmarked.id] })
  const fields = 'after30: attendsAfter attendsAfter(days: 90)'
  const { of } = await seen([there.childId, away.childId, unmarked.childId], 'dinas-pendidikan', fields)
  expect(of).toEqual([
    { after30: true, attendsAfter: null },
    { after30: false, attendsAfter: null },
    { after30: null, attendsAfter: null },
  ])
})

test('a list is taken whole or not at all: one who is no pupil that day stops it, and is named', async () => {
  const [one, late] = [await pupil(), await pupil({ startedOn: '2026-11-20' })]
  const refused = await mark({ on: '2026-11-19', hadir: [one.id, late.id] })
  expect(refused).toMatchObject({ code: 'NOT_PUPIL_THEN', field: 'on', rule: 'AT-15' })
  expect(await house.app.db.attendanceMark.count({ where: { enrolmentId: one.id } })).toBe(0)
})

test('another school’s pupil is not its to mark, and one at level 4 is not there (PV-14, PV-18)', async () => {
  const [own, other, hidden] = [await pupil(), await pupil({ npsn: OTHER_SMP }), await pupil()]
  await house.hear(protectedAt(hidden.childId, 4))
  expect((await mark({ hadir: [own.id, other.id] })).code).toBe('NOT_PERMITTED')
  expect(await mark({ hadir: [own.id, hidden.id] })).toEqual(await mark({ hadir: [own.id, randomUUID()] }))
  expect((await mark({ hadir: [hidden.id] })).code).toBe('ENROLMENT_NOT_FOUND')
  expect((await mark({ hadir: [own.id] }, 'kelurahan-panjang-wetan')).code).toBe('NOT_PERMITTED')
})

test('attendance stays with the school and the Education Office (PV-12)', async () => {
  const { childId, id } = await pupil()
  await mark({ hadir: [id] })
  expect((await seen([childId], 'panitia-sekolah', 'attendance { hadir }')).of).toEqual([{ attendance: { hadir: 1 } }])
  const social = await seen([childId], 'peksos', 'attendance { hadir }')
  expect(social).toEqual({ of: [{ attendance: null }], codes: ['NOT_PERMITTED'] })
})

test('any number of pupils costs the same statements, to mark and to count (no N+1)', async () => {
  const pupils = [await pupil(), await pupil(), await pupil()]
  const [few, many] = [pupils.slice(0, 1), pupils]
  const marking = (some: typeof pupils) => statementsOf(() => mark({ hadir: some.map(({ id }) => id) }))
  expect((await marking(few)).length).toBe((await marking(many)).length)
  const counting = (some: typeof pupils) => statementsOf(() => seen(some.map(({ childId }) => childId)))
  expect((await counting(few)).length).toBe((await counting(many)).length)
})

const SAME = randomUUID()
const BAD = [
  ['tomorrow', { on: '2026-11-24', hadir: [SAME] }, 'on'],
  ['two years ago', { on: '2024-11-20', hadir: [SAME] }, 'on'],
  ['nobody', {}, 'hadir'],
  ['a pupil twice', { hadir: [SAME], alpa: [SAME] }, 'hadir'],
  ['more pupils than any class has', { izin: Array.from({ length: 101 }, () => randomUUID()) }, 'izin'],
] as const
describe('a list with', () => {
  test.for(BAD)('%s is refused with field, rule and remedy', async ([, bad, field]) => {
    const { problems } = await mark(bad)
    expect(problems).toEqual([{ field, rule: 'AT-15', message: expect.stringMatching(/\S/) }])
  })
})
