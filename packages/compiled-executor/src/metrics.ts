import { metrics } from '@opentelemetry/api'
import type { Reason } from './not-compiled.ts'

/** Who carried an operation out, and why it was the stock executor. */
export type CarriedOut = { readonly executor: 'compiled' } | { readonly executor: 'stock'; readonly reason: Reason }

/** Counts operations by who carried them out; nothing is kept where no metrics are set up. */
export function operationCounter(): (by: CarriedOut) => void {
  const counter = metrics.getMeter('compiled-executor').createCounter('gateway.executor.operations', {
    description: 'Operations by who carried them out: the compiled executor, or the stock one and why.',
  })
  return (by) => counter.add(1, { ...by })
}
