import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { writeOrCompare } from './generated-files.ts'
import { print, ROOT, SERVICES } from './repository.ts'

/** The subgraph's SDL as `src/graphql/schema.ts` builds it: its export `sdl`. */
async function sdlOf(service: string): Promise<string> {
  const path = `services/${service}/src/graphql/schema.ts`
  if (!existsSync(resolve(ROOT, path))) throw new Error(`${path} is missing`)
  const { sdl } = (await import(pathToFileURL(resolve(ROOT, path)).href)) as { sdl?: unknown }
  if (typeof sdl !== 'string') throw new Error(`${path} exports no string named sdl`)
  return `${sdl.trim()}\n`
}

if (import.meta.main) {
  const check = process.argv.includes('--check')
  let differing = 0
  for (const service of SERVICES) {
    try {
      const file = { path: `services/${service}/schema.graphql`, content: await sdlOf(service) }
      differing += await writeOrCompare([file], check)
    } catch (error) {
      print(`The schema of ${service} cannot be built: ${error instanceof Error ? error.stack : error}`)
      process.exitCode = 1
    }
  }
  if (check && differing > 0) process.exitCode = 1
}
