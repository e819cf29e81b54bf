import { buildSchema } from '@apollo/federation-internals'
import { buildOperationContext, executeQueryPlan, type ServiceMap } from '@apollo/gateway'
import type { QueryPlan } from '@apollo/query-planner'
import fc from 'fast-check'
import { parse, validate } from 'graphql'
import { expect, test } from 'vitest'
import { compileExecution } from '../execution.ts'
import { anySource } from './test-any-answer.ts'
import { anyPlan, SDL } from './test-any-plan.ts'
import { outcomeOf, requestOf } from './test-compare.ts'
import { diceOf } from './test-dice.ts'
import { operationOf } from './test-operation.ts'

const api = buildSchema(SDL)
const schema = api.toGraphQLJSSchema()
/** The same in every run; `SEED=…` draws others. */
const seed = Number(process.env.SEED ?? 20_261_128)

test('whatever a plan says, and whatever is answered to it, both executors make the same of it', async () => {
  const tally = { compared: 0, whole: 0 }
  await fc.assert(
    fc.asyncProperty(fc.gen(), async (gen) => {
      const dice = diceOf(gen)
      const { query, variables } = operationOf(dice, schema)
      const document = parse(query, { noLocation: true })
      if (validate(schema, document).length > 0) return
      const plan: QueryPlan = { kind: 'QueryPlan', node: anyPlan(dice) }
      const operationContext = buildOperationContext({ schema, operationDocument: document })
      const compiled = compileExecution(plan, { supergraph: schema, api, operationContext, telemetry: undefined })
      for (const answers of ['a', 'b', 'c', 'd']) {
        const source = anySource(() => answers, { fields: 0, answers: 15 })
        const services: ServiceMap = { s0: source, s1: source }
        const request = () => requestOf({ schema }, query, document, variables)
        const stock = executeQueryPlan(plan, services, request(), operationContext, schema, api, undefined)
        const expected = await outcomeOf(stock)
        expect(await outcomeOf(compiled(request(), services)), query).toEqual(expected)
        tally.compared += 1
        if (!('thrown' in expected) && expected.data !== 'null') tally.whole += 1
      }
    }),
    { numRuns: 500, seed, endOnFailure: true },
  )
  process.stdout.write(`any plan: seed ${seed}, ${tally.compared} cases, ${tally.whole} of them with data\n`)
  expect(tally.whole).toBeGreaterThan(300)
}, 120_000)
