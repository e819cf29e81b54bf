import type { ServiceMap } from '@apollo/gateway'
import type { GatewayRequest } from '../apollo.ts'
import type { Named } from '../own.ts'
import type { TelemetryConfig } from '../telemetry.ts'

/** One execution of a compiled plan. */
export interface PlanRun {
  readonly request: GatewayRequest
  readonly services: ServiceMap
  readonly telemetry: TelemetryConfig
  /** All that was answered, merged. */
  readonly data: Named
  /** As thrown and as placed; in the order in which they came. */
  readonly errors: unknown[]
}

/** One node of a plan, compiled: works on what stands at the node's path. */
export type Step = (run: PlanRun, data: unknown) => Promise<void>
