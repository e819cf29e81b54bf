import { runDemo } from '@satuanak/service-kit'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { loadDemo } from './demo.ts'
import { prismaFolder } from './service.ts'
import { type House, openHouse } from './test-house.ts'

let house: House
beforeAll(async () => {
  house = await openHouse(inject('postgresUrl'))
  await load()
})
afterAll(() => house?.close())

const load = () =>
  runDemo({
    databaseUrl: house.network.databaseUrl('coordination'),
    prismaFolder,
    load: loadDemo,
    children: 2000,
    today: Temporal.PlainDate.from('2026-11-23'),
  })
const rows = <Row>(sql: string) => house.network.service('coordination').app.db.$queryRawUnsafe<Row[]>(sql)

test('the city’s referrals and timelines are loaded, and loading twice changes nothing (PV-17)', async () => {
  const count = () =>
    rows<object>('SELECT (SELECT count(*) FROM referral) AS referrals, (SELECT count(*) FROM timeline_entry) AS facts')
  const first = await count()
  await load()
  expect(await count()).toEqual(first)
  const states = await rows<{ state: string }>('SELECT DISTINCT state FROM referral ORDER BY state')
  expect(states.map(({ state }) => state)).toEqual(['DITERIMA', 'DITOLAK', 'SELESAI', 'TERKIRIM'])
})

test('the registry’s inbox holds demo referrals, overdue ones too', async () => {
  const { inbox } = await house.network
    .subgraph('coordination', 'dukcapil')
    .ok<{ inbox: { nodes: { title: string; overdue: boolean }[] } }>(
      '{ inbox(first: 100) { nodes { title overdue } } }',
    )
  expect(inbox.nodes.some(({ overdue }) => overdue)).toBe(true)
  expect(inbox.nodes.some(({ overdue }) => !overdue)).toBe(true)
})

test('every fact of the demo has its sentence, told in an order that rises', async () => {
  const children = await rows<{ id: string }>(
    `SELECT DISTINCT ON (type) child_id::text AS id FROM timeline_entry
     WHERE child_id NOT IN (SELECT child_id FROM platform.child_level WHERE level = 4)`,
  )
  const of = children.map(({ id }) => ({ __typename: 'Child', id }))
  const { _entities } = await house.network
    .subgraph('coordination', 'bapperida')
    .ok<{ _entities: { timeline: { nodes: { at: string; type: string; sentence: string }[] } }[] }>(
      `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Child {
         timeline(first: 100) { nodes { at type sentence } } } } }`,
      { of },
    )
  const nodes = _entities.flatMap(({ timeline }) => timeline.nodes)
  expect(new Set(nodes.map(({ type }) => type)).size).toBe(children.length)
  for (const { timeline } of _entities) {
    const times = timeline.nodes.map(({ at }) => at)
    expect(times).toEqual(times.toSorted())
  }
  expect(nodes.every(({ sentence }) => sentence.length > 10)).toBe(true)
})
