import { expect, test } from 'vitest'
import { createBuilder, permissionOf, toSubgraph, walkPermissions } from '../index.ts'
import { tinySubgraph } from '../test-subgraph.ts'

// Each @ts-expect-error below is a test of its own: if leaving the permission out compiled, tsc would fail here.

test('a type without a permission neither compiles nor builds, and is named', () => {
  const builder = createBuilder()
  const School = builder.objectRef<{ npsn: string }>('School')
  // @ts-expect-error permission is missing
  School.implement({ fields: (t) => ({ npsn: t.exposeString('npsn', { permission: 'anyone' }) }) })
  builder.queryField('school', (t) => t.field({ type: School, permission: 'school.read', resolve: () => null }))
  expect(() => toSubgraph(builder)).toThrow(/None is named by: School\.$/)
})

test('a field without a permission neither compiles nor builds, and is named', () => {
  const builder = createBuilder()
  const School = builder.objectRef<{ npsn: string; name: string }>('School').implement({
    permission: 'school.read',
    fields: (t) => ({
      // @ts-expect-error permission is missing
      npsn: t.exposeString('npsn'),
      // @ts-expect-error permission is missing
      name: t.string({ resolve: (school) => school.name }),
    }),
  })
  builder.queryField('school', (t) => t.field({ type: School, permission: 'school.read', resolve: () => null }))
  expect(() => toSubgraph(builder)).toThrow(/None is named by: School\.name, School\.npsn\.$/)
})

test('a query and a mutation without a permission neither compile nor build, and are named', () => {
  const builder = createBuilder()
  // @ts-expect-error permission is missing
  builder.queryField('now', (t) => t.string({ resolve: () => 'now' }))
  // @ts-expect-error permission is missing
  builder.mutationField('stop', (t) => t.string({ resolve: () => 'stopped' }))
  expect(() => toSubgraph(builder)).toThrow(/None is named by: Mutation\.stop, Query\.now\.$/)
})

test('an interface and its fields without a permission neither compile nor build, and are named', () => {
  const builder = createBuilder()
  // @ts-expect-error permission is missing
  builder.interfaceRef<{ name: string }>('Named').implement({
    // @ts-expect-error permission is missing
    fields: (t) => ({ name: t.exposeString('name') }),
  })
  expect(() => toSubgraph(builder)).toThrow(/None is named by: Named, Named\.name\.$/)
})

test('a permission that is not in the table neither compiles nor builds', () => {
  const builder = createBuilder()
  // @ts-expect-error no such permission
  builder.queryField('now', (t) => t.string({ permission: 'everything', resolve: () => 'now' }))
  expect(() => toSubgraph(builder)).toThrow(/None is named by: Query\.now\.$/)
})

test('a field that some see less than its type must be able to be null, lists included', () => {
  const builder = createBuilder()
  builder.objectRef<{ npsn: string }>('Stay').implement({
    permission: 'outreach.read',
    facts: () => ({ level: 4 }),
    fields: (t) => ({
      npsn: t.exposeString('npsn', { nullable: false, permission: 'outreach.read' }),
      note: t.string({ nullable: false, permission: 'outreach.note.read', resolve: () => '' }),
      notes: t.stringList({ nullable: false, permission: 'outreach.note.read', resolve: () => [] }),
      open: t.string({ nullable: false, permission: 'anyone', resolve: () => '' }),
    }),
  })
  expect(() => toSubgraph(builder)).toThrow(
    "Stay.note needs outreach.note.read beyond its type's outreach.read: make it nullable.\n" +
      "Stay.notes needs outreach.note.read beyond its type's outreach.read: make it nullable.",
  )
})

test('a key without a resolver does not build: the reference itself would be served as the object', () => {
  const builder = createBuilder()
  const key = builder.selection<{ id: string }>('id')
  builder.externalRef('Child', key).implement({
    permission: 'child.refer',
    externalFields: (t) => ({ id: t.field({ type: 'UUID', nullable: false, permission: 'child.refer' }) }),
  })
  expect(() => toSubgraph(builder)).toThrow('Child has a @key but no resolveReference')
})

test('subscriptions do not build: nothing guards them', () => {
  const builder = createBuilder()
  builder.subscriptionType({})
  builder.subscriptionField('ticks', (t) =>
    t.int({ permission: 'anyone', subscribe: async function* () {}, resolve: () => 1 }),
  )
  expect(() => toSubgraph(builder)).toThrow('Subscriptions are not guarded here')
})

test('permissions can be read back from a built schema, of types and fields', () => {
  const { schema } = tinySubgraph()
  expect(permissionOf(schema, 'Child')).toBe('child.refer')
  expect(permissionOf(schema, 'Child', 'lastSchool')).toBe('enrolment.read')
  expect(permissionOf(schema, 'Mutation', 'enrol')).toBe('enrolment.start')
  expect(permissionOf(schema, 'Nowhere')).toBeUndefined()
  const walked = walkPermissions(schema)
  expect(walked).toContainEqual({ type: 'Child', field: null, permission: 'child.refer' })
  expect(walked).toContainEqual({ type: 'InvalidInput', field: 'problems', permission: 'anyone' })
  expect(walked.filter(({ field }) => field?.startsWith('_'))).toEqual([])
})
