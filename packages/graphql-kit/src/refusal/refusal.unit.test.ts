import { InvalidInput, Refusal } from '@satuanak/domain-kit'
import { decide, NotPermitted } from '@satuanak/identity'
import { type GraphQLSchema, isUnionType } from 'graphql'
import { expect, test } from 'vitest'
import { createBuilder, toSubgraph } from '../index.ts'
import { ask, contextOf, HIDDEN, SchoolNotFound, tinySubgraph } from '../test-subgraph.ts'

const { schema } = tinySubgraph()

const ENROL = `mutation { enrol(npsn: "20329999") { __typename
  ... on EnrolSuccess { data { npsn } }
  ... on Refusal { code message field rule }
  ... on SchoolNotFound { npsn }
  ... on InvalidInput { problems { field rule message } }
  ... on NotPermittedRefusal { reason permission agency } } }`

const enrol = (throws: unknown, locale: 'id' | 'en' = 'id') =>
  ask(schema, ENROL, contextOf('DINAS_PENDIDIKAN', { throws, locale }))

class RequestIdReused extends Refusal {
  readonly code = 'REQUEST_ID_REUSED'
}

test('a mutation answers its success as a member of its result union', async () => {
  expect(await enrol(undefined)).toEqual({
    data: { enrol: { __typename: 'EnrolSuccess', data: { npsn: '20329999' } } },
  })
})

test("a use case's refusal is a member of the union, with its code, its sentence and its own fields", async () => {
  const answer = await enrol(new SchoolNotFound('20320002'))
  expect(answer).toEqual({
    data: {
      enrol: {
        __typename: 'SchoolNotFound',
        code: 'SCHOOL_NOT_FOUND',
        message: 'Tidak ada sekolah dengan NPSN 20320002.',
        field: 'npsn',
        rule: null,
        npsn: '20320002',
      },
    },
  })
})

test('the sentence of a refusal is in the language the reader asked for', async () => {
  const answer = await enrol(new SchoolNotFound('20320002'), 'en')
  expect(answer.data?.enrol).toMatchObject({ message: 'No school has NPSN 20320002.' })
})

test('every mutation can answer all that is wrong with its input, at once', async () => {
  const problems = ['name', 'address.rt'].map((field) => ({
    field,
    rule: 'ID-24',
    message: { id: 'Isi.', en: 'Fill in.' },
  }))
  const answer = await enrol(new InvalidInput(problems))
  expect(answer.data?.enrol).toMatchObject({
    __typename: 'InvalidInput',
    code: 'INVALID_INPUT',
    problems: [
      { field: 'name', rule: 'ID-24', message: 'Isi.' },
      { field: 'address.rt', rule: 'ID-24', message: 'Isi.' },
    ],
  })
})

test('every mutation can answer that its request id was used before', async () => {
  const answer = await enrol(new RequestIdReused({ id: 'Sudah dipakai.', en: 'Used.' }, { field: 'requestId' }))
  expect(answer.data?.enrol).toMatchObject({
    __typename: 'RequestIdReused',
    code: 'REQUEST_ID_REUSED',
    field: 'requestId',
  })
})

test('a role that may not is answered in the union too, and the use case does not run', async () => {
  const context = contextOf('ORANG_TUA')
  const answer = await ask(schema, ENROL, context)
  expect(answer).toEqual({
    data: {
      enrol: expect.objectContaining({
        __typename: 'NotPermittedRefusal',
        code: 'NOT_PERMITTED',
        reason: 'ROLE',
        permission: 'enrolment.start',
        agency: 'DISDIK',
      }),
    },
  })
  expect(context.reached).toEqual([])
})

test('what the use case does not permit is answered in the same words as what the role does not', async () => {
  const { caller } = contextOf('DINAS_PENDIDIKAN')
  const denied = decide(caller, 'enrolment.start', { level: 3 })
  expect(denied.allowed).toBe(true)
  const refused = decide(contextOf('ORANG_TUA').caller, 'enrolment.start', { level: 1 })
  if (refused.allowed) throw new Error('a parent does not enrol')
  const answer = await enrol(new NotPermitted('enrolment.start', refused))
  expect(answer.data).toEqual((await ask(schema, ENROL, contextOf('ORANG_TUA'))).data)
})

test('a hidden record that a use case forgot to turn into its own not-found does not say that it is hidden (PV-14)', async () => {
  const hidden = decide(contextOf('DINAS_PENDIDIKAN').caller, 'enrolment.start', HIDDEN)
  if (hidden.allowed) throw new Error('level 4 is hidden from education')
  const answer = await enrol(new NotPermitted('enrolment.start', hidden))
  expect(answer.data).toEqual({ enrol: null })
  expect(answer.errors?.[0]?.extensions).toEqual({
    code: 'NOT_FOUND',
    message: { id: 'Data tidak ditemukan.', en: 'Not found.' },
  })
})

test('a refusal that the mutation did not name is still told by its code, as an error', async () => {
  class Unnamed extends Refusal {
    readonly code = 'UNNAMED'
  }
  const answer = await enrol(new Unnamed({ id: 'Tidak bisa.', en: 'Cannot.' }))
  expect(answer.errors?.[0]).toMatchObject({ message: 'Tidak bisa.', extensions: { code: 'UNNAMED' } })
})

test('a query tells a refusal as an error with its code: it has no result union', async () => {
  const query = '{ enrolment(id: "0199b8f0-0000-7000-8000-000000000001") { npsn } }'
  const throws = new SchoolNotFound('20320002')
  const answer = await ask(schema, query, contextOf('DINAS_PENDIDIKAN', { throws, locale: 'en' }))
  expect(answer.data).toEqual({ enrolment: null })
  expect(answer.errors?.[0]).toMatchObject({
    message: 'No school has NPSN 20320002.',
    extensions: {
      code: 'SCHOOL_NOT_FOUND',
      field: 'npsn',
      message: { id: expect.any(String), en: expect.any(String) },
    },
  })
})

test('what is no refusal stays a fault', async () => {
  const answer = await enrol(new Error('connection refused'))
  expect(answer.data).toEqual({ enrol: null })
  expect(answer.errors?.[0]?.message).toBe('connection refused')
})

const membersOf = (built: GraphQLSchema, name: string) => {
  const type = built.getType(name)
  return isUnionType(type) ? type.getTypes().map((member) => member.name) : []
}

test('a result union holds the refusals that its mutation names, and those of every mutation', () => {
  const always = ['InvalidInput', 'NotPermittedRefusal', 'RequestIdReused']
  expect(membersOf(schema, 'EnrolResult').sort()).toEqual(['EnrolSuccess', ...always, 'SchoolNotFound'])
})

test('a mutation that names no refusal has a result union all the same', () => {
  const builder = createBuilder()
  builder.mutationField('stop', (t) => t.boolean({ permission: 'anyone', resolve: () => true }))
  const always = ['InvalidInput', 'NotPermittedRefusal', 'RequestIdReused']
  expect(membersOf(toSubgraph(builder).schema, 'StopResult').sort()).toEqual([...always, 'StopSuccess'])
})

test('a refusal that was never registered stops the build, and is named', () => {
  const builder = createBuilder()
  builder.mutationField('stop', (t) =>
    t.boolean({ permission: 'anyone', errors: { types: [SchoolNotFound] }, resolve: () => true }),
  )
  expect(() => toSubgraph(builder)).toThrow('Mutation.stop names SchoolNotFound among its errors')
})
