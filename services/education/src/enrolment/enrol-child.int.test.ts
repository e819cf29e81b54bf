import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { merged, protectedAt, registered } from '../test-events.ts'
import { type House, OTHER_SMP, openHouse, PKBM, SMP, someChild } from '../test-house.ts'

let house: House
beforeAll(async () => {
  house = await openHouse(inject('postgresUrl'))
})
afterAll(() => house?.close())

test('a child is enrolled, its school is told, and who reads it leaves a trace (RF-01, PV-05)', async () => {
  const childId = await house.child()
  const { data } = await house.enrol({ childId })
  expect(data).toMatchObject({ level: 'SMP', startedOn: '2026-11-23', endedOn: null, school: { npsn: SMP } })
  expect(await house.eventsAbout(childId)).toEqual(['education.enrolment.started.v1'])
  expect((await house.see('dinas-pendidikan', childId)).child).toMatchObject({
    school: { npsn: SMP },
    schooling: [{ startedOn: '2026-11-23', endedOn: null }],
    ats: null,
  })
  const trail = await house.app.db.$queryRawUnsafe<{ action: string }[]>(
    'SELECT action FROM platform.audit_entry WHERE $1::uuid = ANY(subjects) ORDER BY at',
    childId,
  )
  expect(trail.map(({ action }) => action)).toEqual(['enrolment.start', 'read'])
})

test('an enrolment closes the open out-of-school record, and both are told in this order (DOMAIN §9, AT-14)', async () => {
  const reported = await house.report({
    newChild: { name: 'Bagas', sex: 'L', birthDate: '2012', motherName: 'Sumarni' },
  })
  const childId = reported.data?.child.id ?? ''
  await house.enrol({ childId, npsn: PKBM, level: 'PAKET_B' })
  expect((await house.eventsAbout(childId)).slice(2)).toEqual([
    'education.enrolment.started.v1',
    'education.ats.child.reentered.v1',
  ])
  const { child } = await house.see('dinas-pendidikan', childId)
  expect(child).toMatchObject({ school: { npsn: PKBM }, ats: { state: 'SELESAI', closedAt: expect.any(String) } })
})

test('a record written under another id of the same child is closed as well, under its own id (DESIGN §4)', async () => {
  const [childId, alias] = [await house.child(), await house.child()]
  const reported = await house.report({ childId: alias })
  await house.hear(merged(childId, alias))
  await house.enrol({ childId })
  expect(await house.eventsAbout(alias)).toContain('education.ats.child.reentered.v1')
  const { child } = await house.see('dinas-pendidikan', childId)
  expect(child?.ats).toMatchObject({ id: reported.data?.id, state: 'SELESAI' })
})

test('a move ends the enrolment that runs on the day the new one begins (AT-14)', async () => {
  const childId = await house.child()
  await house.enrol({ childId, startedOn: '2026-07-15' })
  await house.enrol({ childId, npsn: OTHER_SMP })
  const { child } = await house.see('dinas-pendidikan', childId)
  expect(child?.school).toEqual({ npsn: OTHER_SMP })
  expect(child?.schooling).toMatchObject([
    { startedOn: '2026-11-23', endedOn: null },
    { startedOn: '2026-07-15', endedOn: '2026-11-23' },
  ])
})

test('the end is told to those who let the former school read, under the id it ran under (PV-18)', async () => {
  const [childId, alias] = [await house.child(), await house.child()]
  const first = await house.enrol({ childId: alias, startedOn: '2026-07-15' })
  await house.hear(merged(childId, alias))
  await house.enrol({ childId, npsn: OTHER_SMP })
  expect(await house.eventsAbout(childId)).toEqual(['education.enrolment.started.v1'])
  expect(await house.eventsAbout(alias)).toEqual(['education.enrolment.started.v1', 'education.enrolment.ended.v1'])
  const [told] = await house.app.db.$queryRawUnsafe<{ envelope: { data: object } }[]>(
    'SELECT envelope FROM platform.outbox WHERE subject = $1::uuid ORDER BY subject_version DESC LIMIT 1',
    alias,
  )
  expect(told?.envelope.data).toEqual({ enrolmentId: first.data?.id, npsn: SMP, endedOn: '2026-11-23' })
})

test('the same school and level twice is refused', async () => {
  const childId = await house.child()
  await house.enrol({ childId })
  expect(await house.enrol({ childId, startedOn: '2026-11-24' })).toMatchObject({ code: 'ALREADY_ENROLLED' })
})

test('of two officers who enrol one child at the same moment one is told of the other', async () => {
  const childId = await house.child()
  const both = await Promise.all([house.enrol({ childId }), house.enrol({ childId })])
  expect(both.map((one) => one.__typename).sort()).toEqual(['AlreadyEnrolled', 'EnrolChildSuccess'])
})

test('so is one of two who enrol it under two ids at the same moment', async () => {
  const [childId, alias] = [await house.child(), await house.child()]
  await house.hear(merged(childId, alias))
  const both = await Promise.all([house.enrol({ childId }), house.enrol({ childId: alias })])
  expect(both.map((one) => one.__typename).sort()).toEqual(['AlreadyEnrolled', 'EnrolChildSuccess'])
})

test('a first day before a later time at school is refused', async () => {
  const childId = await house.child()
  await house.enrol({ childId })
  const answer = await house.enrol({ childId, npsn: OTHER_SMP, startedOn: '2026-11-22' })
  expect(answer).toMatchObject({ code: 'ENROLMENT_OVERLAPS', field: 'startedOn' })
})

test('a school that nobody knows and a level it does not teach are refused, with what to do (ID-13, ID-14)', async () => {
  const unknown = await house.enrol({ childId: await house.child(), npsn: '99999999' })
  expect(unknown).toMatchObject({ code: 'SCHOOL_NOT_FOUND', field: 'npsn', rule: 'ID-13' })
  const other = await house.enrol({ childId: await house.child(), npsn: PKBM, level: 'SMP' })
  expect(other).toMatchObject({
    code: 'LEVEL_NOT_OFFERED',
    field: 'level',
    message: expect.stringContaining('PAKET_B'),
  })
})

test('the same request id sent twice enrols once; with another input it is refused (EC-46)', async () => {
  const once = { requestId: randomUUID(), childId: await house.child() }
  const [first, again] = [await house.enrol(once), await house.enrol(once)]
  expect(again.data?.id).toBe(first.data?.id)
  expect((await house.enrol({ ...once, npsn: OTHER_SMP })).code).toBe('REQUEST_ID_REUSED')
})

test('only the Education Office enrols (PV-18)', async () => {
  const answer = await house.enrol({ childId: await house.child() }, 'panitia-sekolah')
  expect(answer).toMatchObject({ __typename: 'NotPermittedRefusal', code: 'NOT_PERMITTED' })
})

test('a child at level 4 is not found, as an id that nobody told of is not, and neither is written (PV-14)', async () => {
  const [childId, nobody] = [await house.child(), someChild()]
  await house.hear(protectedAt(childId, 4))
  const answer = await house.enrol({ childId: nobody })
  expect(answer).toMatchObject({
    code: 'CHILD_NOT_FOUND',
    field: 'childId',
    message: expect.stringMatching(/coba lagi/),
  })
  expect(await house.enrol({ childId })).toEqual(answer)
  for (const id of [childId, nobody]) expect(await house.eventsAbout(id)).toEqual([])
})

test('an id that was told of since, or linked to one, is enrolled when tried again (DESIGN §4)', async () => {
  const [childId, alias] = [someChild(), someChild()]
  const request = { requestId: randomUUID(), childId: alias }
  expect((await house.enrol(request)).code).toBe('CHILD_NOT_FOUND')
  await house.hear(registered(childId), merged(childId, alias))
  expect((await house.enrol(request)).__typename).toBe('EnrolChildSuccess')
})

test('a school sees its own pupils and no others, and a pupil who moved away no longer (PV-18)', async () => {
  const [mine, other] = [await house.child(), await house.child()]
  await house.enrol({ childId: mine, startedOn: '2026-07-15' })
  await house.enrol({ childId: other, npsn: OTHER_SMP })
  expect((await house.see('panitia-sekolah', mine)).child?.school).toEqual({ npsn: SMP })
  expect(await house.see('panitia-sekolah', other)).toMatchObject({
    child: { school: null, schooling: null },
    codes: ['TERRITORY', 'TERRITORY', 'ROLE'],
  })
  await house.enrol({ childId: mine, npsn: OTHER_SMP })
  expect((await house.see('panitia-sekolah', mine)).child).toMatchObject({ school: null, schooling: null })
})

test('of a child education never heard of there is nothing, without an error', async () => {
  const id = someChild()
  expect(await house.see('dinas-pendidikan', id)).toEqual({
    child: { id, school: null, schooling: [], ats: null },
    codes: [],
  })
})

const BAD_ENROLMENTS = [
  ['an NPSN that is none', { npsn: '12' }, 'npsn', 'ID-13'],
  ['a huge NPSN', { npsn: 'x'.repeat(200_000) }, 'npsn', 'ID-13'],
  ['an empty NPSN', { npsn: '  ' }, 'npsn', 'ID-13'],
  ['a first day more than a year ahead', { startedOn: '2027-11-24' }, 'startedOn', 'RF-01'],
  ['a first day before the child was born', { startedOn: '1999-01-01' }, 'startedOn', 'RF-01'],
] as const

describe('an enrolment with', () => {
  test.for(BAD_ENROLMENTS)(
    '%s is refused with field, rule and remedy, and nothing is written',
    async ([, bad, field, rule]) => {
      const before = await house.count('enrolment')
      const answer = await house.enrol({ childId: await house.child(), ...bad })
      expect(answer.problems).toEqual([{ field, rule, message: expect.stringMatching(/\S/) }])
      expect(await house.count('enrolment')).toBe(before)
    },
  )

  test('several faults is told all of them at once', async () => {
    const answer = await house.enrol({ childId: await house.child(), npsn: '1', startedOn: '2031-01-01' })
    expect(answer.problems?.map(({ field }) => field)).toEqual(['npsn', 'startedOn'])
  })

  test.for([
    ['no child', { childId: undefined }],
    ['a child id that is none', { childId: 'Bagas' }],
    ['a huge child id', { childId: 'x'.repeat(200_000) }],
    ['a day that no calendar has', { startedOn: '2026-02-30' }],
    ['an unknown level', { level: 'KULIAH' }],
  ] as const)('%s cannot be read at all', async ([, bad]) => {
    const input = {
      requestId: randomUUID(),
      childId: await house.child(),
      npsn: SMP,
      level: 'SMP',
      startedOn: '2026-11-23',
    }
    const query = 'mutation ($input: EnrolChildInput!) { enrolChild(input: $input) { __typename } }'
    const answer = await house
      .as('dinas-pendidikan')(query, { input: { ...input, ...bad } })
      .catch(readRefusal)
    expect(answer.errors[0]?.extensions.code).toBe('BAD_USER_INPUT')
  })
})

/** An answer with HTTP 400 is thrown by the client, GraphQL errors and all. */
function readRefusal(error: unknown): { errors: readonly { extensions: { code?: string } }[] } {
  const { response } = error as { response: { errors: readonly { extensions: { code?: string } }[] } }
  return { errors: response.errors }
}
