import { trace } from '@opentelemetry/api'
import { type LogFn, type Logger, pino } from 'pino'

export type { Logger }

/** Keys whose values never reach a log, however deep an object is thrown in. */
const PERSONAL = ['nik', 'kk', 'name', 'motherName', 'address', 'authorization', 'token', 'sealed', 'variables']
const SIXTEEN_DIGITS = /(?<!\d)\d{16}(?!\d)/g
/** 16 digits in a row are a NIK or a KK until shown otherwise (PV-10). */
export const withoutNumbers = (text: string): string => text.replace(SIXTEEN_DIGITS, '[16 angka]')

/** One line of JSON per fact, with the trace it belongs to; no personal data (DESIGN §4). */
export function createLog(service: string, level: string, destination?: { write(line: string): void }): Logger {
  const options = {
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: PERSONAL.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: '[disembunyikan]' },
    serializers: { err: (error: unknown) => describe(error) },
    hooks: { logMethod: withMessage },
    formatters: { level: (label: string) => ({ level: label }) },
    mixin: () => {
      const span = trace.getActiveSpan()?.spanContext()
      return span ? { traceId: span.traceId } : {}
    },
  }
  const masked = { write: (line: string) => out.write(withoutNumbers(line)) }
  const out = destination ?? pino.destination({ sync: false })
  return pino(options, masked)
}

/** Without a message pino takes the error's own, which may quote anything. */
function withMessage(this: Logger, args: Parameters<LogFn>, method: LogFn): void {
  const isBare = args.length === 1 && typeof args[0] === 'object'
  method.apply(this, isBare ? [args[0], 'a fault'] : args)
}

interface Described {
  readonly type: string
  readonly code?: string
  readonly stack?: string
  readonly cause?: Described
}

const DEEPEST = 4

/**
 * An error by its kind, its codes and where it was thrown. Never its message or its other properties: databases and
 * parsers repeat in them the values they met, and Prisma the whole row of a child.
 */
export function describe(thrown: unknown, depth = 1): Described {
  const said = (typeof thrown === 'object' && thrown !== null ? thrown : {}) as Readonly<Record<string, unknown>>
  const code = [said.code, said.originalCode].find((one) => typeof one === 'string' && /^[\w.-]{1,40}$/.test(one))
  // Prisma keeps what the driver threw beside its own error, not as the cause.
  const cause = said.cause ?? (said.meta as { readonly driverAdapterError?: unknown } | undefined)?.driverAdapterError
  return {
    type: thrown instanceof Error ? thrown.name : typeof thrown,
    ...(typeof code === 'string' && { code }),
    ...(thrown instanceof Error && { stack: framesOf(thrown) }),
    ...(cause !== undefined && depth < DEEPEST && { cause: describe(cause, depth + 1) }),
  }
}

/** The stack begins with the message, whose lines may look like frames. */
function framesOf({ stack = '', message }: Error): string {
  const after = stack.slice(stack.indexOf(message) + message.length)
  const frames = stack.includes(message) ? after : ''
  return frames
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n')
}
