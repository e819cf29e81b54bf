import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { meetAndAssess, openSchools } from '../src/city.ts'
import { type House, startHouse } from '../src/house.ts'
import { post } from '../src/raw.ts'
import { queryArguments } from '../src/supergraph.ts'

/** What no form sends and every attacker tries. None of it names anything, so none of it may find anything. */
const STRANGE: Readonly<Record<string, unknown>> = {
  'an empty text': '',
  spaces: '   ',
  'a text of 200 kB': 'x'.repeat(200_000),
  'a zero byte': 'Bagas\u0000',
  'half a character': 'Bagas \ud800',
  'hidden direction marks': '\u202eBagas',
  'SQL and its wildcards': `%_\\'; DROP TABLE person; --`,
  'a number below all': -1,
  zero: 0,
  'a number above all': 2_147_483_647,
  'a number that is no integer': 1.5,
  'an object': { id: 'x' },
  'a list': ['x', 'y'],
  'a cursor of another list': Buffer.from(JSON.stringify(['x', 1])).toString('base64url'),
  'yes or no': true,
}

let house: House
beforeAll(async () => {
  house = await startHouse()
  await openSchools(house)
  await meetAndAssess(house)
})
afterAll(() => house?.close())

/** Someone who may ask each query. */
const ASKERS = ['dukcapil', 'peksos', 'bapperida'] as const

describe.for(queryArguments())('$field($argument:)', ({ field, argument, type, others, composite }) => {
  test.for(Object.keys(STRANGE))(
    'given %s answers or refuses with a code, and never with a fault of ours',
    async (kind) => {
      const query = `query ($it: ${type}) { ${field}(${argument}: $it ${others}) ${composite ? '{ __typename }' : ''} }`
      for (const as of ASKERS) {
        const authorization = `Bearer ${await house.token(as)}`
        const request = { query, variables: { it: STRANGE[kind] } }
        const { status, body, text } = await post(`${house.gatewayUrl}/graphql`, request, { authorization })
        expect([200, 400]).toContain(status)
        const codes = body.errors?.map(({ extensions }) => extensions?.code) ?? []
        for (const code of codes) expect(['BAD_USER_INPUT', 'INVALID_INPUT', 'NOT_PERMITTED']).toContain(code)
        // A refusal does not send back what it was sent.
        expect(text.length).toBeLessThan(20_000)
      }
    },
  )
})
