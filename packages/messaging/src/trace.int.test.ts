import { randomUUID } from 'node:crypto'
import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { emit, following } from './emit.ts'
import { PermanentFailure } from './failure.ts'
import { contact, tell } from './fixtures/facts.ts'
import { peer } from './fixtures/network.ts'
import { useServers } from './fixtures/servers.ts'
import { settleTogether } from './operate/settle.ts'

const servers = useServers()
const exported = new InMemorySpanExporter()
const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exported)] })

beforeAll(() => provider.register())
beforeEach(() => exported.reset())
afterAll(() => provider.shutdown())

const named = (name: string) => exported.getFinishedSpans().find((span) => span.name === name)

test('one trace runs from the use case through outbox and NATS into the handler, and on through what it emits', async () => {
  const social = await peer(servers, 'social')
  const education = await peer(servers, 'education', [
    {
      from: 'social',
      handlers: {
        'social.street.contact.recorded.v1': async (tx, event) => {
          await emit(tx, {
            type: 'education.ats.record.created.v1',
            subject: event.subject,
            data: { recordId: randomUUID(), category: 'DO', source: 'OUTREACH', kelurahan: null },
            actor: 'system',
            org: 'DISDIK',
            sensitivity: 2,
            time: Temporal.Instant.from(event.time),
            ...following(event),
          })
        },
      },
    },
  ])
  const coordination = await peer(servers, 'coordination', [{ from: 'education', handlers: {} }])
  await trace.getTracer('test').startActiveSpan('recordContact', async (span) => {
    await tell(social.database, contact(randomUUID()))
    span.end()
  })
  await settleTogether([social.messaging, education.messaging, coordination.messaging])
  const useCase = named('recordContact')
  const handler = named('process social.street.contact.recorded.v1')
  const onward = named('process education.ats.record.created.v1')
  const { traceId, spanId } = useCase?.spanContext() ?? {}
  expect(handler).toMatchObject({ kind: SpanKind.CONSUMER, parentSpanContext: { traceId, spanId, isRemote: true } })
  expect(onward?.parentSpanContext).toMatchObject({ traceId, spanId: handler?.spanContext().spanId })
})

test('the message carries the same traceparent as its envelope, for those who read headers only', async () => {
  const social = await peer(servers, 'social')
  const seen: (string | undefined)[] = []
  const subscription = social.messaging.broker.connection.subscribe('social.>', {
    callback: (_error, message) => {
      seen.push(message.headers?.get('traceparent'))
    },
  })
  await trace.getTracer('test').startActiveSpan('recordContact', async (span) => {
    await tell(social.database, contact(randomUUID()))
    span.end()
  })
  await social.messaging.settle()
  await social.messaging.broker.connection.flush()
  subscription.unsubscribe()
  const { traceId, spanId } = named('recordContact')?.spanContext() ?? {}
  expect(seen).toEqual([`00-${traceId}-${spanId}-01`])
})

test('a span tells that a handler failed by its reason, and names neither the child nor the data', async () => {
  const subject = randomUUID()
  const social = await peer(servers, 'social')
  const education = await peer(servers, 'education', [
    {
      from: 'social',
      handlers: {
        'social.street.contact.recorded.v1': async () => {
          throw new PermanentFailure('no such school')
        },
      },
    },
  ])
  await tell(social.database, contact(subject))
  await settleTogether([social.messaging, education.messaging])
  const span = named('process social.street.contact.recorded.v1')
  expect(span?.status).toEqual({ code: SpanStatusCode.ERROR, message: 'no such school' })
  expect(JSON.stringify(span?.attributes)).not.toContain(subject)
})
