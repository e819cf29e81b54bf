import { readFileSync } from 'node:fs'
import { ApolloGateway } from '@apollo/gateway'
import { getOperationAST, getVariableValues, parse, validate } from 'graphql'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type House, startHouse } from '../test/house.ts'
import { examples } from './explorer.ts'
import { createOperationCheck, OPERATION_LIMITS } from './limits.ts'

let house: House
beforeAll(async () => {
  house = await startHouse({}, true)
})
afterAll(() => house.close())

const get = async (path: string) => {
  const response = await fetch(`${house.url}${path}`)
  return { status: response.status, headers: response.headers, text: await response.text() }
}

test('the page, its script and its style name no other host: it works without the internet', async () => {
  const page = await get('/')
  expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
  const own = await Promise.all(['/explorer/explorer.js', '/explorer/explorer.css', '/explorer/graphiql.css'].map(get))
  for (const { text } of [page, ...own]) {
    expect(text).not.toMatch(/(?:src|href)=["']?(?:https?:)?\/\/|url\(["']?(?:https?:)?\/\/|@import|from ['"]http/)
  }
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(page.headers.get('content-security-policy')).not.toMatch(/https?:|\*|unsafe-eval|script-src[^;]*unsafe/)
})

test('everything the page asks for is served from here, as what it is', async () => {
  const { text } = await get('/')
  const assets = [...text.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map((match) => match[1] ?? '')
  expect(assets).toHaveLength(6)
  for (const asset of assets) {
    const { status, headers } = await get(asset)
    expect([asset, status]).toEqual([asset, 200])
    expect(headers.get('content-type')).toMatch(asset.endsWith('.css') ? /^text\/css/ : /^text\/javascript/)
  }
})

test('introspection, as GraphiQL asks it, is answered to whoever has a token', async () => {
  const answer = await house.ask('{ __schema { queryType { name } types { name fields { name } } } }')
  expect(answer.data).toMatchObject({ __schema: { queryType: { name: 'Query' } } })
})

test('no path leads out of the explorer’s own files', async () => {
  for (const path of ['/explorer/../package.json', '/explorer/%2e%2e/package.json', '/explorer/']) {
    expect((await get(path)).status).toBe(404)
  }
})

test('every example query and its variables fit the committed supergraph and the limits', async () => {
  const supergraphSdl = readFileSync(new URL('../supergraph.graphql', import.meta.url), 'utf8')
  const unasked = { process: async () => ({}) }
  const gateway = new ApolloGateway({ supergraphSdl, buildService: () => unasked })
  const { schema } = await gateway.load()
  await gateway.stop()
  expect(examples().length).toBeGreaterThan(0)
  for (const { query, variables } of examples()) {
    const document = parse(query)
    expect(validate(schema, document).map(({ message }) => message)).toEqual([])
    const given = JSON.parse(variables ?? '{}') as Record<string, unknown>
    const definitions = getOperationAST(document)?.variableDefinitions ?? []
    expect(getVariableValues(schema, definitions, given).errors).toBeUndefined()
    expect(createOperationCheck(OPERATION_LIMITS)(query, given)).toBeNull()
  }
})
