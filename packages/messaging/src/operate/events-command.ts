import { SERVICES, ServiceName } from '@satuanak/contracts'
import pg from 'pg'
import { createBroker } from '../broker/broker.ts'
import { connectBroker } from '../broker/connect.ts'
import { type BrokerSettings, DEFAULT_BROKER_SETTINGS } from '../broker/declarations.ts'
import { type DeadLetter, listDead, replayState, requestReplay } from '../inbox/dead-letters.ts'
import { silent } from '../log.ts'
import { rebuildStream } from '../outbox/rebuild.ts'
import { pgSql } from '../pg.ts'
import type { SqlClient } from '../tx.ts'

export interface EventsEnvironment {
  /** The address of each service's database. */
  readonly databases: Readonly<Record<ServiceName, string>>
  readonly natsUrl: string
  /** Writes one line. */
  readonly print: (line: string) => void
  /** As the services were given. */
  readonly broker?: Partial<BrokerSettings>
  /** How long `replay` waits for the service to answer. Default: 10 000. */
  readonly patienceMs?: number
}

const USAGE = `Usage: npm run events -- <command>
  dead [<service>]                       list the events that could not be handled
  replay <event-id> | --all [<service>]  have their service handle them again
  rebuild <service>...  | --all          publish all events of a service into a new stream
Services: ${SERVICES.join(', ')}`

const LOOK_MS = 100

/**
 * `npm run events -- dead | replay | rebuild`.
 *
 * @param argv what stands behind the `--`
 * @returns the exit code: 0 done, 1 not (all) done, 2 not understood
 */
export async function eventsCommand(argv: readonly string[], environment: EventsEnvironment): Promise<number> {
  const [command, ...rest] = argv
  const all = rest.includes('--all')
  const words = rest.filter((word) => word !== '--all')
  const services = words.filter(isService)
  const [eventId, ...more] = words.filter((word) => !isService(word))
  const chosen = services.length > 0 ? services : [...SERVICES]
  if (command === 'dead' && !eventId && !all) return dead(chosen, environment)
  if (
    command === 'replay' &&
    all !== (eventId !== undefined) &&
    more.length === 0 &&
    (all || UUID.test(eventId ?? ''))
  ) {
    return replay(chosen, eventId, environment)
  }
  if (command === 'rebuild' && !eventId && all !== services.length > 0) return rebuild(chosen, environment)
  environment.print(USAGE)
  return 2
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

function isService(word: string): word is ServiceName {
  return ServiceName.safeParse(word).success
}

async function dead(services: readonly ServiceName[], { databases, print }: EventsEnvironment): Promise<number> {
  for (const service of services) {
    const letters = await withSql(databases[service], listDead)
    print(`${service}: ${letters.length === 0 ? 'no dead letters' : counted(letters.length, 'dead letter')}`)
    for (const letter of letters) print(`  ${shown(letter)}`)
  }
  return 0
}

function shown({ eventId, type, source, subject, tries, deadAt, reason, replayRequestedAt }: DeadLetter): string {
  const asked = replayRequestedAt ? `, replay asked for ${replayRequestedAt}` : ''
  const about = subject ? ` about ${subject}` : ''
  return `${eventId}  ${type} from ${source}${about}, ${counted(tries, 'try', 'tries')} until ${deadAt}${asked}: ${reason}`
}

async function replay(
  services: readonly ServiceName[],
  eventId: string | undefined,
  environment: EventsEnvironment,
): Promise<number> {
  let asked = 0
  let handled = 0
  for (const service of services) {
    await withSql(environment.databases[service], async (sql) => {
      const ids = await requestReplay(sql, eventId)
      asked += ids.length
      for (const id of ids) if (await answered(sql, service, id, environment)) handled += 1
    })
  }
  if (asked === 0) environment.print(eventId ? `No dead letter ${eventId} to replay.` : 'No dead letters to replay.')
  return handled === asked && (asked > 0 || !eventId) ? 0 : 1
}

/** Waits until the service has run one replay, and says how it went. */
async function answered(
  sql: SqlClient,
  service: ServiceName,
  id: string,
  { print, patienceMs = 10_000 }: EventsEnvironment,
): Promise<boolean> {
  const deadline = performance.now() + patienceMs
  for (;;) {
    const state = await replayState(sql, id)
    if (state.kind === 'replayed') print(`${service}: ${id} replayed`)
    if (state.kind === 'failed') print(`${service}: ${id} failed again: ${state.reason}`)
    if (state.kind !== 'asked') return state.kind === 'replayed'
    if (performance.now() > deadline) {
      print(`${service}: ${id} is asked for; the service will run it when it is up`)
      return false
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
  }
}

async function rebuild(services: readonly ServiceName[], environment: EventsEnvironment): Promise<number> {
  const { databases, natsUrl, print } = environment
  const connection = await connectBroker(natsUrl, 'satuanak events')
  try {
    const broker = await createBroker(connection, { ...DEFAULT_BROKER_SETTINGS, ...environment.broker })
    for (const service of services) {
      let told = performance.now()
      const onProgress = (left: number) => {
        if (left > 0 && performance.now() - told < 1_000) return
        told = performance.now()
        print(`${service}: ${counted(left, 'event')} left to publish`)
      }
      const again = await rebuildStream({ service, databaseUrl: databases[service], broker, log: silent, onProgress })
      print(`${service}: stream rebuilt, ${counted(again, 'event')} published again`)
    }
    return 0
  } finally {
    await connection.close()
  }
}

async function withSql<T>(databaseUrl: string, work: (sql: SqlClient) => PromiseLike<T>): Promise<T> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    return await work(pgSql(client))
  } finally {
    await client.end()
  }
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}
