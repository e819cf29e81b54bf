import { expect, test } from 'vitest'
import { loader } from './index.ts'
import { contextOf } from './test-subgraph.ts'

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
