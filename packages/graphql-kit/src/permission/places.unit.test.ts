import type { Facts } from '@satuanak/identity'
import { expect, test } from 'vitest'
import { createBuilder, toSubgraph } from '../index.ts'
import { ask, contextOf, FAR, HIDDEN, NEAR } from '../test-subgraph.ts'

interface Stay {
  readonly facts: Facts
}

/** The places that the tiny subgraph does not have: an interface, a union, and objects that may not be null. */
function placesSubgraph(stay: Stay) {
  const builder = createBuilder()
  const Noted = builder.interfaceRef<Stay>('Noted').implement({
    permission: 'outreach.note.read',
    fields: (t) => ({ note: t.string({ permission: 'anyone', resolve: () => 'a note' }) }),
  })
  const StayType = builder.objectRef<Stay>('Stay').implement({
    permission: 'enrolment.read',
    facts: ({ facts }) => facts,
    interfaces: [Noted],
    isTypeOf: () => true,
    fields: (t) => ({
      place: t.string({ nullable: false, permission: 'enrolment.read', resolve: () => 'RPPSA' }),
    }),
  })
  const Anything = builder.unionType('Anything', { types: [StayType], resolveType: () => StayType })
  const Holder = builder.objectRef<object>('Holder').implement({
    permission: 'anyone',
    fields: (t) => ({
      one: t.field({ type: StayType, nullable: false, permission: 'anyone', resolve: () => stay }),
      some: t.field({ type: Anything, permission: 'anyone', resolve: () => stay }),
      many: t.field({
        type: [StayType],
        nullable: { list: false, items: false },
        permission: 'anyone',
        resolve: () => Promise.resolve([Promise.resolve(stay), stay]),
      }),
      noted: t.field({ type: Noted, permission: 'anyone', resolve: () => stay }),
    }),
  })
  builder.queryField('holder', (t) => t.field({ type: Holder, permission: 'anyone', resolve: () => ({}) }))
  return toSubgraph(builder).schema
}

const asked = async (
  facts: Facts,
  fields: string,
  role: 'PANITIA_SEKOLAH' | 'PEKSOS' | 'KEPALA_RPPSA' | 'TATA_USAHA',
) => {
  const { data, errors } = await ask(placesSubgraph({ facts }), `{ holder { ${fields} } }`, contextOf(role))
  return { holder: data?.holder, codes: (errors ?? []).map(({ extensions }) => extensions?.code) }
}

test('where null is not allowed, what is hidden says what it would say of nothing at all', async () => {
  expect(await asked(HIDDEN, 'one { place }', 'PANITIA_SEKOLAH')).toEqual({ holder: null, codes: ['NOT_FOUND'] })
})

test('what is not permitted says so where null is not allowed, too', async () => {
  expect(await asked(FAR, 'one { place }', 'PANITIA_SEKOLAH')).toEqual({ holder: null, codes: ['NOT_PERMITTED'] })
})

test('promised lists are measured item by item, and a hidden one is empty', async () => {
  expect(await asked(NEAR, 'many { place }', 'PANITIA_SEKOLAH')).toMatchObject({
    codes: [],
    holder: { many: [{}, {}] },
  })
  expect(await asked(HIDDEN, 'many { place }', 'PANITIA_SEKOLAH')).toEqual({ codes: [], holder: { many: [] } })
})

test('fields reached through a union are measured each by itself, and a non-null hidden one is not found', async () => {
  const answer = await asked(HIDDEN, 'some { ... on Stay { place } }', 'PANITIA_SEKOLAH')
  expect(answer).toEqual({ holder: { some: null }, codes: ['NOT_FOUND'] })
})

test("a field that an interface gives needs the interface's permission besides its type's and its own", async () => {
  expect(await asked(NEAR, 'noted { note }', 'KEPALA_RPPSA')).toMatchObject({ holder: { noted: { note: 'a note' } } })
  expect(await asked(NEAR, 'noted { note }', 'TATA_USAHA')).toEqual({
    holder: { noted: { note: null } },
    codes: ['NOT_PERMITTED'],
  })
})
