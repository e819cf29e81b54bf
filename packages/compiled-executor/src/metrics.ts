import { metrics } from '@opentelemetry/api'
import type { Reason } from './not-compiled.ts'

/** Who carried an operation out, and why it was the stock executor. */
export type CarriedOut = { readonly executor: 'compiled' } | { readonly executor: 'stock'; readonly reason: Reason }

/** What became of a plan that was to be made: made, left to the gateway, or given up. */
type PlanningOutcome = 'planned' | 'not-planned' | 'too-long'
export type PlanningTold = (outcome: PlanningOutcome, milliseconds: number) => void

/** Measures the making of plans on their own thread, and what is kept of them. */
export function planningMeter(kept: () => { readonly plans: number; readonly characters: number }): PlanningTold {
  const meter = metrics.getMeter('compiled-executor')
  const duration = meter.createHistogram('gateway.plan.duration', {
    unit: 's',
    description: 'Making one plan, waiting for the thread included.',
  })
  const plans = meter.createObservableGauge('gateway.plan.kept', { description: 'Plans that are kept.' })
  plans.addCallback((result) => result.observe(kept().plans))
  const characters = meter.createObservableGauge('gateway.plan.kept.characters', {
    description: 'Plans that are kept, in characters of JSON.',
  })
  characters.addCallback((result) => result.observe(kept().characters))
  return (outcome, milliseconds) => duration.record(milliseconds / 1000, { outcome })
}

/** Counts operations by who carried them out; nothing is kept where no metrics are set up. */
export function operationCounter(): (by: CarriedOut) => void {
  const counter = metrics.getMeter('compiled-executor').createCounter('gateway.executor.operations', {
    description: 'Operations by who carried them out: the compiled executor, or the stock one and why.',
  })
  return (by) => counter.add(1, { ...by })
}

/** Counts requests by who answered them: the quick front, or Apollo Server's pipeline. */
export function frontCounter(): (by: 'quick' | 'apollo') => void {
  const counter = metrics.getMeter('compiled-executor').createCounter('gateway.front.requests', {
    description: 'Requests by who answered them: the quick front, or Apollo Server.',
  })
  return (by) => counter.add(1, { by })
}
