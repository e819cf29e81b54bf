import { randomUUID } from 'node:crypto'
import { statementsOf } from '@satuanak/testkit'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { merged, protectedAt } from '../test-events.ts'
import { type House, OTHER_SMP, openHouse, someChild } from '../test-house.ts'

let house: House
beforeAll(async () => {
  house = await openHouse(inject('postgresUrl'))
})
afterAll(() => house?.close())

let serial = 0
const nextNisn = () => `01399${String(++serial).padStart(5, '0')}`
const record = (input: object, as: 'panitia-sekolah' | 'dinas-pendidikan' | 'peksos' = 'panitia-sekolah') =>
  house.mutate(as, 'recordNisn', { nisn: nextNisn(), ...input })
async function pupil(more: object = {}) {
  const childId = await house.child()
  await house.enrol({ childId, startedOn: '2026-07-13', ...more })
  return childId
}
const nisnOf = async (as: 'panitia-sekolah' | 'dinas-pendidikan' | 'peksos', ids: readonly string[]) => {
  const query = 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Child { nisn } } }'
  return house.as(as)<{ _entities: { nisn: string | null }[] }>(query, {
    r: ids.map((id) => ({ __typename: 'Child', id })),
  })
}

test('a school records its pupil’s NISN, zeros and all, and corrects it (ID-12)', async () => {
  const [childId, typo, nisn] = [await pupil(), nextNisn(), nextNisn()]
  await record({ childId, nisn: typo })
  expect((await record({ childId, nisn })).data).toMatchObject({ id: childId, nisn })
  expect((await record({ childId: await pupil(), nisn: typo })).__typename).toBe('RecordNisnSuccess')
})

test('a number is one child’s, also at the same moment, and whose is not told (ID-12)', async () => {
  const [one, other, nisn] = [await pupil(), await pupil(), nextNisn()]
  const both = await Promise.all([record({ childId: one, nisn }), record({ childId: other, nisn })])
  expect(both.map(({ __typename }) => __typename).toSorted()).toEqual(['NisnTaken', 'RecordNisnSuccess'])
})

test('ids that turned out to be one child share the number (DESIGN §4)', async () => {
  const [childId, alias, nisn] = [await pupil(), someChild(), nextNisn()]
  await record({ childId, nisn })
  await house.hear(merged(childId, alias))
  expect((await record({ childId: alias, nisn }, 'dinas-pendidikan')).__typename).toBe('RecordNisnSuccess')
  expect((await nisnOf('dinas-pendidikan', [alias])).data?._entities).toEqual([{ nisn }])
})

test('two ids that each had a number have one from the next word on, under whichever it was said (ID-12)', async () => {
  const [one, other, [first, second, third]] = [await pupil(), await pupil(), [nextNisn(), nextNisn(), nextNisn()]]
  await record({ childId: one, nisn: first })
  await record({ childId: other, nisn: second })
  await house.hear(merged(one, other))
  const both = async () => (await nisnOf('dinas-pendidikan', [one, other])).data?._entities.map(({ nisn }) => nisn)
  await record({ childId: one, nisn: second }, 'dinas-pendidikan')
  expect(await both()).toEqual([second, second])
  await record({ childId: other, nisn: third }, 'dinas-pendidikan')
  expect(await both()).toEqual([third, third])
  expect((await record({ childId: await pupil(), nisn: first })).__typename).toBe('RecordNisnSuccess')
})

test('it stays with education: no other agency reads it, and neither event nor audit row has it (ID-09, PV-12)', async () => {
  const [childId, nisn] = [await pupil(), nextNisn()]
  await record({ childId, nisn })
  const { data, errors } = await nisnOf('peksos', [childId])
  expect([data?._entities, errors.map(({ extensions }) => extensions.code)]).toEqual([
    [{ nisn: null }],
    ['NOT_PERMITTED'],
  ])
  for (const table of ['outbox', 'audit_entry']) {
    const rows = await house.app.db.$queryRawUnsafe(
      `SELECT 1 FROM platform.${table} row WHERE to_jsonb(row)::text LIKE $1`,
      `%${nisn}%`,
    )
    expect(rows).toEqual([])
  }
})

test('another school’s pupil, and a child at level 4, is not a school’s to number (PV-14, PV-18)', async () => {
  expect((await record({ childId: await pupil({ npsn: OTHER_SMP }) })).code).toBe('NOT_PERMITTED')
  const hidden = await pupil()
  await house.hear(protectedAt(hidden, 4))
  expect((await record({ childId: hidden })).code).toBe('CHILD_NOT_FOUND')
  expect((await record({ childId: await pupil() }, 'peksos')).code).toBe('NOT_PERMITTED')
})

test('nine digits from a spreadsheet are refused, with a remedy; nothing is written (ID-12, EC-14)', async () => {
  const childId = await pupil()
  for (const nisn of ['139900001', 'x'.repeat(200_000), '']) {
    const { problems } = await record({ childId, nisn })
    expect(problems).toEqual([{ field: 'nisn', rule: 'ID-12', message: expect.stringMatching(/\S/) }])
  }
  expect(await house.app.db.pupilNisn.count({ where: { childId } })).toBe(0)
})

test('the same request id records once (EC-46)', async () => {
  const input = { requestId: randomUUID(), childId: await pupil(), nisn: nextNisn() }
  await record(input)
  expect((await record(input)).__typename).toBe('RecordNisnSuccess')
})

test('any number of children costs one statement for their numbers (no N+1)', async () => {
  const ids = [await pupil(), await pupil(), await pupil()]
  for (const childId of ids) await record({ childId })
  const count = async (some: readonly string[]) =>
    (await statementsOf(() => nisnOf('dinas-pendidikan', some))).filter((text) => text.includes('pupil_nisn')).length
  expect([await count(ids.slice(0, 1)), await count(ids)]).toEqual([1, 1])
})
