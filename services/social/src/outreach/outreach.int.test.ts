import { randomUUID } from 'node:crypto'
import { PERSONAS } from '@satuanak/demo-city'
import { schemaDrift } from '@satuanak/service-kit'
import { statementsOf } from '@satuanak/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { prismaFolder } from '../service.ts'
import { contact, deskOf, type SocialNetwork, startSocial } from '../test-outreach.ts'

let network: SocialNetwork
let { as, record, assess } = {} as ReturnType<typeof deskOf>

beforeAll(async () => {
  network = await startSocial()
  ;({ as, record, assess } = deskOf(network))
})
afterAll(() => network?.close())

const eventsAbout = (child: string) =>
  network
    .service('social')
    .app.db.$queryRawUnsafe<{ type: string }[]>(
      `SELECT type FROM platform.outbox WHERE subject = $1::uuid ORDER BY subject_version`,
      child,
    )
    .then((rows) => rows.map((row) => row.type))
const rows = () => network.service('social').app.db.streetContact.count()

test('the SQL migrations say what schema.prisma says', async () => {
  expect(await schemaDrift({ databaseUrl: network.databaseUrl('social'), folder: prismaFolder })).toBeNull()
})

test('a child met for the first time gets its id on the street and is presented to the registry, sealed (DESIGN §4)', async () => {
  const { data } = await record()
  const child = data?.child.id ?? ''
  expect(await eventsAbout(child)).toEqual(['social.child.presented.v1', 'social.street.contact.recorded.v1'])
  const [presented] = await network
    .service('social')
    .app.db.$queryRawUnsafe<{ envelope: string }[]>(
      `SELECT envelope::text FROM platform.outbox WHERE subject = $1::uuid ORDER BY subject_version LIMIT 1`,
      child,
    )
  expect(presented?.envelope).not.toContain('Bagas')
})

test('a child met again on another day is a repeat, which goes to the Kasi (TPI-R3)', async () => {
  const first = await record({ metOn: '2026-11-20' })
  const again = await record({ newChild: undefined, childId: first.data?.child.id, metOn: '2026-11-23' })
  expect([first.data?.repeat, again.data?.repeat]).toEqual([false, true])
})

test('a contact with an id that nobody told of is refused with what to do, and nothing is written (DESIGN §4)', async () => {
  const before = await rows()
  const answer = await record({ newChild: undefined, childId: randomUUID() })
  expect(answer).toMatchObject({
    code: 'CHILD_NOT_FOUND',
    field: 'childId',
    message: expect.stringMatching(/coba lagi/),
  })
  expect(await rows()).toBe(before)
})

test('the same child met twice on one day is one contact (EC-30)', async () => {
  const first = await record()
  const again = await record({ newChild: undefined, childId: first.data?.child.id })
  expect(again).toMatchObject({ code: 'CONTACT_ALREADY_RECORDED', field: 'metOn', rule: 'EC-30' })
})

test('of two officers who record one child on one day at the same moment one is told of the other (EC-30)', async () => {
  const { data } = await record({ metOn: '2026-11-20' })
  const twice = { newChild: undefined, childId: data?.child.id }
  const both = await Promise.all([record(twice), record(twice)])
  expect(both.map((one) => one.__typename).sort()).toEqual(['ContactAlreadyRecorded', 'RecordContactSuccess'])
  const [told, kept] = [both.find((one) => one.contactId)?.contactId, both.find((one) => one.data)?.data?.id]
  expect(told).toBe(kept)
})

test('an assessment is told with its needs, and the narrative stays here (TPI-03, PV-12)', async () => {
  const { data } = await record()
  const child = data?.child.id ?? ''
  expect((await assess({ childId: child })).__typename).toBe('CompleteAssessmentSuccess')
  expect(await eventsAbout(child)).toContain('social.street.assessment.completed.v1')
  const query = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Child {
    outreach { contacts { place note } assessments { needs conclusion } } } } }`
  const seen = await as('bapperida')<{ _entities: [{ outreach: { contacts: object[]; assessments: object[] } }] }>(
    query,
    {
      r: [{ __typename: 'Child', id: child }],
    },
  )
  expect(seen.data?._entities[0].outreach.contacts).toEqual([{ place: 'Perempatan Grogolan', note: null }])
  expect(seen.data?._entities[0].outreach.assessments).toEqual([{ needs: ['EDUCATION', 'IDENTITY'], conclusion: null }])
  expect(seen.errors.map((error) => error.extensions.code)).toEqual(['NOT_PERMITTED', 'NOT_PERMITTED'])
})

test('the audit names the narrative by its own permission, and an assessment by its own (PV-05, PV-12)', async () => {
  const { data } = await record()
  const child = data?.child.id ?? ''
  await assess({ childId: child })
  const query = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Child {
    outreach { contacts { note } assessments { needs conclusion } } } } }`
  await as('kasi-sosial').ok(query, { r: [{ __typename: 'Child', id: child }] })
  const [read] = await network.service('social').app.db.$queryRawUnsafe<{ permissions: string[] }[]>(
    `SELECT detail->'permissions' AS permissions FROM platform.audit_entry
       WHERE action = 'read' AND actor LIKE '%kasi%' AND $1::uuid = ANY(subjects)`,
    child,
  )
  expect(read?.permissions).toEqual(['assessment.read', 'outreach.note.read', 'outreach.read'])
})

test('a need for protection hides the child from all but social workers, as if never met (PV-14)', async () => {
  const { data } = await record()
  const child = data?.child.id ?? ''
  await assess({ childId: child, needs: ['PROTECTION'] })
  const query = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Child { outreach { contacts { place } } } } }`
  const variables = { r: [{ __typename: 'Child', id: child }] }
  expect(await as('bapperida')(query, variables)).toEqual(
    await as('bapperida')(query, { r: [{ __typename: 'Child', id: randomUUID() }] }),
  )
  expect(
    (await as('peksos').ok<{ _entities: [{ outreach: unknown }] }>(query, variables))._entities[0].outreach,
  ).not.toBeNull()
  const list = await as('bapperida').ok<{ streetContacts: { nodes: { id: string }[] } }>(
    `{ streetContacts(first: 100) { nodes { id } } }`,
  )
  expect(list.streetContacts.nodes.map((node) => node.id)).not.toContain(data?.id)
})

test('an assessment of a child nobody met is refused, and so is one dated before the meeting (TPI-03)', async () => {
  expect(await assess({ childId: randomUUID() })).toMatchObject({ code: 'CHILD_NOT_MET', field: 'childId' })
  const { data } = await record()
  const early = await assess({ childId: data?.child.id, doneOn: '2026-11-01' })
  expect(early).toMatchObject({ code: 'ASSESSED_BEFORE_MET', field: 'doneOn' })
})

describe('a refused try stays in the audit (PV-05)', () => {
  const OUTREACH = `query Card($r: [_Any!]!) { _entities(representations: $r) { ... on Child {
    outreach { contacts { place } assessments { needs } } again: outreach { contacts { metOn } } } } }`
  const of = (...ids: string[]) => ({ r: ids.map((id) => ({ __typename: 'Child', id })) })
  const refusedOf = (child: string) =>
    network.service('social').app.db.$queryRawUnsafe<object[]>(
      `SELECT actor, action, subjects, detail FROM platform.audit_entry
       WHERE result = 'REFUSED' AND $1::uuid = ANY(subjects) ORDER BY at`,
      child,
    )
  const detail = (reason: string, operation = 'Card') => ({ code: 'NOT_PERMITTED', operation, reasons: [reason] })
  const newChild = async (more: object = {}) => {
    const { data } = await record(more)
    return data?.child.id ?? ''
  }

  test('a school committee that asks of two children leaves one row that names both', async () => {
    const [one, other] = [await newChild(), await newChild()]
    const { errors } = await as('panitia-sekolah')(OUTREACH, of(one, other))
    expect(errors).toHaveLength(4)
    expect(await refusedOf(one)).toEqual([
      {
        actor: PERSONAS['panitia-sekolah'].caller.subject,
        action: 'outreach.read',
        subjects: [one, other],
        detail: detail('ROLE'),
      },
    ])
  })

  test('so does one that asks of a hidden child, and is told nothing (PV-14)', async () => {
    const child = await newChild()
    await assess({ childId: child, needs: ['PROTECTION'] })
    const nowhere = randomUUID()
    expect(await as('bapperida')(OUTREACH, of(child))).toEqual(await as('bapperida')(OUTREACH, of(nowhere)))
    expect(await refusedOf(child)).toMatchObject([{ action: 'outreach.read', detail: detail('HIDDEN') }])
    expect(await refusedOf(nowhere)).toEqual([])
  })

  test('so does a deed that the role does not cover, though nothing else of it is kept', async () => {
    const child = await newChild()
    const before = await rows()
    const refused = await record({ newChild: undefined, childId: child, metOn: '2026-11-20' }, 'bapperida')
    expect(refused).toMatchObject({ __typename: 'NotPermittedRefusal' })
    expect(await rows()).toBe(before)
    expect(await refusedOf(child)).toMatchObject([{ action: 'outreach.record', detail: { reasons: ['ROLE'] } }])
  })

  test('who may see what was asked leaves none', async () => {
    const child = await newChild()
    await as('bapperida').ok(OUTREACH, of(child))
    expect(await refusedOf(child)).toEqual([])
  })
})

test('a school committee may not ask for outreach at all (PV-12)', async () => {
  const answer = await as('panitia-sekolah')(`{ streetContacts { nodes { id } } }`)
  expect(answer.errors[0]?.extensions).toMatchObject({ code: 'NOT_PERMITTED', reason: 'ROLE' })
})

const MEGABYTE = 'x'.repeat(200_000)
const BAD_CONTACTS = [
  ['no child at all', { newChild: undefined }, 'childId', 'DESIGN-4'],
  ['both a known and a new child', { childId: randomUUID() }, 'childId', 'DESIGN-4'],
  ['a day in the future', { metOn: '2026-11-24' }, 'metOn', 'TPI-03'],
  ['a kelurahan that is none', { kelurahan: '33.75' }, 'kelurahan', 'ID-23'],
  ['an empty place', { place: '  ' }, 'place', 'TPI-03'],
  ['a huge place', { place: MEGABYTE }, 'place', 'TPI-03'],
  ['a huge note', { note: MEGABYTE }, 'note', 'SW-05'],
  ['a child that cannot be told apart', { newChild: { name: 'Bagas', sex: 'L' } }, 'newChild', 'ID-15'],
  [
    'a child born tomorrow',
    { newChild: { ...contact().newChild, birthDate: '2026-11-24' } },
    'newChild.birthDate',
    'EC-17',
  ],
] as const

describe('a contact with', () => {
  test.for(BAD_CONTACTS)(
    '%s is refused with field, rule and remedy, and nothing is written',
    async ([, bad, field, rule]) => {
      const before = await rows()
      const answer = await record(bad)
      expect(answer.problems).toEqual([{ field, rule, message: expect.stringMatching(/\S/) }])
      expect(await rows()).toBe(before)
    },
  )
})

test('the same request id sent twice writes one contact (EC-46)', async () => {
  const requestId = randomUUID()
  const [first, again] = [await record({ requestId }), await record({ requestId })]
  expect(again.data?.id).toBe(first.data?.id)
})

test('pages of contacts follow each other by day, latest first, without a gap or a repetition, and filter by place and day', async () => {
  const days = ['2026-10-01', '2026-10-02', '2026-10-02', '2026-10-03', '2026-10-04']
  for (const metOn of days) await record({ metOn, kelurahan: '33.75.01.1005' })
  await record({ metOn: '2026-10-03', kelurahan: '33.75.01.1006' })
  type Answer = { streetContacts: { nodes: { id: string; metOn: string }[]; pageInfo: { endCursor: string | null } } }
  const seen: { id: string; metOn: string }[] = []
  let after: string | null = null
  do {
    const { streetContacts }: Answer = await as('peksos').ok<Answer>(
      `query ($after: String) { streetContacts(kelurahan: "33.75.01.1005", since: "2026-10-02", first: 2, after: $after) {
        nodes { id metOn } pageInfo { endCursor } } }`,
      { after },
    )
    seen.push(...streetContacts.nodes)
    after = streetContacts.pageInfo.endCursor
  } while (after !== null)
  expect(seen.map(({ metOn }) => metOn)).toEqual(['2026-10-04', '2026-10-03', '2026-10-02', '2026-10-02'])
  expect(new Set(seen.map(({ id }) => id)).size).toBe(4)
})

test('a page of contacts costs the same number of statements whatever its length (no N+1)', async () => {
  for (let n = 0; n < 10; n++) await record()
  await network.settle()
  const ask = (first: number) =>
    as('peksos').ok(
      `{ streetContacts(first: ${first}) { nodes { place note child { outreach { assessments { needs } } } } } }`,
    )
  const [few, many] = [await statementsOf(() => ask(2)), await statementsOf(() => ask(12))]
  expect(few.length).toBeGreaterThan(0)
  expect(many).toHaveLength(few.length)
})
