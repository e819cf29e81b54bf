import { hostname } from 'node:os'
import { context, metrics, propagation, trace } from '@opentelemetry/api'
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { MeterProvider, type MetricReader, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics'
import { BatchSpanProcessor, NodeTracerProvider, type SpanProcessor } from '@opentelemetry/sdk-trace-node'
import { closeTogether } from './close-all.ts'
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

/** Who measures: a service, and which of its processes where several serve one port. */
export interface TelemetrySource {
  readonly service: string
  readonly worker: number | undefined
}

/** Series are told apart by the instance: without it each worker's numbers would overwrite the other's. */
function attributesOf(source: string | TelemetrySource) {
  const { service, worker } = typeof source === 'string' ? { service: source, worker: undefined } : source
  return {
    'service.name': service,
    ...(worker !== undefined && { worker, 'service.instance.id': `${hostname()}/${worker}` }),
  }
}

/**
 * Starts tracing and metrics for this process: W3C headers in and out, spans and, once a minute, metrics to `endpoint`
 * (OTLP over HTTP) where one is given. Without an endpoint trace ids still run from gateway to consumer, so that logs of
 * one request can be joined. What measures asks for its instruments afterwards: those of before stay mute.
 * @returns flushes and stops.
 */
export function startTelemetry(
  source: string | TelemetrySource,
  endpoint: string | undefined,
  extra: readonly SpanProcessor[] = [],
  readers: readonly MetricReader[] = [],
): { close(): Promise<void> } {
  const exporters = endpoint ? [new BatchSpanProcessor(new OTLPTraceExporter({ url: `${endpoint}/v1/traces` }))] : []
  const resource = resourceFromAttributes(attributesOf(source))
  const provider = new NodeTracerProvider({ resource, spanProcessors: [MASK, ...exporters, ...extra] })
  provider.register()
  const meters = new MeterProvider({ resource, readers: [...metricReaders(endpoint), ...readers] })
  metrics.setGlobalMeterProvider(meters)
  return {
    close: async () => {
      await closeTogether([() => provider.shutdown(), () => meters.shutdown()])
      metrics.disable()
      trace.disable()
      context.disable()
      propagation.disable()
    },
  }
}

const metricReaders = (endpoint: string | undefined): MetricReader[] =>
  endpoint
    ? [new PeriodicExportingMetricReader({ exporter: new OTLPMetricExporter({ url: `${endpoint}/v1/metrics` }) })]
    : []
