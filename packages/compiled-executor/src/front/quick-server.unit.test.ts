import { ApolloServer } from '@apollo/server'
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled'
import fc from 'fast-check'
import { buildSchema, type GraphQLSchema } from 'graphql'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { QuickServer } from './quick-server.ts'
import {
  answerOf,
  anySent,
  type Calls,
  type Context,
  gatewayOver,
  hooks,
  plain,
  RESULTS,
  type Sent,
  type Side,
  shared,
} from './test-quick.ts'

let apollo: Side
let quick: Side
beforeAll(async () => {
  const [one, other]: [Calls, Calls] = [[], []]
  apollo = {
    calls: one,
    server: new ApolloServer<Context>({
      ...shared,
      gateway: gatewayOver(one),
      persistedQueries: false,
      plugins: [
        hooks(one),
        ApolloServerPluginCacheControlDisabled(),
        ApolloServerPluginInlineTraceDisabled(),
        ApolloServerPluginLandingPageDisabled(),
      ],
    }),
  }
  quick = {
    calls: other,
    server: new QuickServer<Context>({ ...shared, gateway: gatewayOver(other), plugins: [hooks(other)] }),
  }
  await Promise.all([apollo.server.start(), quick.server.start()])
})
afterAll(() => Promise.all([apollo.server.stop(), quick.server.stop()]))

describe('a quick server answers what Apollo Server answers', () => {
  test('whatever is sent, and whatever hooks and executor do: status, headers, body and every call', async () => {
    await fc.assert(
      fc.asyncProperty(anySent, async (sent) => {
        expect(await answerOf(quick, sent)).toEqual(await answerOf(apollo, sent))
      }),
      { numRuns: 5_000 },
    )
  })
  test.each(Object.keys(RESULTS) as (keyof typeof RESULTS)[])(
    'an operation met before, whose result is %s',
    async (executor) => {
      const sent = plain('{ one }', {}, { executor })
      await answerOf(quick, sent)
      expect(await answerOf(quick, sent)).toEqual(await answerOf(apollo, sent))
    },
  )
})

describe('what is met before', () => {
  const quickly = async (change?: (tell: (schema: GraphQLSchema) => void) => void) => {
    const calls: Calls = []
    const by: string[] = []
    const onAnswer = (one: string) => void by.push(one)
    const plugins = [hooks(calls)]
    const server = new QuickServer<Context>({ ...shared, gateway: gatewayOver(calls, change), plugins, onAnswer })
    await server.start()
    const side = { calls, server }
    const isKnown = async (sent: Sent) => {
      by.length = 0
      await answerOf(side, sent)
      return by.includes('quick')
    }
    return { side, isKnown, stop: () => server.stop() }
  }
  test('is not gone through again, by its text and the operation’s name', async () => {
    const { isKnown, stop } = await quickly()
    const two = 'query A { one } query B { two }'
    expect(await isKnown(plain('{ one }'))).toBe(false)
    expect(await isKnown(plain('{ one }'))).toBe(true)
    expect(await isKnown(plain('{ one }', { operationName: 'A' }))).toBe(false)
    expect(await isKnown(plain(two, { operationName: 'A' }))).toBe(false)
    expect(await isKnown(plain(two, { operationName: 'B' }))).toBe(false)
    expect(await isKnown(plain(two, { operationName: 'B' }))).toBe(true)
    await stop()
  })
  test('is forgotten with the schema it was valid for', async () => {
    let tell: (schema: GraphQLSchema) => void = () => {}
    const { side, isKnown, stop } = await quickly((given) => {
      tell = given
    })
    await isKnown(plain('{ two }'))
    expect(await isKnown(plain('{ two }'))).toBe(true)
    tell(buildSchema('type Query { one: String }'))
    expect((await answerOf(side, plain('{ two }'))).status).toBe(400)
    expect(await isKnown(plain('{ two }'))).toBe(false)
    await stop()
  })
  test('is left to Apollo Server where it ends in errors, and carried out once all the same', async () => {
    const { side, isKnown, stop } = await quickly()
    const sent = plain('{ one }', {}, { executor: 'partial' })
    await isKnown(sent)
    expect(await isKnown(sent)).toBe(false)
    expect(side.calls.filter((call) => call.startsWith('["{ one }"'))).toHaveLength(1)
    await stop()
  })
})
