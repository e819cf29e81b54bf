import { decide, permitOr } from '@satuanak/identity'
import { expect, test } from 'vitest'
import { createBuilder, type GraphContext, type RefusedTry, toSubgraph } from './index.ts'
import {
  ask,
  contextOf,
  FAR,
  HIDDEN,
  ID,
  NEAR,
  ofChild,
  references,
  SchoolNotFound,
  tinySubgraph,
} from './test-subgraph.ts'

const { schema } = tinySubgraph()

type Asked = Parameters<typeof contextOf>

/** What a context is told of while `run` is answered. */
async function refusedIn(
  run: (context: ReturnType<typeof contextOf>) => Promise<unknown>,
  ...[role, more]: Asked
): Promise<RefusedTry[]> {
  const tried: RefusedTry[] = []
  await run(contextOf(role, { ...more, onRefused: (one) => void tried.push(one) }))
  return tried
}

const lastSchool = (context: GraphContext) => ask(schema, ofChild('lastSchool'), context, references(ID))
const known = (facts: typeof NEAR | null) => ({ children: new Map([[ID, facts]]) })

test('a field that its role may not see is noted with the child that was asked for (PV-05)', async () => {
  const tried = await refusedIn(lastSchool, 'ORANG_TUA', known(NEAR))
  expect(tried).toEqual([{ permission: 'enrolment.read', reason: 'ROLE', child: ID }])
})

test('so is one out of reach, and one that is hidden, of which the caller is told nothing (PV-14)', async () => {
  const far = await refusedIn(lastSchool, 'PANITIA_SEKOLAH', known(FAR))
  expect(far).toEqual([{ permission: 'enrolment.read', reason: 'TERRITORY', child: ID }])
  const hidden = await refusedIn(lastSchool, 'PANITIA_SEKOLAH', known(HIDDEN))
  expect(hidden).toEqual([{ permission: 'enrolment.read', reason: 'HIDDEN', child: ID }])
})

test('what the caller may see is no refused try, nor is what is not there', async () => {
  expect(await refusedIn(lastSchool, 'PANITIA_SEKOLAH', known(NEAR))).toEqual([])
  expect(await refusedIn(lastSchool, 'PANITIA_SEKOLAH', known(null))).toEqual([])
})

test('an object that is stopped as it enters is noted, in a list as alone', async () => {
  const children = new Map([
    ['near', NEAR],
    ['far', FAR],
    [ID, HIDDEN],
  ])
  const list = (context: GraphContext) => ask(schema, '{ enrolments { npsn } }', context)
  expect(await refusedIn(list, 'PANITIA_SEKOLAH', { children })).toEqual([
    { permission: 'enrolment.read', reason: 'TERRITORY', child: null },
    { permission: 'enrolment.read', reason: 'HIDDEN', child: null },
  ])
  const one = (context: GraphContext) => ask(schema, `{ enrolment(id: "${ID}") { npsn } }`, context)
  expect(await refusedIn(one, 'PANITIA_SEKOLAH', { children })).toEqual([
    { permission: 'enrolment.read', reason: 'HIDDEN', child: null },
  ])
})

const { caller } = contextOf('DINAS_PENDIDIKAN')
const hiddenDeed = () => {
  try {
    permitOr(caller, 'enrolment.start', { ...HIDDEN, child: ID as never }, () => new SchoolNotFound('20320002'))
  } catch (refusal) {
    return refusal
  }
  return undefined
}

test('a deed that its use case does not permit is noted, also where it answers that nothing is there', async () => {
  expect(decide(caller, 'enrolment.start', HIDDEN).allowed).toBe(false)
  const enrol = async (context: GraphContext) => {
    const { data } = await ask(schema, 'mutation { enrol(npsn: "1") { __typename ... on Refusal { code } } }', context)
    expect(data).toEqual({ enrol: { __typename: 'SchoolNotFound', code: 'SCHOOL_NOT_FOUND' } })
  }
  const tried = await refusedIn(enrol, 'DINAS_PENDIDIKAN', { throws: hiddenDeed() })
  expect(tried).toEqual([{ permission: 'enrolment.start', reason: 'HIDDEN', child: ID }])
})

test('a query that its use case does not permit is noted', async () => {
  const query = (context: GraphContext) => ask(schema, `{ enrolment(id: "${ID}") { npsn } }`, context)
  const tried = await refusedIn(query, 'DINAS_PENDIDIKAN', { throws: hiddenDeed() })
  expect(tried).toEqual([{ permission: 'enrolment.start', reason: 'HIDDEN', child: ID }])
})

test('any other refusal is no refused try', async () => {
  const enrol = (context: GraphContext) => ask(schema, 'mutation { enrol(npsn: "1") { __typename } }', context)
  expect(await refusedIn(enrol, 'DINAS_PENDIDIKAN', { throws: new SchoolNotFound('20320002') })).toEqual([])
})

test('who may not ask at all is noted with the child of the arguments; what is no id is left out', async () => {
  const builder = createBuilder<GraphContext>()
  const Input = builder.inputType('EnrolInput', { fields: (t) => ({ childId: t.string({ required: true }) }) })
  builder.queryField('none', (t) => t.int({ permission: 'anyone', resolve: () => null }))
  builder.mutationField('enrol', (t) =>
    t.int({
      permission: 'enrolment.start',
      args: { input: t.arg({ type: Input, required: true }) },
      resolve: () => 1,
    }),
  )
  const built = toSubgraph(builder).schema
  const enrol = (childId: string) => (context: GraphContext) =>
    ask(built, 'mutation ($input: EnrolInput!) { enrol(input: $input) { __typename } }', context, {
      input: { childId },
    })
  const tried = { permission: 'enrolment.start', reason: 'ROLE' }
  expect(await refusedIn(enrol(ID), 'ORANG_TUA')).toEqual([{ ...tried, child: ID }])
  expect(await refusedIn(enrol('Bagas, anak Sumarni'), 'ORANG_TUA')).toEqual([{ ...tried, child: null }])
})
