import { randomUUID } from 'node:crypto'
import type { ServiceName } from '@satuanak/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { act } from '../src/act.ts'
import { newContact, openSchools, PANJANG_WETAN } from '../src/city.ts'
import { type House, startHouse } from '../src/house.ts'
import { lookAt, PARTS_OF } from '../src/one-child.ts'

// One boy, two agencies, two spellings, one identity, and back (DESIGN §4, ADR 0008, EC-08). Each test is the next step.

let house: House
/** As social affairs wrote him down. */
let moch: string
/** As the kelurahan wrote him down on education's list. */
let muhammad: string
let apart: Awaited<ReturnType<typeof bothSeen>>

beforeAll(async () => {
  house = await startHouse()
  await openSchools(house)
})
afterAll(() => house?.close())

const SPELLED = { sex: 'L', motherName: 'Siti Aminah', address: { kelurahan: PANJANG_WETAN, rt: '1', rw: '2' } }

/** All that the four agencies show under an id, and which ids are the one child. */
async function seenUnder(id: string) {
  const { child, errors } = await lookAt(house.as('bapperida'), id)
  const query = 'query ($id: UUID!) { child(id: $id) { identity { ids name } } }'
  const { child: named } = await house.as('bapperida').ok<{ child: { identity: Named } }>(query, { id })
  return { child, ...named.identity, errors }
}

interface Named {
  readonly ids: readonly string[]
  readonly name: string
}

const bothSeen = async () => ({ moch: await seenUnder(moch), muhammad: await seenUnder(muhammad) })

/** What was seen, without the timeline: it grows by the deeds themselves. */
const withoutTimeline = ({ child, ...rest }: Awaited<ReturnType<typeof seenUnder>>) => ({
  ...rest,
  child: { ...child, timeline: null },
})

async function later(): Promise<void> {
  await house.settle()
  house.clock.advance({ hours: 2 })
}

interface Desk {
  readonly reviewPairs: {
    readonly nodes: readonly {
      readonly verdict: string
      readonly reasons: readonly { readonly field: string; readonly outcome: string }[]
      readonly left: { readonly id: string; readonly identity: { readonly name: string } }
      readonly right: { readonly id: string; readonly identity: { readonly name: string } }
    }[]
  }
}

const desk = async () => {
  const side = 'id identity { name }'
  const query = `{ reviewPairs { nodes { verdict reasons { field outcome } left { ${side} } right { ${side} } } } }`
  return (await house.as('dukcapil').ok<Desk>(query)).reviewPairs.nodes
}

test('social affairs meets Moch. Ilham on the street; the kelurahan lists Muhammad Ilham as out of school', async () => {
  const newChild = { ...SPELLED, name: 'Moch. Ilham Maulana', birthDate: '2013-03-02' }
  const met = await act<{ child: { id: string } }>(
    house.as('petugas-sosial'),
    'recordContact',
    newContact({ newChild }),
    'child { id }',
  )
  moch = met.child.id
  await later()
  const report = {
    requestId: randomUUID(),
    newChild: { ...SPELLED, name: 'Muhammad Ilham Maulana', birthDate: '2013-03-02' },
    category: 'DO',
    kelurahan: PANJANG_WETAN,
  }
  const selection = 'child { id }'
  const listed = await act<{ child: { id: string } }>(
    house.as('kelurahan-panjang-wetan'),
    'reportOutOfSchool',
    report,
    selection,
  )
  muhammad = listed.child.id
  await later()
})

test('nobody is joined by that: each agency’s data stands under its own child', async () => {
  apart = await bothSeen()
  expect(apart.moch).toMatchObject({ ids: [moch], name: 'Moch. Ilham Maulana', child: { ats: null } })
  expect(apart.moch.child.outreach).toMatchObject({ contacts: [{ place: 'Perempatan Grogolan' }] })
  expect(apart.muhammad).toMatchObject({ ids: [muhammad], child: { ats: { category: 'DO' } } })
  expect(apart.muhammad.child.outreach).toBeNull()
})

test('the review desk shows the two side by side, with what is alike (ID-21, EC-08)', async () => {
  const [pair, ...more] = await desk()
  expect(more).toEqual([])
  expect(pair).toMatchObject({
    left: { id: moch, identity: { name: 'Moch. Ilham Maulana' } },
    right: { id: muhammad, identity: { name: 'Muhammad Ilham Maulana' } },
    reasons: expect.arrayContaining([
      { field: 'NAME', outcome: 'EXACT' },
      { field: 'BIRTH_DATE', outcome: 'EXACT' },
    ]),
  })
})

test('an officer links them: one child under both ids, with what both agencies know, whichever id is asked', async () => {
  const link = { requestId: randomUUID(), keepId: moch, aliasId: muhammad, reason: 'Ibu menunjukkan KK: satu anak.' }
  await act(house.as('dukcapil'), 'linkChildren', link)
  await later()
  const one = await bothSeen()
  // Where no paper decides, the latest word stands (ID-05), whichever record is kept.
  expect(one.moch).toMatchObject({ ids: [moch, muhammad], name: 'Muhammad Ilham Maulana' })
  expect(one.moch.child.ats).toEqual(apart.muhammad.child.ats)
  expect(one.moch.child.outreach).toEqual(apart.moch.child.outreach)
  expect(one.muhammad).toEqual({ ...one.moch, child: { ...one.moch.child, id: muhammad } })
  expect(await desk()).toEqual([])
})

test('each agency’s subgraph answers a reference by either id alike', async () => {
  const representations = [moch, muhammad].map((id) => ({ __typename: 'Child', id }))
  const selections = {
    'civil-registry': 'identity { name ids } papers { missing }',
    education: 'ats { category reportedAt }',
    social: 'outreach { contacts { place } }',
    coordination: 'timeline(first: 50) { nodes { at sentence } }',
  } as const satisfies Record<ServiceName, string>
  for (const service of Object.keys(PARTS_OF) as ServiceName[]) {
    const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) {
      ... on Child { ${selections[service]} } } }`
    const asked = house.subgraph(service, 'bapperida')
    const { _entities } = await asked.ok<{ _entities: readonly [object, object] }>(query, { representations })
    expect(_entities[0]).toEqual(_entities[1])
    expect(JSON.stringify(_entities[0])).toMatch(/Muhammad|DO|Grogolan|satu anak/)
  }
})

test('who works for one agency still sees no more of him than that agency may (PV-12)', async () => {
  const { child } = await lookAt(house.as('kelurahan-panjang-wetan'), moch)
  expect(child).toMatchObject({ identity: { name: 'Muhammad Ilham Maulana' }, ats: { category: 'DO' }, outreach: null })
})

test('it was wrong: unlinked, each agency’s data stands apart again exactly as before', async () => {
  const unlink = { requestId: randomUUID(), aliasId: muhammad, reason: 'Ternyata sepupu yang serumah.' }
  await act(house.as('dukcapil'), 'unlinkChildren', unlink)
  await later()
  const now = await bothSeen()
  expect(withoutTimeline(now.moch)).toEqual(withoutTimeline(apart.moch))
  expect(withoutTimeline(now.muhammad)).toEqual(withoutTimeline(apart.muhammad))
  // What was declared and taken back stands with the one that was kept; the other's is as it was.
  expect(now.muhammad.child.timeline).toEqual(apart.muhammad.child.timeline)
  const sentences = (one: typeof now.moch) =>
    (one.child.timeline as { nodes: { sentence: string }[] }).nodes.map(({ sentence }) => sentence)
  expect(sentences(now.moch)).toEqual([
    ...sentences(apart.moch),
    'Petugas menyatakan dua catatan sebagai satu anak.',
    'Petugas membatalkan penyatuan dua catatan.',
  ])
})

test('and the two are never offered again (EC-06)', async () => {
  expect(await desk()).toEqual([])
  const query = '{ reviewPairs(state: BERBEDA) { nodes { left { id } right { id } note } } }'
  expect(await house.as('dukcapil').ok(query)).toEqual({
    reviewPairs: {
      nodes: [{ left: { id: moch }, right: { id: muhammad }, note: 'Ternyata sepupu yang serumah.' }],
    },
  })
})
