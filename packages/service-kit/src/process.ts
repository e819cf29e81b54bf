import { ConfigError } from './config.ts'

interface Closable {
  close(): Promise<void>
}

/**
 * The process around a service: starts it, and ends it once on SIGTERM, SIGINT or when the launcher that started it
 * is gone. Exit code 0 after a clean end, 1 after a fault, 78 (EX_CONFIG) for a configuration that cannot be used.
 */
export async function runProcess(start: () => Promise<Closable>): Promise<void> {
  const running = start()
  const state = { ending: false }
  const end = () => {
    if (state.ending) return
    state.ending = true
    running
      .then((service) => service.close())
      .then(
        () => process.exit(0),
        () => process.exit(1),
      )
  }
  for (const signal of ['SIGTERM', 'SIGINT', 'disconnect'] as const) process.on(signal, end)
  await running.catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exit(error instanceof ConfigError ? 78 : 1)
  })
}
