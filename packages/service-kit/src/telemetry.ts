import { context, propagation, trace } from '@opentelemetry/api'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { BatchSpanProcessor, NodeTracerProvider, type SpanProcessor } from '@opentelemetry/sdk-trace-node'
import { withoutNumbers } from './log.ts'

/** Clients name their operations, and spans repeat the name: a NIK in it goes no further (PV-10). */
const MASK: SpanProcessor = {
  onStart: () => {},
  onEnding: (span) => {
    for (const [key, value] of Object.entries(span.attributes)) {
      if (typeof value === 'string') span.setAttribute(key, withoutNumbers(value))
    }
  },
  onEnd: () => {},
  forceFlush: async () => {},
  shutdown: async () => {},
}

/**
 * Starts tracing for this process: W3C headers in and out, spans to `endpoint` (OTLP over HTTP) where one is given.
 * Without an endpoint trace ids still run from gateway to consumer, so that logs of one request can be joined.
 * @returns flushes and stops.
 */
export function startTelemetry(
  service: string,
  endpoint: string | undefined,
  extra: readonly SpanProcessor[] = [],
): { close(): Promise<void> } {
  const exporters = endpoint ? [new BatchSpanProcessor(new OTLPTraceExporter({ url: `${endpoint}/v1/traces` }))] : []
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': service }),
    spanProcessors: [MASK, ...exporters, ...extra],
  })
  provider.register()
  return {
    close: async () => {
      await provider.shutdown()
      trace.disable()
      context.disable()
      propagation.disable()
    },
  }
}
