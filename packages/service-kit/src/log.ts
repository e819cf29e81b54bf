import { trace } from '@opentelemetry/api'
import { type Logger, pino } from 'pino'

export type { Logger }

/** Keys whose values never reach a log, however deep an object is thrown in. */
const PERSONAL = ['nik', 'kk', 'name', 'motherName', 'address', 'authorization', 'token', 'sealed', 'variables']
/** 16 digits in a row are a NIK or a KK until shown otherwise (PV-10). */
const SIXTEEN_DIGITS = /(?<!\d)\d{16}(?!\d)/g

/** One line of JSON per fact, with the trace it belongs to; no personal data (DESIGN §4). */
export function createLog(service: string, level: string, destination?: { write(line: string): void }): Logger {
  const options = {
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: PERSONAL.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: '[disembunyikan]' },
    formatters: { level: (label: string) => ({ level: label }) },
    mixin: () => {
      const span = trace.getActiveSpan()?.spanContext()
      return span ? { traceId: span.traceId } : {}
    },
  }
  const masked = { write: (line: string) => out.write(line.replace(SIXTEEN_DIGITS, '[16 angka]')) }
  const out = destination ?? pino.destination({ sync: false })
  return pino(options, masked)
}
