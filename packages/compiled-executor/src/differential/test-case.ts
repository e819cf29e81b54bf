import { composeServices } from '@apollo/composition'
import { ApolloGateway, type GatewayConfig, type GraphQLDataSource } from '@apollo/gateway'
import type { QueryPlan } from '@apollo/query-planner'
import { buildSubgraphSchema } from '@apollo/subgraph'
import { type DocumentNode, parse, validate } from 'graphql'
import { CompiledGateway } from '../gateway.ts'
import type { CarriedOut } from '../metrics.ts'
import { outcomeOf, requestOf } from './test-compare.ts'
import type { Dice } from './test-dice.ts'
import { modelOf } from './test-model.ts'
import { type OperationModel, operationOf } from './test-operation.ts'
import { sdlOf } from './test-sdl.ts'
import { subgraphSource, type Weather } from './test-subgraph.ts'

/** One supergraph, carried out by both executors over the same subgraphs. */
export interface Pair {
  readonly stock: ApolloGateway
  readonly compiled: CompiledGateway
  readonly sdls: ReadonlyMap<string, string>
  /** How many operations were carried out by whom. */
  readonly tally: Map<string, number>
  weather: Weather
}

/** @returns what composition has against the model, where it does not compose. */
export async function pairOf(dice: Dice): Promise<Pair | string> {
  const sdls = sdlOf(modelOf(dice))
  const services = [...sdls].map(([name, sdl]) => ({ name, url: 'http://nowhere', typeDefs: parse(sdl) }))
  const { supergraphSdl, errors } = composeServices(services)
  if (!supergraphSdl) return `${errors?.map(({ message }) => message).join('\n')}\n${[...sdls.values()].join('\n--\n')}`
  const weather: Weather = { seed: '', faults: { fields: 0, answers: 0 } }
  const state = { weather }
  const sources = new Map<string, GraphQLDataSource>(
    services.map(({ name, typeDefs }) => [
      name,
      subgraphSource(name, buildSubgraphSchema({ typeDefs }), () => state.weather),
    ]),
  )
  const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }
  const plans = new Map<string, QueryPlan>()
  const config: GatewayConfig = {
    supergraphSdl,
    logger: quiet,
    validateSupergraph: false,
    buildService: ({ name }) => sources.get(name) as GraphQLDataSource,
    queryPlannerConfig: { cache: planCache(plans) },
  } as GatewayConfig
  const tally = new Map<string, number>()
  const stock = new ApolloGateway(config)
  const compiled = new CompiledGateway(config, { onOperation: (by) => note(tally, by) })
  await stock.load()
  await compiled.load()
  return Object.assign(state, { stock, compiled, sdls, tally, plans })
}

function note(tally: Map<string, number>, by: CarriedOut): void {
  const who = by.executor === 'compiled' ? 'compiled' : by.reason
  tally.set(who, (tally.get(who) ?? 0) + 1)
}

/** Both gateways plan the same way: once is enough. */
const planCache = (plans: Map<string, QueryPlan>) => ({
  get: async (key: string) => plans.get(key),
  set: async (key: string, plan: QueryPlan) => void plans.set(key, plan),
  delete: async (key: string) => plans.delete(key),
  clear: () => undefined,
})

export interface Prepared extends OperationModel {
  readonly document: DocumentNode
}

/** An operation that both gateways know, the compiled one by its plan; undefined where it is not valid. */
export async function prepared(pair: Pair, dice: Dice): Promise<Prepared | undefined> {
  const { schema } = pair.stock
  if (!schema) throw new Error('not loaded')
  const operation = operationOf(dice, schema)
  const document = parse(operation.query, { noLocation: true })
  if (validate(schema, document).length > 0) return undefined
  pair.weather = { seed: 'first', faults: { fields: 0, answers: 0 } }
  await outcomeOf(pair.compiled.executor(requestOf(pair.compiled, operation.query, document, operation.variables)))
  return { ...operation, document }
}

/** What both executors make of one operation over the same answers. */
export async function bothOf(pair: Pair, { query, document, variables }: Prepared, weather: Weather) {
  pair.weather = weather
  const of = (gateway: ApolloGateway) => outcomeOf(gateway.executor(requestOf(gateway, query, document, variables)))
  return { stock: await of(pair.stock), compiled: await of(pair.compiled) }
}
