import { composeServices } from '@apollo/composition'
import { parse } from 'graphql'
import { expect, test } from 'vitest'
import { createBuilder, refusal, toSubgraph } from './index.ts'
import { SchoolNotFound, tinySubgraph } from './test-subgraph.ts'

/** Another service: extends the same child, refuses for the same reason, pages its own lists. */
function otherSubgraph(): string {
  const builder = createBuilder()
  refusal(builder, SchoolNotFound, {
    name: 'SchoolNotFound',
    description: 'No school has this number.',
    fields: (t) => ({ npsn: t.exposeString('npsn', { nullable: false, permission: 'anyone' }) }),
  })
  const Child = builder.objectRef<{ id: string }>('Child').implement({
    permission: 'child.refer',
    fields: (t) => ({
      id: t.expose('id', { type: 'UUID', nullable: false, permission: 'child.refer' }),
      contacts: t.int({ permission: 'outreach.read', resolve: () => 1 }),
    }),
  })
  builder.asEntity(Child, { key: builder.selection<{ id: string }>('id'), resolveReference: ({ id }) => ({ id }) })
  builder.mutationField('refer', (t) =>
    t.field({ type: Child, permission: 'referral.send', errors: { types: [SchoolNotFound] }, resolve: () => null }),
  )
  return toSubgraph(builder).sdl
}

/** The gateway's own: a child from its id alone, and no mutation. */
function idOnlySubgraph(): string {
  const builder = createBuilder()
  const Child = builder.objectRef<{ id: string }>('Child').implement({
    permission: 'child.refer',
    fields: (t) => ({ id: t.expose('id', { type: 'UUID', nullable: false, permission: 'child.refer' }) }),
  })
  builder.asEntity(Child, { key: builder.selection<{ id: string }>('id'), resolveReference: ({ id }) => ({ id }) })
  builder.queryField('child', (t) =>
    t.field({
      type: Child,
      nullable: false,
      permission: 'child.refer',
      args: { id: t.arg({ type: 'UUID', required: true }) },
      resolve: (_root, { id }) => ({ id }),
    }),
  )
  return toSubgraph(builder).sdl
}

test('subgraphs built here compose: what they share is alike, what they extend is joined', () => {
  const sdls = { education: tinySubgraph().sdl, social: otherSubgraph(), gateway: idOnlySubgraph() }
  const services = Object.entries(sdls).map(([name, sdl]) => ({ name, url: '', typeDefs: parse(sdl) }))
  const { errors, hints, supergraphSdl } = composeServices(services)
  expect(errors).toBeUndefined()
  expect(hints?.filter(({ definition }) => definition.level.value > 20).map(String)).toEqual([])
  expect(supergraphSdl).toContain('lastSchool')
})

test('a subgraph that only reads has no Mutation', () => {
  expect(idOnlySubgraph()).not.toContain('Mutation')
})

test('the SDL says what it is made from, and comes out the same every time', () => {
  expect(tinySubgraph().sdl).toMatch(/^# Generated from src\/graphql\/schema\.ts: do not edit\./)
  expect(tinySubgraph().sdl).toBe(tinySubgraph().sdl)
})
