import { SERVICES } from '@satuanak/contracts'
import { FRONT_DOOR, frontDoorSchema } from '../../../../gateway/src/front-door.ts'
import { LocalSource } from '../../../../gateway/src/local-source.ts'
import { serveWithoutDoor } from '../candidates/ours-no-door.ts'
import type { Part, World } from '../part.ts'
import { schemaOf } from './schemas.ts'

/** The gateway and all services in one process: a fetch is a function call, and nobody signs or verifies it. */
export async function start({ supergraph }: World): Promise<Part> {
  const schemas = await Promise.all(SERVICES.map(async (name) => [name, await schemaOf(name)] as const))
  const sources = new Map(schemas.map(([name, schema]) => [String(name), new LocalSource(schema)]))
  sources.set(FRONT_DOOR, new LocalSource(frontDoorSchema()))
  return serveWithoutDoor(supergraph, (name) => {
    const source = sources.get(name)
    if (!source) throw new Error(`no ${name}`)
    return source
  })
}
