import {
  AggregationTemporality,
  InMemoryMetricExporter,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics'
import { startTelemetry } from '@satuanak/service-kit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { BOY, type House, startHouse } from '../test/house.ts'

const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE)
const reader = new PeriodicExportingMetricReader({ exporter })
let telemetry: ReturnType<typeof startTelemetry>
let house: House
beforeAll(async () => {
  telemetry = startTelemetry('gateway', undefined, [], [reader])
  house = await startHouse()
})
afterAll(async () => {
  await house.close()
  await telemetry.close()
})

test('operations are carried out compiled once they are planned, and counted by who carried them out (ADR 0022)', async () => {
  const query = 'query ($id: UUID!) { child(id: $id) { id school { name } outreach { place } } }'
  const first = await house.ask(query, { id: BOY })
  expect(first.data?.child).toMatchObject({ school: { name: 'PKBM of 1' }, outreach: { place: 'Alun-alun' } })
  expect((await house.ask(query, { id: BOY })).data).toEqual(first.data)
  await house.ask('{ me { name } }')
  await reader.forceFlush()
  const found = exporter.getMetrics().flatMap(({ scopeMetrics }) => scopeMetrics.flatMap(({ metrics }) => metrics))
  const counted = found.findLast(({ descriptor }) => descriptor.name === 'gateway.executor.operations')
  expect(counted?.dataPoints.map(({ attributes, value }) => ({ ...attributes, value }))).toEqual([
    { executor: 'stock', reason: 'first', value: 2 },
    { executor: 'compiled', value: 1 },
  ])
})
