import { type Profiler, Session } from 'node:inspector/promises'

/** Whose code a piece of time is; the first whose pattern fits a function's file. */
const PARTS: readonly (readonly [string, RegExp])[] = [
  ['graphql-js: parse, validate', /node_modules\/graphql\/(language|validation)/],
  ['graphql-js: execute', /node_modules\/(graphql|graphql-jit)\/|^$jit/],
  ['Apollo Server, subgraph', /@apollo\//],
  ['Prisma', /@prisma\/|gen\/prisma/],
  ['pg', /node_modules\/(pg|pg-[a-z]+|postgres-[a-z]+)\//],
  ['signature and claims', /node_modules\/(jose|zod)\/|packages\/identity\/src\/(subgraph-token|verified|key-set)/],
  ['dataloader', /node_modules\/dataloader/],
  ['telemetry', /@opentelemetry/],
  ['messaging', /packages\/messaging/],
  ['our HTTP front', /service-kit\/src\/http/],
  ['permissions, resolvers, use cases', /(packages|services)\//],
]

/** Microseconds of this thread by part, and how long it was at work. */
export async function profileOf(run: () => Promise<unknown>): Promise<ReadonlyMap<string, number>> {
  const session = new Session()
  session.connect()
  try {
    await session.post('Profiler.enable')
    await session.post('Profiler.setSamplingInterval', { interval: 200 })
    await session.post('Profiler.start')
    await run()
    const { profile } = await session.post('Profiler.stop')
    return byPart(profile)
  } finally {
    session.disconnect()
  }
}

function byPart({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile): ReadonlyMap<string, number> {
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)))
  const known = new Map(nodes.map((node) => [node.id, node]))
  const part = (id: number | undefined): string => {
    const node = id === undefined ? undefined : known.get(id)
    if (!node) return 'Node: HTTP, sockets, timers'
    const { functionName, url } = node.callFrame
    if (functionName === '(idle)' || functionName === '(program)' || functionName === '(garbage collector)')
      return functionName
    return PARTS.find(([, file]) => url !== '' && file.test(url))?.[0] ?? part(parents.get(node.id))
  }
  const parts = new Map(nodes.map(({ id }) => [id, part(id)]))
  const spent = new Map<string, number>()
  for (const [index, id] of samples.entries()) {
    const name = parts.get(id) ?? ''
    spent.set(name, (spent.get(name) ?? 0) + (timeDeltas[index] ?? 0))
  }
  return spent
}
