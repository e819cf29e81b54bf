import cluster from 'node:cluster'
import { runProcess, startTelemetry } from '@satuanak/service-kit'
import { type GatewayConfig, parseConfig } from './config.ts'
import { gatewayLog } from './log.ts'
import { startWorkers } from './workers/primary.ts'
import { retireWhenTold } from './workers/worker.ts'

await runProcess(async () => {
  const config = parseConfig(process.env)
  return config.workers > 1 && cluster.isPrimary ? startWorkers(config.workers, gatewayLog(config)) : serve(config)
})

async function serve(config: GatewayConfig) {
  const telemetry = startTelemetry({ service: 'gateway', worker: config.worker }, config.otlpEndpoint)
  // Here, since a primary needs nothing of it: it would take as much memory as a worker.
  const { createGateway } = await import('./gateway.ts')
  const gateway = await createGateway(config)
  if (cluster.isWorker) retireWhenTold(gateway)
  return {
    close: async () => {
      await gateway.close()
      await telemetry.close()
    },
  }
}
