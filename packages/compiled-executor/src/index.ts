export { compileExecution, type Execution, type ExecutionWorld } from './execution.ts'
export { CompiledGateway, type CompiledGatewayOptions } from './gateway.ts'
export type { CarriedOut } from './metrics.ts'
export { NotCompiled, REASONS, type Reason } from './not-compiled.ts'
