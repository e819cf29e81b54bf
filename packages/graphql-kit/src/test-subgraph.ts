import type { AgencyCode, KelurahanCode, Npsn, Role } from '@satuanak/contracts'
import { Refusal } from '@satuanak/domain-kit'
import { type Caller, type Facts, permit } from '@satuanak/identity'
import { type ExecutionResult, type GraphQLSchema, graphql } from 'graphql'
import {
  connection,
  createBuilder,
  type GraphContext,
  type KitBuilder,
  pageArgs,
  refusal,
  toSubgraph,
} from './index.ts'

/** A caller in the kelurahan, school and agency that the records below are near to. */
function callerOf(role: Role, agency: AgencyCode = 'DISDIK'): Caller {
  const kelurahan = ['33.75.01.1001' as KelurahanCode]
  return { subject: `test-${role}`, name: 'Uji', agency, roles: [role], kelurahan, schools: ['20329999' as Npsn] }
}

interface ChildRow {
  readonly id: string
  readonly facts: Facts | null
}

/** What a test wants to happen behind the guards, and what it counts. */
export interface TestContext extends GraphContext {
  readonly children?: ReadonlyMap<string, Facts | null>
  readonly reached: string[]
  readonly factsAsked: string[]
  readonly throws?: unknown
}

export function contextOf(role: Role, more: Partial<TestContext> = {}): TestContext {
  return { caller: callerOf(role), locale: 'id', reached: [], factsAsked: [], ...more }
}

export class SchoolNotFound extends Refusal {
  readonly code = 'SCHOOL_NOT_FOUND'
  readonly npsn: string

  constructor(npsn: string) {
    super({ id: `Tidak ada sekolah dengan NPSN ${npsn}.`, en: `No school has NPSN ${npsn}.` }, { field: 'npsn' })
    this.npsn = npsn
  }
}

export const NEAR: Facts = { level: 2, kelurahan: ['33.75.01.1001'], schools: ['20329999'] }
export const FAR: Facts = { level: 2, kelurahan: ['33.75.03.1005'], schools: ['20320001'] }
export const HIDDEN: Facts = { ...NEAR, level: 4 }

/** A subgraph with one of everything: a child extended with facts, an aggregate with facts, a page, a mutation. */
export function tinySubgraph() {
  const builder = createBuilder<TestContext>()
  refusal(builder, SchoolNotFound, {
    name: 'SchoolNotFound',
    description: 'No school has this number.',
    fields: (t) => ({ npsn: t.exposeString('npsn', { nullable: false, permission: 'anyone' }) }),
  })
  const { Enrolment, EnrolmentConnection } = enrolments(builder)
  child(builder, EnrolmentConnection)
  queries(builder, Enrolment)
  enrol(builder, Enrolment)
  return toSubgraph(builder)
}

type TestBuilder = KitBuilder<TestContext>
type Types = ReturnType<typeof enrolments>

function child(builder: TestBuilder, EnrolmentConnection: Types['EnrolmentConnection']): void {
  const Child = builder.objectRef<ChildRow>('Child')
  Child.implement({
    permission: 'child.refer',
    facts: ({ id, facts }, { factsAsked }) => {
      factsAsked.push(id)
      return facts
    },
    fields: (t) => ({
      id: t.expose('id', { type: 'UUID', nullable: false, permission: 'child.refer' }),
      lastSchool: t.string({
        nullable: true,
        permission: 'enrolment.read',
        resolve: (child, _args, { reached }) => {
          reached.push(`lastSchool of ${child.id}`)
          return 'SDN 1'
        },
      }),
      atsReasons: t.stringList({ nullable: true, permission: 'ats.read', resolve: () => ['BEKERJA'] }),
      enrolments: t.field({
        type: EnrolmentConnection,
        permission: 'enrolment.read',
        args: pageArgs(builder),
        resolve: ({ facts }) => ({
          nodes: [{ npsn: '20329999', facts: facts ?? NEAR }],
          pageInfo: { hasNextPage: false, endCursor: 'x' },
        }),
      }),
    }),
  })
  builder.asEntity(Child, {
    key: builder.selection<{ id: string }>('id'),
    resolveReference: ({ id }, { children }) => ({ id, facts: children?.get(id) ?? null }),
  })
}

function queries(builder: TestBuilder, Enrolment: Types['Enrolment']): void {
  builder.queryField('enrolments', (t) =>
    t.field({
      type: [Enrolment],
      nullable: { list: true, items: true },
      permission: 'enrolment.read',
      resolve: (_root, _args, { children, reached }) => {
        reached.push('enrolments')
        return [...(children?.values() ?? [])].map((facts) => ({ npsn: '20329999', facts }))
      },
    }),
  )
  builder.queryField('enrolment', (t) =>
    t.field({
      type: Enrolment,
      permission: 'enrolment.read',
      args: { id: t.arg({ type: 'UUID', required: true }) },
      resolve: async (_root, { id }, { children, throws }) => {
        if (throws) throw throws
        const facts = children?.get(id)
        return facts === undefined ? null : { npsn: '20329999', facts }
      },
    }),
  )
}

function enrol(builder: TestBuilder, Enrolment: Types['Enrolment']): void {
  builder.mutationField('enrol', (t) =>
    t.field({
      type: Enrolment,
      permission: 'enrolment.start',
      args: { npsn: t.arg.string({ required: true }) },
      errors: { types: [SchoolNotFound] },
      resolve: (_root, { npsn }, { throws, reached, caller }) => {
        reached.push('enrol')
        if (throws) throw throws
        permit(caller, 'enrolment.start', NEAR)
        return { npsn, facts: NEAR }
      },
    }),
  )
}

function enrolments(builder: TestBuilder) {
  const Enrolment = builder.objectRef<{ npsn: string; facts: Facts | null }>('Enrolment')
  Enrolment.implement({
    permission: 'enrolment.read',
    facts: ({ facts }) => Promise.resolve(facts),
    fields: (t) => ({ npsn: t.exposeString('npsn', { nullable: false, permission: 'enrolment.read' }) }),
  })
  const EnrolmentConnection = connection(builder, 'EnrolmentConnection', {
    node: Enrolment,
    permission: 'enrolment.read',
  })
  return { Enrolment, EnrolmentConnection }
}

/** One operation against a schema, as plain JSON. */
export async function ask(
  schema: GraphQLSchema,
  source: string,
  contextValue: GraphContext,
  variableValues: Record<string, unknown> = {},
): Promise<ExecutionResult> {
  return JSON.parse(JSON.stringify(await graphql({ schema, source, contextValue, variableValues })))
}

export const ID = '0199b8f0-0000-7000-8000-000000000001'

/** What the gateway asks of one child. */
export const ofChild = (fields: string): string =>
  `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Child { ${fields} } } }`

export const references = (...ids: unknown[]) => ({ of: ids.map((id) => ({ __typename: 'Child', id })) })
