import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { freePort } from '@satuanak/local-servers'
import type { Part, World } from '../part.ts'
import { loadPeer } from './peers.ts'

/**
 * Hive Gateway as its command starts it, in this process. `HIVE_ARGUMENTS` are further arguments, `HIVE_JIT=on` compiles.
 */
export async function start({ supergraph, dir, env }: World): Promise<Part> {
  const file = join(dir, `hive-${process.pid}.graphql`)
  await writeFile(file, supergraph)
  const port = await freePort()
  const further = (env.HIVE_ARGUMENTS ?? '').split(' ').filter((argument) => argument !== '')
  const config = fileURLToPath(new URL('./hive-config.ts', import.meta.url))
  const given = ['supergraph', file, '--config-path', config, '--host', '127.0.0.1', '--port', String(port)]
  process.argv.splice(2, Infinity, ...given, ...further)
  await loadPeer('@graphql-hive/gateway', 'dist/bin.js')
  const url = `http://127.0.0.1:${port}`
  await ready(`${url}/readiness`)
  return { urls: { gateway: `${url}/graphql` } }
}

/** The command says on its output only when it is ready. */
async function ready(url: string): Promise<void> {
  for (let tried = 0; tried < 300; tried += 1) {
    const answer = await fetch(url).catch(() => null)
    if (answer?.ok) return
    await wait(100)
  }
  throw new Error('Hive Gateway was not ready in 30 seconds')
}
