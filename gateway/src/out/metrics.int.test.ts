import {
  AggregationTemporality,
  InMemoryMetricExporter,
  type MetricData,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics'
import { startTelemetry } from '@satuanak/service-kit'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Controlled, startControlled } from '../../test/controlled.ts'
import { AgencyLine, type LineRequest } from './agency-line.ts'
import { BREAKER } from './circuit-breaker.ts'

let exporter: InMemoryMetricExporter
let reader: PeriodicExportingMetricReader
let telemetry: ReturnType<typeof startTelemetry>
let agency: Controlled
let line: AgencyLine
beforeEach(async () => {
  exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE)
  reader = new PeriodicExportingMetricReader({ exporter })
  telemetry = startTelemetry('gateway', undefined, [], [reader])
  agency = await startControlled()
  line = new AgencyLine({
    service: 'social',
    url: new URL('/graphql', agency.url),
    agencyMs: 60_000,
    connections: 4,
    breaker: { ...BREAKER, failures: 1 },
    pause: async () => undefined,
  })
})
afterEach(async () => {
  await agency.close()
  await line.close()
  await telemetry.close()
})

const READ: LineRequest = {
  headers: { 'content-type': 'application/json' },
  body: '{"query":"{ a }"}',
  isChange: false,
}
const ask = () => line.ask(READ, { signal: new AbortController().signal, remainingMs: () => 60_000 })

/** What each instrument says now: its values by their attributes. */
async function measured() {
  exporter.reset()
  await reader.forceFlush()
  const found = exporter.getMetrics().flatMap(({ scopeMetrics }) => scopeMetrics.flatMap(({ metrics }) => metrics))
  return Object.fromEntries(found.map((metric) => [metric.descriptor.name, pointsOf(metric)]))
}

const pointsOf = ({ dataPoints }: MetricData) =>
  dataPoints.map(({ attributes, value }) => ({
    ...attributes,
    value: typeof value === 'object' ? `${value.count} counted` : value,
  }))

test('fetches are measured by agency and outcome, and so are retries, what is under way, and the circuit', async () => {
  const asked = ask()
  const first = await agency.next()
  expect(await measured()).toMatchObject({
    'gateway.agency.fetch.in_flight': [{ agency: 'social', value: 1 }],
    'gateway.agency.breaker.state': [{ agency: 'social', value: 0 }],
  })
  first.cut()
  ;(await agency.next()).answer({ data: {} })
  await asked

  const troubled = ask()
  ;(await agency.next()).answer({}, 503)
  await troubled
  await expect(ask()).rejects.toMatchObject({ kind: 'circuit-open' })
  expect(await measured()).toEqual({
    'gateway.agency.fetch.duration': [
      { agency: 'social', outcome: 'answered', value: '1 counted' },
      { agency: 'social', outcome: 'failed', value: '1 counted' },
    ],
    'gateway.agency.fetch.in_flight': [{ agency: 'social', value: 0 }],
    'gateway.agency.fetch.retries': [{ agency: 'social', value: 1 }],
    'gateway.agency.breaker.refused': [{ agency: 'social', value: 1 }],
    'gateway.agency.breaker.state': [{ agency: 'social', value: 2 }],
  })
})
