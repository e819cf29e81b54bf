import { runProcess, startTelemetry } from '@satuanak/service-kit'
import { parseConfig } from './config.ts'
import { createService } from './service.ts'

await runProcess(async () => {
  const config = parseConfig(process.env)
  const telemetry = startTelemetry('education', process.env.OTEL_EXPORTER_OTLP_ENDPOINT)
  const service = await createService(config)
  return { close: () => service.close().finally(() => telemetry.close()) }
})
