import { readFileSync } from 'node:fs'
import { buildSchema } from '@apollo/federation-internals'
import { buildOperationContext } from '@apollo/gateway'
import type { FetchNode, QueryPlan } from '@apollo/query-planner'
import { OperationTypeNode, parse } from 'graphql'
import { expect, test } from 'vitest'
import { compileExecution } from './execution.ts'
import { type NotCompiled, REASONS, type Reason } from './not-compiled.ts'

const api = buildSchema('type Query { a: Int }')
const schema = api.toGraphQLJSSchema()

const fetch: FetchNode = {
  kind: 'Fetch',
  serviceName: 'one',
  operation: '{ a }',
  operationName: undefined,
  operationKind: OperationTypeNode.QUERY,
}

/** Why a plan is not compiled; undefined where it is. */
function reasonFor(node: unknown, query = '{ a }'): Reason | undefined {
  const operationContext = buildOperationContext({ schema, operationDocument: parse(query) })
  const world = { supergraph: schema, api, operationContext, telemetry: undefined }
  try {
    compileExecution({ kind: 'QueryPlan', node } as QueryPlan, world)
    return undefined
  } catch (error) {
    return (error as NotCompiled).reason
  }
}

test.each<[Reason, unknown]>([
  ['subscription', { kind: 'Subscription', primary: fetch }],
  ['defer', { kind: 'Sequence', nodes: [fetch, { kind: 'Defer', primary: {}, deferred: [] }] }],
  ['context', { ...fetch, contextRewrites: [{ kind: 'KeyRenamer', path: ['a'], renameKeyTo: 'b' }] }],
  ['path', { kind: 'Flatten', path: ['a', 0], node: fetch }],
  ['unknown-node', { kind: 'Parallel', nodes: [{ kind: 'Later' }] }],
])('left to the stock executor: %s', (reason, node) => {
  expect(reasonFor(node)).toBe(reason)
})

test('an operation that cannot be read is left to the stock executor, and no plan at all is compiled', () => {
  expect(reasonFor(fetch, '{ unheardOf }')).toBe('operation')
  expect(reasonFor(undefined, '{ __typename }')).toBeUndefined()
})

test('an operation of many selections, small as its document may be, is left to the stock executor', () => {
  const fragments = Array.from(
    { length: 20 },
    (_, index) => `fragment F${index} on Query { ...F${index + 1} ...G${index} }
    fragment G${index} on Query { ...F${index + 1} }`,
  )
  const query = `{ ...F0 } ${fragments.join('\n')} fragment F20 on Query { a }`
  expect(reasonFor(fetch, query)).toBe('size')
})

test('every reason is in the README, and no other', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
  const listed = [...readme.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, reason]) => reason)
  expect(listed.toSorted()).toEqual(Object.keys(REASONS).toSorted())
})
