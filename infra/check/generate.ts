import { print } from './repository.ts'
import { runTool } from './run/child.ts'

/** Everything that is made from something else, in the order in which one needs the other. */
const GENERATORS = [
  'infra/check/prisma-clients.ts',
  'infra/check/platform-migration.ts',
  'infra/check/sdl.ts',
  'gateway/compose.ts',
  'gateway/trust.ts',
] as const

for (const generator of GENERATORS) {
  const code = await runTool([process.execPath, generator], print)
  if (code === 0) continue
  print(`${generator} failed: what depends on it is not generated.`)
  process.exitCode = 1
  break
}
