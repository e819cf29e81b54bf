import { runProcess, startTelemetry } from '@satuanak/service-kit'
import { parseConfig } from './config.ts'
import { createGateway } from './gateway.ts'

await runProcess(async () => {
  const config = parseConfig(process.env)
  const telemetry = startTelemetry('gateway', config.otlpEndpoint)
  const gateway = await createGateway(config)
  return {
    close: async () => {
      await gateway.close()
      await telemetry.close()
    },
  }
})
