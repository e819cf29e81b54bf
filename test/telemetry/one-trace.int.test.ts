import { InMemorySpanExporter, type ReadableSpan, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node'
import { startTelemetry } from '@satuanak/service-kit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { mutation } from '../src/act.ts'
import { newContact } from '../src/city.ts'
import { type House, startHouse } from '../src/house.ts'
import { post } from '../src/raw.ts'

const exported = new InMemorySpanExporter()
let telemetry: ReturnType<typeof startTelemetry>
let house: House
beforeAll(async () => {
  telemetry = startTelemetry('house', undefined, [new SimpleSpanProcessor(exported)])
  house = await startHouse()
})
afterAll(async () => {
  await house?.close()
  await telemetry?.close()
})

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736'
const CLIENT = '00f067aa0ba902b7'

test('one trace runs unbroken from the client through gateway, subgraph, outbox and NATS to every consumer', async () => {
  const request = { query: mutation('recordContact', 'id'), variables: { input: newContact() } }
  const { body } = await post(`${house.gatewayUrl}/graphql`, request, {
    authorization: `Bearer ${await house.token('petugas-sosial')}`,
    traceparent: `00-${TRACE}-${CLIENT}-01`,
  })
  expect(body.data).toMatchObject({ result: { __typename: 'RecordContactSuccess' } })
  await house.settle()
  const spans = exported.getFinishedSpans().filter((span) => span.spanContext().traceId === TRACE)
  // The registry told, on hearing of the child, that it is registered: coordination is the third on the way.
  expect(wayOf(consumerOf(spans, 'coordination', 'civil-registry.person.registered.v1'), spans)).toEqual([
    'client',
    'POST /graphql',
    'gateway.request',
    'gateway.execute',
    'gateway.fetch',
    'POST /graphql',
    'process social.child.presented.v1',
    'process civil-registry.person.registered.v1',
  ])
  expect(heardBy(spans)).toEqual(
    expect.arrayContaining([
      'civil-registry social.child.presented.v1',
      'coordination social.child.presented.v1',
      'coordination social.street.contact.recorded.v1',
      'coordination civil-registry.person.registered.v1',
    ]),
  )
})

const GROUP = 'messaging.consumer.group.name'

function consumerOf(spans: readonly ReadableSpan[], service: string, type: string): ReadableSpan | undefined {
  return spans.find((span) => span.name === `process ${type}` && span.attributes[GROUP] === service)
}

const heardBy = (spans: readonly ReadableSpan[]): string[] =>
  spans
    .filter((span) => GROUP in span.attributes)
    .map((span) => `${span.attributes[GROUP]} ${span.name.slice('process '.length)}`)

/** The names of a span and of all above it, the outermost first. */
function wayOf(span: ReadableSpan | undefined, spans: readonly ReadableSpan[]): string[] {
  if (span === undefined) return []
  const parent = span.parentSpanContext?.spanId
  const above =
    parent === CLIENT
      ? ['client']
      : wayOf(
          spans.find((one) => one.spanContext().spanId === parent),
          spans,
        )
  return [...above, span.name]
}

test('what is traced is the way and never the child: no span says what was sent or of whom', () => {
  const text = JSON.stringify(
    exported.getFinishedSpans().map(({ name, attributes, events, status }) => ({ name, attributes, events, status })),
  )
  for (const word of ['Bagas', 'Siti Aminah', 'Grogolan', 'koran']) expect(text).not.toContain(word)
})

test('the audit names the trace, so that what was read and written can be joined with the logs', async () => {
  const rows = await house
    .service('social')
    .app.db.$queryRawUnsafe<{ action: string }[]>(`SELECT action FROM platform.audit_entry WHERE trace_id = '${TRACE}'`)
  expect(rows.map(({ action }) => action)).toContain('outreach.record')
})
