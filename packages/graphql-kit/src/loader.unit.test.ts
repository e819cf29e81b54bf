import { expect, test } from 'vitest'
import { createBuilder, type GraphContext, loader, toSubgraph } from './index.ts'
import { ask, contextOf } from './test-subgraph.ts'

test('keys asked for at the same moment are found by one statement, each key once', async () => {
  const context = contextOf('BAPPERIDA')
  const batches: (readonly string[])[] = []
  const school = () =>
    loader(context, 'school', async (npsns: readonly string[]) => {
      batches.push(npsns)
      return new Map(npsns.filter((npsn) => npsn !== 'none').map((npsn) => [npsn, `SDN ${npsn}`]))
    })
  const found = await Promise.all(['1', '2', '1', 'none'].map((npsn) => school()(npsn)))
  expect(found).toEqual(['SDN 1', 'SDN 2', 'SDN 1', null])
  expect(batches).toEqual([['1', '2', 'none']])
})

test('what one request found, another does not see', async () => {
  const find = (answer: string) => async (keys: readonly string[]) => new Map(keys.map((key) => [key, answer]))
  expect(await loader(contextOf('BAPPERIDA'), 'school', find('first'))('1')).toBe('first')
  expect(await loader(contextOf('BAPPERIDA'), 'school', find('second'))('1')).toBe('second')
})

test('a batch that fails fails each of its keys', async () => {
  const load = loader(contextOf('BAPPERIDA'), 'school', async () => Promise.reject(new Error('database away')))
  const found = await Promise.allSettled([load('1'), load('2')])
  expect(found.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
})

test('what a mutation wrote is what its answer shows, also after another one in the same request', async () => {
  let written = 0
  const builder = createBuilder<GraphContext>()
  builder.queryField('none', (t) => t.int({ permission: 'anyone', resolve: () => null }))
  builder.mutationField('write', (t) =>
    t.int({
      permission: 'anyone',
      resolve: (_root, _args, context) => {
        written += 1
        return loader(context, 'written', async (keys) => new Map(keys.map((key) => [key, written])))('1')
      },
    }),
  )
  const { schema } = toSubgraph(builder)
  const twice = `mutation { first: write { ...shown } second: write { ...shown } }
    fragment shown on WriteResult { ... on WriteSuccess { data } }`
  expect(await ask(schema, twice, contextOf('BAPPERIDA'))).toEqual({
    data: { first: { data: 1 }, second: { data: 2 } },
  })
})
