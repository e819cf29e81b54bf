import { ApolloGateway } from '@apollo/gateway'
import { metrics, trace } from '@opentelemetry/api'
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics'
import {
  InMemorySpanExporter,
  NodeTracerProvider,
  type ReadableSpan,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-node'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { CompiledGateway } from './gateway.ts'
import { ask, type Subgraphs, subgraphs } from './test-supergraph.ts'

const QUERY = 'query O { pupils { place } }'

const spans = new InMemorySpanExporter()
const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE)
const reader = new PeriodicExportingMetricReader({ exporter })
const tracing = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] })
const measuring = new MeterProvider({ readers: [reader] })

beforeAll(() => {
  process.env.APOLLO_TELEMETRY_DISABLED = 'true'
  tracing.register()
  metrics.setGlobalMeterProvider(measuring)
})
beforeEach(() => spans.reset())
afterAll(async () => {
  await tracing.shutdown()
  await measuring.shutdown()
  trace.disable()
  metrics.disable()
})

/** What the spans say, and which is whose child. */
function told(): unknown[] {
  const all = spans.getFinishedSpans().filter(({ name }) => name !== 'gateway.plan')
  const parentOf = ({ parentSpanContext }: ReadableSpan) =>
    all.find((one) => one.spanContext().spanId === parentSpanContext?.spanId)?.name
  return all.map((span) => ({
    name: span.name,
    parent: parentOf(span),
    attributes: span.attributes,
    status: span.status.code,
    events: span.events.map(({ name, attributes }) => [name, attributes?.['exception.message']]),
  }))
}

type Outreach = NonNullable<Subgraphs['outreach']>
interface Trouble {
  readonly query?: string
  readonly variables?: Record<string, unknown>
  readonly outreach?: Outreach
}

test.each<[string, Trouble]>([
  ['a whole answer', {}],
  [
    'variables that do not fit',
    { query: 'query O($first: Int) { pupils(first: $first) { id } }', variables: { first: 'x' } },
  ],
  ['an error of a subgraph', { outreach: () => ({ data: null, errors: [{ message: 'no' }] }) }],
  ['an answer of another kind', { outreach: () => ({ data: { _entities: 'none' } }) }],
  ['a value that does not fit', { outreach: (all) => ({ data: { _entities: all.map(() => ({})) } }) }],
])('the spans of %s are those of the stock executor', async (_what, { query, variables = {}, outreach }) => {
  const house = subgraphs()
  const config = { ...house.config, telemetry: { includeDocument: true, recordExceptions: true } }
  const seen: unknown[][] = []
  for (const gateway of [new ApolloGateway(config), new CompiledGateway(config)]) {
    await gateway.load()
    delete house.outreach
    await ask(gateway, query ?? QUERY)
    if (outreach) house.outreach = outreach
    spans.reset()
    await ask(gateway, query ?? QUERY, { variables })
    seen.push(told())
  }
  expect(seen[1]).toEqual(seen[0])
  expect(seen[0]?.length).toBeGreaterThan(1)
})

test('operations are counted by who carried them out, and why', async () => {
  const gateway = new CompiledGateway(subgraphs().config)
  await gateway.load()
  for (const more of [{}, {}, { metrics: { captureTraces: true } }, {}]) await ask(gateway, 'query O { seen }', more)
  await reader.forceFlush()
  const found = exporter.getMetrics().flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((one) => one.metrics))
  const counted = found.findLast(({ descriptor }) => descriptor.name === 'gateway.executor.operations')
  const points = counted?.dataPoints.map(({ attributes, value }): Record<string, unknown> => ({ ...attributes, value }))
  expect(points).toContainEqual({ executor: 'stock', reason: 'traces', value: 1 })
  expect(points?.map(({ executor, reason }) => reason ?? executor)).toEqual(
    expect.arrayContaining(['compiled', 'first']),
  )
})
