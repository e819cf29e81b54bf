import { ROLES } from '@satuanak/contracts'
import { isObjectType } from 'graphql'
import { expect, test } from 'vitest'
import { contextOf, FAR, HIDDEN, ID, NEAR, tinySubgraph } from '../test-subgraph.ts'
import { assertPermissions, everyFieldEveryRole } from './index.ts'

const { schema } = tinySubgraph()
const samples = [NEAR, FAR, HIDDEN, null]
const parents = {
  Child: samples.map((facts) => ({ id: ID, facts })),
  Enrolment: samples.map((facts) => ({ npsn: '20329999', facts })),
}

test('the table has every field of every type with every role, and what the permissions table says', () => {
  const table = everyFieldEveryRole(schema)
  const line = (type: string, field: string, role: string) =>
    table.find((one) => one.type === type && one.field === field && one.role === role)
  expect(line('Child', 'lastSchool', 'OPERATOR_DUKCAPIL')).toEqual({
    type: 'Child',
    field: 'lastSchool',
    role: 'OPERATOR_DUKCAPIL',
    permissions: ['child.refer', 'enrolment.read'],
    byRole: false,
  })
  expect(line('Mutation', 'enrol', 'DINAS_PENDIDIKAN')?.byRole).toBe(true)
  expect(table.length % ROLES.length).toBe(0)
})

test('the guard of every field lets through exactly whom the table lets through, near and far, ordinary and level 4', async () => {
  const walked = await assertPermissions({ schema, contextFor: (role) => contextOf(role), parents })
  expect(walked).toBeGreaterThan(ROLES.length * 20)
})

test('a field without its guard is found', async () => {
  const { schema: broken } = tinySubgraph()
  const child = broken.getType('Child')
  const field = isObjectType(child) ? child.getFields().lastSchool : undefined
  if (!field) throw new Error('no field to break')
  field.resolve = () => 'open to all'
  await expect(assertPermissions({ schema: broken, contextFor: (role) => contextOf(role), parents })).rejects.toThrow(
    /Child\.lastSchool as OPERATOR_DUKCAPIL: allowed, not denied: ROLE/,
  )
})

test('a type with facts but without samples is found', async () => {
  const { Child } = parents
  await expect(
    assertPermissions({ schema, contextFor: (role) => contextOf(role), parents: { Child } }),
  ).rejects.toThrow('Enrolment has facts')
})

test('a context with another role would prove nothing: it is refused', async () => {
  const contextFor = () => contextOf('BAPPERIDA')
  await expect(assertPermissions({ schema, contextFor, parents })).rejects.toThrow('has another role')
})
