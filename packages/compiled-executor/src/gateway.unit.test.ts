import type { SupergraphManager } from '@apollo/gateway'
import { beforeEach, expect, test } from 'vitest'
import { CompiledGateway } from './gateway.ts'
import type { CarriedOut } from './metrics.ts'
import { ask, type Subgraphs, subgraphs, supergraphOf } from './test-supergraph.ts'

const QUERY = 'query O { pupils { id name place } }'

let house: Subgraphs
let by: CarriedOut[]
let gateway: CompiledGateway
const onOperation = (one: CarriedOut) => void by.push(one)
beforeEach(async () => {
  process.env.APOLLO_TELEMETRY_DISABLED = 'true'
  house = subgraphs()
  by = []
  gateway = new CompiledGateway(house.config, { onOperation })
  await gateway.load()
})

const stock = (reason: string) => ({ executor: 'stock', reason })
const compiled = { executor: 'compiled' }

test('the first request of an operation is the stock executor’s, which plans it; the next ones are compiled', async () => {
  const first = await ask(gateway, QUERY)
  const second = await ask(gateway, QUERY)
  expect(second).toEqual(first)
  expect(second.data?.pupils).toHaveLength(3)
  expect(by).toEqual([stock('first'), compiled])
})

test('an operation is known by its document and by its name in it', async () => {
  const query = `${QUERY} query P { seen }`
  for (const operationName of ['O', 'P', 'O', 'P']) {
    const { data } = await ask(gateway, query, { request: { query, operationName } })
    expect(Object.keys(data ?? {})).toEqual([operationName === 'O' ? 'pupils' : 'seen'])
  }
  expect(by).toEqual([stock('first'), stock('first'), compiled, compiled])
})

test('equal representations are sent once, and the answer is that of each', async () => {
  await ask(gateway, QUERY)
  const { data } = await ask(gateway, QUERY)
  expect(house.asked.outreach.map(({ representations }) => representations)).toMatchObject([
    [{ id: '1' }, { id: '2' }, { id: '1' }],
    [{ id: '1' }, { id: '2' }],
  ])
  expect(data?.pupils).toMatchObject([{ place: 'Alun-alun 1' }, { place: 'Alun-alun 2' }, { place: 'Alun-alun 1' }])
})

test('an error of a representation that was sent once stands at every place it was sent for', async () => {
  await ask(gateway, 'query O { pupils { place } }')
  house.outreach = (representations) => ({
    data: { _entities: representations.map(() => null) },
    errors: [{ message: 'refused', path: ['_entities', 0, 'place'], extensions: { code: 'NOT_PERMITTED' } }],
  })
  const { errors } = await ask(gateway, 'query O { pupils { place } }')
  expect(errors?.map(({ path, extensions }) => [path, extensions.code])).toEqual([
    [['pupils', 0, 'place'], 'NOT_PERMITTED'],
    [['pupils', 2, 'place'], 'NOT_PERMITTED'],
  ])
})

test('a field aliased __proto__ is a field as any other', async () => {
  const query = 'query O { pupils { __proto__: id place constructor: name } }'
  await ask(gateway, query)
  const { data } = await ask(gateway, query)
  expect(by.at(-1)).toEqual(compiled)
  expect(JSON.stringify(data?.pupils[0])).toBe('{"__proto__":"1","place":"Alun-alun 1","constructor":"anak 1"}')
  expect(({} as { place?: unknown }).place).toBeUndefined()
})

test('variables that do not fit are refused before anything is fetched', async () => {
  const query = 'query O($first: Int) { pupils(first: $first) { id } }'
  await ask(gateway, query, { variables: { first: 1 } })
  const { data, errors } = await ask(gateway, query, { variables: { first: 'many' } })
  expect(by.at(-1)).toEqual(compiled)
  expect(data).toBeUndefined()
  expect(errors?.[0]?.message).toContain('$first')
  expect(house.asked.pupils).toHaveLength(1)
})

test('what a subgraph answered against the schema is told under extensions.valueCompletion', async () => {
  await ask(gateway, 'query O { pupils { place } }')
  house.outreach = (representations) => ({ data: { _entities: representations.map(() => ({ place: null })) } })
  const { data, errors, extensions } = await ask(gateway, 'query O { pupils { place } }')
  expect({ data, errors }).toEqual({ data: { pupils: null }, errors: undefined })
  expect(extensions?.valueCompletion[0].message).toBe('Cannot return null for non-nullable field Child.place.')
})

test('tracing and showing the plan are left to the stock executor', async () => {
  await ask(gateway, QUERY)
  await ask(gateway, QUERY, { metrics: { captureTraces: true } })
  const headers = new Map([['Apollo-Query-Plan-Experimental', '1']])
  const shown = await ask(gateway, QUERY, { request: { query: QUERY, http: { headers } } })
  expect(by.slice(1)).toEqual([stock('traces'), stock('debug')])
  expect(shown.extensions).toHaveProperty('__queryPlanExperimental')
})

test('operations not asked for longest are forgotten, and then planned again', async () => {
  gateway = new CompiledGateway(house.config, { onOperation, selections: 4 })
  await gateway.load()
  const queries = ['query O { seen }', 'query O { pupils { id } }', 'query O { pupils { name } }']
  for (const query of [...queries, queries[2], queries[0]]) await ask(gateway, String(query))
  expect(by).toEqual([stock('first'), stock('first'), stock('first'), compiled, stock('first')])
  // Larger than all that is kept.
  const large = `query O { ${'pupils { id } '.repeat(8)} ${[...'abcdefgh'].map((name) => `${name}: seen`).join(' ')} }`
  await ask(gateway, large)
  await ask(gateway, large)
  expect(by.slice(-2)).toEqual([stock('first'), stock('first')])
})

test('with a new supergraph nothing that was compiled holds any more', async () => {
  let update: Parameters<SupergraphManager['initialize']>[0]['update'] = () => undefined
  const supergraphSdl: SupergraphManager = {
    initialize: async (options) => {
      update = options.update
      return { supergraphSdl: supergraphOf() }
    },
  }
  const { buildService, logger } = house.config as { buildService: never; logger: never }
  const changing = new CompiledGateway({ supergraphSdl, buildService, logger }, { onOperation })
  await changing.load()
  await ask(changing, QUERY)
  await ask(changing, QUERY)
  update(supergraphOf(' extend type Query { more: Int @shareable }'))
  await ask(changing, QUERY)
  await ask(changing, QUERY)
  expect(by).toEqual([stock('first'), compiled, stock('first'), compiled])
})

test('whoever follows the plans is told of each, compiled or not', async () => {
  const told: unknown[] = []
  const following = new CompiledGateway({
    ...house.config,
    experimental_didResolveQueryPlan: ({ queryPlan }) => void told.push(queryPlan),
  })
  await following.load()
  await ask(following, QUERY)
  await ask(following, QUERY)
  expect(told).toHaveLength(2)
  expect(told[1]).toBe(told[0])
})
