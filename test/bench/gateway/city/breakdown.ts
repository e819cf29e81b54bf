import type { ServiceName } from '@satuanak/contracts'
import type { Recorded } from './recorder.ts'

/** One request, by what its time went to. A row that a request has nothing of is missing. */
export type Breakdown = ReadonlyMap<string, Row>

interface Row {
  readonly ms: number
  /** How often, where that is worth knowing. */
  readonly times?: number
}

/** What the processes noted of one request. */
interface Noted {
  readonly gateway: readonly Recorded[]
  readonly services: ReadonlyMap<ServiceName, readonly Recorded[]>
}

/** The row of all that the gateway does for a request. */
export const WHOLE = 'gateway, whole'

const SERVER = 'POST /graphql'

/** Every request that the gateway noted, taken apart. */
export function breakdowns(
  gateway: readonly Recorded[],
  services: ReadonlyMap<ServiceName, readonly Recorded[]>,
): Breakdown[] {
  const traced = new Map([...services].map(([name, all]) => [name, Map.groupBy(all, ({ traceId }) => traceId)]))
  return [...Map.groupBy(gateway, ({ traceId }) => traceId)].flatMap(([traceId, recorded]) => {
    const own = new Map([...traced].map(([name, byTrace]) => [name, byTrace.get(traceId) ?? []]))
    const made = breakdown({ gateway: recorded, services: own })
    return made ? [made] : []
  })
}

function breakdown({ gateway, services }: Noted): Breakdown | null {
  const server = gateway.find(({ name }) => name === SERVER)
  const request = gateway.find(({ name }) => name === 'gateway.request')
  const fetches = gateway.filter(({ name, service }) => name === 'gateway.fetch' && service !== 'front-door')
  if (!server || fetches.length === 0) return null
  const waited = covered(fetches)
  // Where the executor says nothing of itself, what lies around the fetches is the door's and the answer's.
  const executed = request ?? span(fetches)
  const rows = new Map<string, Row>([
    [WHOLE, { ms: lengthOf(server) }],
    ['  before executing: body, token, rates, limits, document', { ms: executed.from - server.from }],
    ['  executing: plan carried out, answers merged and shaped', { ms: lengthOf(executed) - waited }],
    ['  waiting for agencies', { ms: waited, times: fetches.length }],
    ['  after executing: JSON, sending', { ms: server.to - executed.to }],
  ])
  for (const [name, recorded] of services) {
    const own = fetches.filter(({ service }) => service === name)
    if (own.length > 0) addAgency(rows, name, own, recorded)
  }
  return rows
}

function addAgency(
  rows: Map<string, Row>,
  name: ServiceName,
  fetches: readonly Recorded[],
  recorded: readonly Recorded[],
): void {
  const named = (wanted: string) => recorded.filter((one) => one.name === wanted)
  const [servers, sql, audit] = [named(SERVER), named('sql'), named('audit')]
  const served = sumOf(servers)
  const first = servers.map((server) => {
    const within = sql.filter(({ from, to }) => from >= server.from && to <= server.to)
    return within.length === 0 ? 0 : Math.min(...within.map(({ from }) => from)) - server.from
  })
  const untilSql = first.reduce((sum, ms) => sum + ms, 0)
  const [sqlMs, auditMs] = [covered(sql), covered(audit)]
  const row = (what: string, ms: number, times?: number) =>
    rows.set(`${name}${what}`, { ms, ...(times !== undefined && { times }) })
  row('', sumOf(fetches), fetches.length)
  row(': signature, HTTP, JSON read', sumOf(fetches) - served)
  row(': until its first statement: body, signature, document', untilSql)
  row(': SQL', sqlMs, sql.length)
  row(': audit written', auditMs, audit.length)
  row(': resolvers, permissions, JSON, sending', served - untilSql - sqlMs - auditMs)
}

const lengthOf = ({ from, to }: Pick<Recorded, 'from' | 'to'>): number => to - from
const sumOf = (all: readonly Recorded[]): number => all.reduce((sum, one) => sum + lengthOf(one), 0)

const span = (all: readonly Recorded[]) => ({
  from: Math.min(...all.map(({ from }) => from)),
  to: Math.max(...all.map(({ to }) => to)),
})

/** Milliseconds in which at least one of them was under way. */
function covered(all: readonly Recorded[]): number {
  let [sum, until] = [0, Number.NEGATIVE_INFINITY]
  for (const { from, to } of all.toSorted((one, other) => one.from - other.from)) {
    sum += Math.max(0, to - Math.max(from, until))
    until = Math.max(until, to)
  }
  return sum
}
