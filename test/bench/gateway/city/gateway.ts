import { startTelemetry } from '@satuanak/service-kit'
import { start as startOurs } from '../candidates/ours.ts'
import type { Part, World } from '../part.ts'
import { Recorder } from './recorder.ts'

/** Our gateway, which notes where the time of each request goes. */
export async function start(world: World): Promise<Part> {
  const recorder = new Recorder()
  startTelemetry('gateway', undefined, [recorder])
  const { urls } = await startOurs(world)
  return { urls, ask: async () => recorder.take() }
}
