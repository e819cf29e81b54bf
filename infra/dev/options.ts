import { CannotStart } from '@satuanak/local-servers'

/** What the person at the terminal asked for. */
export interface Options {
  readonly help: boolean
  /** Forget the data of earlier starts. */
  readonly fresh: boolean
  /** The gateway's port, the only one that is fixed. */
  readonly port: number
  /** A PostgreSQL server of one's own; its user must be allowed to create databases. */
  readonly databaseUrl: string | undefined
  /** A NATS server of one's own, JetStream on. */
  readonly natsUrl: string | undefined
  /** How many processes the gateway runs as; the gateway reads it. */
  readonly workers: string | undefined
  /** Handed on to every process as it is. */
  readonly handedOn: Readonly<Record<string, string>>
  readonly colour: boolean
}

export const HELP = `npm start [-- --fresh | --help]

Starts SatuAnak on this machine: PostgreSQL, NATS, the four agencies' services and the gateway, with a demo city.
Data lives under .data and is there at the next start.

  --fresh          begin anew: forget the data (keys and the fetched nats-server stay)
  PORT             the gateway's port (4000)
  DATABASE_URL     use a PostgreSQL 18 server of your own, as a user who may create databases
  NATS_URL         use a NATS server of your own, with JetStream
  WORKERS          how many processes the gateway runs as, on its one port (1)
  LOG_LEVEL        fatal, error, warn, info (as it is), debug or silent, for every process
  OTEL_EXPORTER_OTLP_ENDPOINT   where traces go, if anywhere
`

const HANDED_ON = ['LOG_LEVEL', 'OTEL_EXPORTER_OTLP_ENDPOINT'] as const

/** @throws CannotStart with everything that is wrong at once. */
export function parseOptions(args: readonly string[], env: Readonly<Record<string, string | undefined>>): Options {
  const problems: string[] = []
  const known = new Set(['--', '--fresh', '--help', '-h'])
  for (const arg of args.filter((one) => !known.has(one))) problems.push(`"${arg}" is not known here, see --help`)
  const port = Number(env.PORT || 4000)
  if (!Number.isInteger(port) || port < 1 || port > 65535) problems.push('PORT must be a number from 1 to 65535')
  const databaseUrl = urlOf(env.DATABASE_URL, 'DATABASE_URL', ['postgres:', 'postgresql:'], problems)
  const natsUrl = urlOf(env.NATS_URL, 'NATS_URL', ['nats:', 'tls:', 'ws:', 'wss:'], problems)
  const fresh = args.includes('--fresh')
  if (fresh && (databaseUrl !== undefined || natsUrl !== undefined)) {
    problems.push('--fresh forgets only what is under .data: empty your own servers yourself, then start without it')
  }
  if (problems.length > 0) throw new CannotStart(`${problems.join('; ')}.`)
  return {
    help: args.includes('--help') || args.includes('-h'),
    fresh,
    port,
    databaseUrl,
    natsUrl,
    workers: env.WORKERS || undefined,
    handedOn: Object.fromEntries(HANDED_ON.flatMap((name) => (env[name] ? [[name, env[name]]] : []))),
    colour: process.stdout.isTTY === true && !env.NO_COLOR,
  }
}

function urlOf(text: string | undefined, name: string, protocols: readonly string[], problems: string[]) {
  if (text === undefined || text === '') return undefined
  if (protocols.includes(URL.parse(text)?.protocol ?? '')) return text
  // Without the text: a URL carries a password.
  problems.push(`${name} must be a URL that begins with ${protocols[0]}//`)
  return undefined
}
