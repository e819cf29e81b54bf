import { ServiceName } from '@satuanak/contracts'
import { createLog, startTelemetry } from '@satuanak/service-kit'
import { servicesOf } from '../../subgraph/house.ts'
import type { Part, World } from '../part.ts'
import { Recorder } from './recorder.ts'

/** One service as it is, in a process of its own, which notes where the time of each request goes. */
export async function start({ env }: World): Promise<Part> {
  const name = ServiceName.parse(env.SERVICE)
  const recorder = new Recorder()
  startTelemetry(name, undefined, [recorder])
  recorder.watchSql()
  const now = Temporal.Instant.from(env.NOW ?? '')
  const overrides = { now: () => now, log: createLog(name, 'silent') }
  const service = await servicesOf[name].start({ ...env, PORT: '0' }, overrides)
  return { urls: { [name]: `${service.url}/graphql` }, ask: async () => recorder.take() }
}
