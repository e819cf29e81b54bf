import type { Facts } from '@satuanak/identity'
import { expect, test } from 'vitest'
import { ask, contextOf, FAR, HIDDEN, ID, NEAR, ofChild, references, tinySubgraph } from '../test-subgraph.ts'

const { schema } = tinySubgraph()
const known = (facts: Facts | null) => new Map([[ID, facts]])
const entity = (fields: string, context: ReturnType<typeof contextOf>) =>
  ask(schema, ofChild(fields), context, references(ID))
const codes = (answer: Awaited<ReturnType<typeof ask>>) => (answer.errors ?? []).map((error) => error.extensions?.code)

test('a field is shown to whom its permission covers by role, territory and level (PV-18)', async () => {
  const answer = await entity('id lastSchool', contextOf('PANITIA_SEKOLAH', { children: known(NEAR) }))
  expect(answer).toEqual({ data: { _entities: [{ id: ID, lastSchool: 'SDN 1' }] } })
})

test('a field the caller may not see is null, with the reason in both languages and whom to ask', async () => {
  const context = contextOf('PANITIA_SEKOLAH', { children: known(FAR), locale: 'en' })
  const answer = await entity('id lastSchool', context)
  expect(answer.data).toEqual({ _entities: [{ id: ID, lastSchool: null }] })
  expect(answer.errors).toEqual([
    expect.objectContaining({
      path: ['_entities', 0, 'lastSchool'],
      message: expect.stringMatching(/^You are cleared for/),
      extensions: {
        code: 'NOT_PERMITTED',
        reason: 'TERRITORY',
        permission: 'enrolment.read',
        agency: 'DISDIK',
        message: { id: expect.stringMatching(/^Wewenang Anda/), en: expect.stringMatching(/^You are cleared for/) },
      },
    }),
  ])
})

test('the resolver of a field that is not permitted does not run', async () => {
  const context = contextOf('PANITIA_SEKOLAH', { children: known(FAR) })
  await entity('lastSchool', context)
  expect(context.reached).toEqual([])
})

test('a hidden child answers exactly as one the service has never heard of (PV-14)', async () => {
  const fields = 'id lastSchool atsReasons enrolments { nodes { npsn } pageInfo { hasNextPage endCursor } }'
  for (const role of [
    'ADMIN_KELURAHAN',
    'PANITIA_SEKOLAH',
    'DINAS_PENDIDIKAN',
    'BAPPERIDA',
    'OPERATOR_DUKCAPIL',
  ] as const) {
    const hidden = await entity(fields, contextOf(role, { children: known(HIDDEN) }))
    const unknown = await entity(fields, contextOf(role, { children: new Map() }))
    expect(hidden).toEqual(unknown)
    expect(codes(hidden).filter((code) => code !== 'NOT_PERMITTED')).toEqual([])
  }
})

test('a hidden list is empty and a hidden page is an empty page, without an error', async () => {
  const answer = await entity(
    'atsReasons enrolments { nodes { npsn } pageInfo { hasNextPage endCursor } }',
    contextOf('ADMIN_KELURAHAN', { children: known(HIDDEN) }),
  )
  const page = { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } }
  expect(answer).toEqual({ data: { _entities: [{ atsReasons: [], enrolments: page }] } })
})

test('who is refused by role is refused in the same words for a hidden child and an ordinary one (PV-14)', async () => {
  const ordinary = await entity('atsReasons', contextOf('OPERATOR_DUKCAPIL', { children: known(NEAR) }))
  const hidden = await entity('atsReasons', contextOf('OPERATOR_DUKCAPIL', { children: known(HIDDEN) }))
  expect(codes(ordinary)).toEqual(['NOT_PERMITTED'])
  expect(hidden).toEqual(ordinary)
})

test('the id of a child is shown to everyone: it says nothing that was not asked with it', async () => {
  const context = contextOf('ORANG_TUA', { children: known(HIDDEN) })
  expect(await entity('id', context)).toEqual({ data: { _entities: [{ id: ID }] } })
  expect(context.factsAsked).toEqual([])
})

test('facts are asked for once per child and request, however many fields are read', async () => {
  const context = contextOf('ADMIN_KELURAHAN', { children: known(NEAR) })
  await entity('lastSchool again: lastSchool atsReasons enrolments { nodes { npsn } }', context)
  expect(context.factsAsked).toEqual([ID])
})

test('a root field asks for the role only: territory is the use case to check', async () => {
  const context = contextOf('ORANG_TUA', { children: known(NEAR) })
  const answer = await ask(schema, '{ enrolments { npsn } }', context)
  expect(answer.data).toEqual({ enrolments: null })
  expect(codes(answer)).toEqual(['NOT_PERMITTED'])
  expect(context.reached).toEqual([])
})

test('an object with facts of its own is measured as it enters: hidden ones are left out, far ones say why', async () => {
  const children = new Map([
    ['near', NEAR],
    ['hidden', HIDDEN],
    ['far', FAR],
  ])
  const answer = await ask(schema, '{ enrolments { npsn } }', contextOf('PANITIA_SEKOLAH', { children }))
  expect(answer.data).toEqual({ enrolments: [{ npsn: '20329999' }, null] })
  expect(answer.errors?.map(({ path, extensions }) => [path, extensions?.reason])).toEqual([
    [['enrolments', 1], 'TERRITORY'],
  ])
})

test('a single hidden object is null without an error, as one that is not there', async () => {
  const query = '{ enrolment(id: "0199b8f0-0000-7000-8000-000000000001") { npsn } }'
  const hidden = await ask(schema, query, contextOf('PANITIA_SEKOLAH', { children: known(HIDDEN) }))
  const nowhere = await ask(schema, query, contextOf('PANITIA_SEKOLAH', { children: new Map() }))
  expect(hidden).toEqual({ data: { enrolment: null } })
  expect(hidden).toEqual(nowhere)
})

test('a reference is read by the scalars of its key: what is no UUID is refused without being repeated', async () => {
  for (const bad of ['99337501', 7, { id: ID }, null, ['x']]) {
    const answer = await ask(schema, ofChild('id'), contextOf('BAPPERIDA'), references(bad))
    expect(codes(answer)).toEqual(['BAD_USER_INPUT'])
    expect(JSON.stringify(answer)).not.toContain('99337501')
  }
})

test('a reference with an upper-case id finds the same child', async () => {
  const answer = await ask(
    schema,
    ofChild('id lastSchool'),
    contextOf('BAPPERIDA', { children: known(NEAR) }),
    references(ID.toUpperCase()),
  )
  expect(answer.data).toEqual({ _entities: [{ id: ID, lastSchool: 'SDN 1' }] })
})
