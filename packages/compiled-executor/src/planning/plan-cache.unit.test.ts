import { createHash } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { CompiledGateway } from '../gateway.ts'
import type { CarriedOut } from '../metrics.ts'
import { ask, type Subgraphs, subgraphs } from '../test-supergraph.ts'
import { PlannerThread, PlanningTooLong } from './planner-thread.ts'

const QUERY = 'query O { pupils { id name place } }'
/** No thread plans it within the millisecond that is the least a timer waits. */
const INTRICATE = `query O { ${Array.from({ length: 300 }, (_, n) => `a${n}: pupils { id name place }`).join(' ')} }`

let house: Subgraphs
let gateway: CompiledGateway
let by: CarriedOut[]
beforeEach(async () => {
  process.env.APOLLO_TELEMETRY_DISABLED = 'true'
  house = subgraphs()
  by = []
  gateway = new CompiledGateway(house.config, { plans: {}, onOperation: (one) => void by.push(one) })
  await gateway.load()
})
afterEach(() => gateway.stop())

test('a plan of the thread answers what a plan of the gateway answers', async () => {
  const plain = new CompiledGateway(house.config)
  await plain.load()
  for (const query of [QUERY, '{ seen }', 'query O { pupils { __typename ... on Child { place } } }']) {
    expect(await ask(gateway, query)).toEqual(await ask(plain, query))
    expect(await ask(gateway, query)).toEqual(await ask(plain, query))
  }
  await plain.stop()
})

test('the loop goes round while plans are made', async () => {
  const turns: number[] = []
  const timer = setInterval(() => void turns.push(1), 1)
  await gateway.warm([INTRICATE])
  clearInterval(timer)
  expect(turns.length).toBeGreaterThan(1)
})

test('what is warm is planned for whoever asks first, by its name or without', async () => {
  const told: unknown[] = []
  const warm = new CompiledGateway(
    { ...house.config, experimental_didResolveQueryPlan: ({ queryPlan }) => void told.push(queryPlan) },
    { plans: {} },
  )
  await warm.load()
  await warm.warm([QUERY])
  // As Apollo Server tells it.
  const queryHash = createHash('sha256').update(QUERY).digest('hex')
  await ask(warm, QUERY, { queryHash, request: { query: QUERY } })
  await ask(warm, QUERY, { queryHash, request: { query: QUERY, operationName: 'O' } })
  await warm.stop()
  expect(told).toHaveLength(2)
  expect(told[1]).toBe(told[0])
})

test('many who ask for one operation at once have one plan', async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, () => ask(gateway, QUERY)))
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
  expect(by.filter(({ executor }) => executor === 'stock').length).toBeGreaterThan(0)
})

test('what the thread cannot plan is refused by the gateway in its own words', async () => {
  const { errors } = await ask(gateway, 'query O { pupils { id } }', {
    request: { query: 'x', operationName: 'P' },
  }).catch((error: Error) => ({ errors: [error] }))
  expect(errors?.[0]?.message).toMatch(/P/)
})

test('a plan that is not made in its time is given up, and the next ones are made', async () => {
  const refusing = new CompiledGateway(house.config, {
    plans: { budgetMs: 0, tooLong: () => new Error('too intricate') },
  })
  await refusing.load()
  await expect(ask(refusing, INTRICATE)).rejects.toThrow('too intricate')
  await refusing.stop()
  const thread = new PlannerThread({ supergraphSdl: house.supergraphSdl, config: undefined }, 5_000)
  await thread.ready
  expect((await thread.plan(QUERY, undefined))?.kind).toBe('QueryPlan')
  expect(await thread.plan('{ unheardOf }', undefined)).toBeUndefined()
  await thread.close()
  expect(await thread.plan(QUERY, undefined)).toBeUndefined()
})

test('after a plan was given up the thread begins anew', async () => {
  const thread = new PlannerThread({ supergraphSdl: house.supergraphSdl, config: undefined }, 0)
  await thread.ready
  await expect(thread.plan(INTRICATE, undefined)).rejects.toThrow(PlanningTooLong)
  await expect(thread.plan(INTRICATE, undefined)).rejects.toThrow(PlanningTooLong)
  await thread.close()
})

test('a supergraph that cannot be read leaves planning to the gateway', async () => {
  const thread = new PlannerThread({ supergraphSdl: 'no schema', config: undefined }, 5_000)
  expect(await thread.plan(QUERY, undefined)).toBeUndefined()
  await thread.close()
})
