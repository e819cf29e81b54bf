import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { CannotStart, startNats, startPostgres } from '@satuanak/local-servers'
import type { Options } from './options.ts'
import type { Surroundings } from './processes.ts'

/** Where the house keeps its records and sends its events. */
export interface Servers {
  readonly adminUrl: string
  readonly natsUrl: string
}

/** Starts PostgreSQL and NATS on the data folder, or takes those that the person at the terminal named. */
export async function openServers(dataDir: string, options: Options, around: Surroundings): Promise<Servers> {
  const log = around.terminal.say
  const [adminUrl, natsUrl] = await Promise.all([
    options.databaseUrl ??
      keepServing('postgres', (port) => startPostgres({ dir: join(dataDir, 'postgres'), log, port }), around).then(
        ({ adminUrl }) => adminUrl,
      ),
    options.natsUrl === undefined
      ? keepServing('nats', (port) => startNats({ dir: join(dataDir, 'nats'), log, port }), around).then(
          ({ url }) => url,
        )
      : answering(options.natsUrl),
  ])
  return { adminUrl, natsUrl }
}

interface Server {
  readonly pid: number
  readonly port: number
  readonly exited: Promise<void>
  close(): Promise<void>
}

/** Starts a server and, should it end unasked, starts it again where it was: the services reconnect by themselves. */
async function keepServing<S extends Server>(
  name: string,
  start: (port?: number) => Promise<S>,
  { terminal, shutdown, changed }: Surroundings,
): Promise<S> {
  const first = await start()
  let current: S | undefined = first
  const live = async () => {
    while (current !== undefined) {
      await current.exited
      if (shutdown.asked.aborted) return
      terminal.say(`${name} ended unasked; it is started again.`)
      current = await again(() => start(first.port), name, terminal.say, shutdown.asked)
      if (shutdown.asked.aborted) return void current?.close()
      changed()
      terminal.say(`${name} is back.`)
    }
  }
  const living = live()
  shutdown.add('servers', {
    name,
    pid: () => current?.pid,
    stop: async () => {
      await current?.close()
      await living
    },
  })
  return first
}

async function again<S>(
  start: () => Promise<S>,
  name: string,
  say: (line: string) => void,
  asked: AbortSignal,
): Promise<S | undefined> {
  for (let wait = 200; !asked.aborted; wait = Math.min(wait * 2, 10_000)) {
    try {
      return await start()
    } catch (error) {
      say(`${name} does not start: ${error instanceof Error ? error.message : error}`)
    }
    await pause(wait, undefined, { signal: asked }).catch(() => undefined)
  }
  return undefined
}

/** @throws CannotStart if nobody listens at the first server of `natsUrl`. */
async function answering(natsUrl: string): Promise<string> {
  const { hostname, port } = new URL(natsUrl.split(',')[0] ?? natsUrl)
  await new Promise<void>((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port || 4222), timeout: 5000 })
    const fail = () => {
      socket.destroy()
      reject(new CannotStart(`Nobody answers at NATS_URL (${hostname}:${port || 4222}).`))
    }
    socket.once('connect', () => resolve(void socket.destroy()))
    socket.once('error', fail)
    socket.once('timeout', fail)
  })
  return natsUrl
}
