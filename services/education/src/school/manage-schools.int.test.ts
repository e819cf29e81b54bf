import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { type House, KRAPYAK, OTHER_SMP, openHouse, PKBM, SMP } from '../test-house.ts'

let house: House
beforeAll(async () => {
  house = await openHouse(inject('postgresUrl'))
})
afterAll(() => house?.close())

let serial = 100
const newNpsn = () => `990${String(++serial).padStart(5, '0')}`
const MI = { name: 'MI Contoh 61', kind: 'MI', levels: ['SD'], kelurahan: KRAPYAK, capacity: 150 }
const register = (input: object = {}) =>
  house.mutate('dinas-pendidikan', 'registerSchool', { ...MI, npsn: newNpsn(), ...input })
const close = (input: object) => house.mutate('dinas-pendidikan', 'closeSchool', { on: '2026-11-23', ...input })
const opened = async () => String((await register()).data?.npsn)
const listed = async (args: string) => {
  const answer = await house
    .as('orang-tua')
    .ok<{ schools: { nodes: { npsn: string }[] } }>(`{ schools(first: 100, ${args}) { nodes { npsn } } }`)
  return answer.schools.nodes.map(({ npsn }) => npsn)
}

const KINDS = [
  ['MTS', ['SMP'], '99', 'MADRASAH'],
  ['SLB', ['SD', 'SMP', 'SMA'], '99', 'SLB'],
  ['PKBM', ['PAKET_A', 'PAKET_C'], 'P9', 'PKBM'],
  ['SKB', ['PAUD', 'PAKET_B'], '99', 'SKB'],
  ['PESANTREN', ['PAKET_B'], '99', 'PESANTREN'],
  ['KB', ['PAUD'], '99', 'SCHOOL'],
  ['LKP', [], 'K9', 'LKP'],
] as const

test.for(KINDS)('a %s is registered, and who teaches there follows (ID-13, ID-14)', async ([kind, levels, at, who]) => {
  const npsn = `${at}${newNpsn().slice(2)}`
  const { data } = await register({ npsn, kind, levels, latitude: -6.88, longitude: 109.67 })
  expect(data).toMatchObject({ npsn, kind, levels, provider: who, status: 'AKTIF', latitude: -6.88, longitude: 109.67 })
  expect(await listed(`kind: ${kind}`)).toContain(npsn)
})

test('a number is given once, also at the same moment (ID-13)', async () => {
  const npsn = newNpsn()
  const both = await Promise.all([register({ npsn }), register({ npsn })])
  expect(both.map((one) => one.__typename).toSorted()).toEqual(['RegisterSchoolSuccess', 'SchoolExists'])
  expect(await register({ npsn })).toMatchObject({ code: 'SCHOOL_EXISTS', field: 'npsn', rule: 'ID-13' })
})

test('a merged school keeps its pupils’ history and takes nobody new: the remedy names the successor (EC-36)', async () => {
  const [npsn, successor, before, late] = [await opened(), await opened(), await house.child(), await house.child()]
  await house.enrol({ childId: before, npsn, level: 'SD', startedOn: '2026-07-13' })
  const { data } = await close({ npsn, mergedInto: successor })
  expect(data).toEqual({ npsn, status: 'DIGABUNG', closedOn: '2026-11-23', mergedInto: { npsn: successor } })
  expect((await house.see('dinas-pendidikan', before)).child?.school).toEqual({ npsn })
  const refused = await house.enrol({ childId: late, npsn, level: 'SD' })
  expect(refused).toMatchObject({ code: 'SCHOOL_CLOSED', field: 'npsn', rule: 'EC-36' })
  expect(refused.message).toContain(successor)
})

test('what began before the end is still written down, and an end ahead changes nothing yet (EC-36)', async () => {
  const [npsn, childId] = [await opened(), await house.child()]
  expect((await close({ npsn, on: '2027-07-01' })).data).toMatchObject({ status: 'AKTIF', closedOn: '2027-07-01' })
  expect((await house.enrol({ childId, npsn, level: 'SD' })).__typename).toBe('EnrolChildSuccess')
  const late = await house.enrol({ childId: await house.child(), npsn, level: 'SD', startedOn: '2027-07-01' })
  expect(late.code).toBe('SCHOOL_CLOSED')
})

test('the list is filtered by status (EC-36)', async () => {
  const [closed, merged, successor] = [await opened(), await opened(), await opened()]
  await close({ npsn: closed })
  await close({ npsn: merged, mergedInto: successor })
  expect(await listed('status: TUTUP')).toContain(closed)
  expect(await listed('status: DIGABUNG')).toEqual(expect.arrayContaining([merged]))
  const active = await listed('status: AKTIF, kind: MI')
  expect(active).toContain(successor)
  expect(active).not.toContain(closed)
  expect(active).not.toContain(merged)
})

test('a school ends once, and none that has an end takes another in (EC-36)', async () => {
  const [one, other] = [await opened(), await opened()]
  const both = await Promise.all([close({ npsn: one, mergedInto: other }), close({ npsn: other, mergedInto: one })])
  expect(both.map(({ __typename }) => __typename).toSorted()).toEqual(['CloseSchoolSuccess', 'SchoolClosed'])
  expect((await close({ npsn: one })).code ?? (await close({ npsn: other })).code).toBe('SCHOOL_CLOSED')
})

test('the same request id registers once (EC-46), and it leaves an audit row (PV-05)', async () => {
  const input = { requestId: randomUUID(), npsn: newNpsn() }
  await register(input)
  expect((await register(input)).__typename).toBe('RegisterSchoolSuccess')
  const rows = await house.app.db.$queryRawUnsafe<{ n: number }[]>(
    `SELECT count(*)::int AS n FROM platform.audit_entry WHERE action = 'school.manage' AND detail ->> 'npsn' = $1`,
    input.npsn,
  )
  expect(rows).toEqual([{ n: 1 }])
})

test('schools are the Education Office’s to register and to close (PV-18)', async () => {
  for (const persona of ['panitia-sekolah', 'pkbm', 'bapperida'] as const) {
    const answer = await house.mutate(persona, 'registerSchool', { ...MI, npsn: newNpsn() })
    expect(answer.__typename).toBe('NotPermittedRefusal')
  }
  expect((await house.mutate('pkbm', 'closeSchool', { npsn: PKBM, on: '2026-11-23' })).code).toBe('NOT_PERMITTED')
})

const HUGE = 'x'.repeat(200_000)
const BAD_SCHOOLS = [
  ['a number of 3 digits', { npsn: '123' }, 'npsn', 'ID-13'],
  ['a number with P for a madrasah', { npsn: 'P9900077' }, 'npsn', 'ID-13'],
  ['a number of digits for a course', { kind: 'LKP', levels: [] }, 'npsn', 'ID-13'],
  ['a Paket at a madrasah', { levels: ['PAKET_A'] }, 'levels', 'ID-14'],
  ['no level', { levels: [] }, 'levels', 'ID-14'],
  ['a level twice', { levels: ['SD', 'SD'] }, 'levels', 'ID-14'],
  ['a huge name', { name: HUGE }, 'name', 'ID-13'],
  ['a kelurahan that is none', { kelurahan: '33.75' }, 'kelurahan', 'ID-23'],
  ['fewer seats than none', { capacity: -1 }, 'capacity', 'EC-32'],
  ['one coordinate', { latitude: -6.88 }, 'latitude', 'ID-23'],
  ['a latitude beyond the pole', { latitude: 91, longitude: 109 }, 'latitude', 'ID-23'],
] as const

describe('a school with', () => {
  test.for(BAD_SCHOOLS)('%s is refused with field, rule and remedy', async ([, bad, field, rule]) => {
    const before = await house.app.db.school.count()
    expect((await register(bad)).problems).toEqual([{ field, rule, message: expect.stringMatching(/\S/) }])
    expect(await house.app.db.school.count()).toBe(before)
  })
})

const BAD_ENDS = [
  ['in two years', { on: '2028-11-23' }, { problems: [{ field: 'on', rule: 'EC-36' }] }],
  ['into itself', { mergedInto: SMP }, { problems: [{ field: 'mergedInto', rule: 'EC-36' }] }],
  ['into a school nobody knows', { mergedInto: '99999999' }, { code: 'SCHOOL_NOT_FOUND', field: 'mergedInto' }],
  ['of a school nobody knows', { npsn: '99999999' }, { code: 'SCHOOL_NOT_FOUND', field: 'npsn' }],
] as const

test.for(BAD_ENDS)('an end %s is refused', async ([, bad, refusal]) => {
  expect(await close({ npsn: SMP, mergedInto: OTHER_SMP, ...bad })).toMatchObject(refusal)
  expect(await listed('status: AKTIF')).toContain(SMP)
})
