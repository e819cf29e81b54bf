import type { GatewayConfig } from '@apollo/gateway'
import gatewayPackage from '@apollo/gateway/package.json' with { type: 'json' }
import { type Exception, type Span, SpanStatusCode, trace } from '@opentelemetry/api'

/**
 * The stock gateway's own: whoever looks for its spans finds these. Asked for anew each time: one that was had before
 * tracing was set up, through another copy of the API than the one that set it up, would never record.
 */
const tracer = () => trace.getTracer('apollo/gateway-js', gatewayPackage.version)

type SpanName =
  | 'gateway.request'
  | 'gateway.plan'
  | 'gateway.validate'
  | 'gateway.execute'
  | 'gateway.fetch'
  | 'gateway.postprocessing'

type Attributes = Readonly<Record<string, string>>

export type TelemetryConfig = GatewayConfig['telemetry']

export interface Traced {
  readonly span: Span
  /** Says on the span that it went wrong; the exceptions themselves only where the configuration wants them. */
  failed(errors: readonly unknown[]): void
}

/** Runs `work` in a span, which `work` ends. */
export function inSpan<T>(name: SpanName, attributes: Attributes, work: (span: Span) => T): T {
  return tracer().startActiveSpan(name, { attributes }, work)
}

/** Says on a span that it went wrong; the exceptions themselves only where the configuration wants them. */
export function tellFailure(span: Span, config: TelemetryConfig, errors: readonly unknown[]): void {
  const wanted = config?.recordExceptions ?? false
  const many = wanted === true ? errors.length : Math.max(0, Number(wanted))
  for (const error of errors.slice(0, many)) span.recordException(error as Exception)
  span.setStatus({ code: SpanStatusCode.ERROR })
}

/** Runs `work` in a span that ends with it; what it throws is told on the span and thrown on. */
export function traced<T>(
  name: SpanName,
  attributes: Attributes,
  config: TelemetryConfig,
  work: (traced: Traced) => Promise<T>,
): Promise<T> {
  return inSpan(name, attributes, async (span) => {
    try {
      return await work({ span, failed: (errors) => tellFailure(span, config, errors) })
    } catch (error) {
      tellFailure(span, config, [error])
      throw error
    } finally {
      span.end()
    }
  })
}

/** As `traced`, for work that does not wait. */
export function tracedSync<T>(name: SpanName, config: TelemetryConfig, work: (traced: Traced) => T): T {
  return inSpan(name, {}, (span) => {
    try {
      return work({ span, failed: (errors) => tellFailure(span, config, errors) })
    } catch (error) {
      tellFailure(span, config, [error])
      throw error
    } finally {
      span.end()
    }
  })
}
