import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { CannotStart } from './cannot-start.ts'
import { type Lock, tryLock } from './lock.ts'
import { findNatsServer } from './nats-binary.ts'
import { secretFile } from './secret-file.ts'
import { endOrphan, spawnTethered, type Tethered } from './tethered.ts'

const USER = 'satuanak'
const STOP = ['SIGTERM'] as const
const PATIENCE_MS = 15_000

export interface NatsOptions {
  /** Everything of this server: its streams, password, configuration and log. Made if need be. */
  readonly dir: string
  readonly log?: ((line: string) => void) | undefined
  /** Default: any free port, another one at each start. */
  readonly port?: number | undefined
  /** The nats-server program. Default: what `findNatsServer` finds or fetches into the clone's `.data/bin`. */
  readonly binary?: string | undefined
}

/** A running nats-server of our own with JetStream, on 127.0.0.1 only. */
export interface Nats {
  readonly pid: number
  readonly port: number
  /**
   * `nats://user:password@127.0.0.1:port`. @NOTE the NATS client ignores what stands before the `@` (and misreads the
   * port if the password looks like one): give it `new URL(url)`'s host, username and password apart.
   */
  readonly url: string
  /** Resolves when the server is gone, asked or not. */
  readonly exited: Promise<void>
  close(): Promise<void>
}

/**
 * Starts nats-server with JetStream; streams live in `dir/jetstream` and are there at the next start. The server stops
 * when this process ends, however it ends.
 *
 * @throws CannotStart with one sentence: no program to be had, folder in use, port taken.
 */
export async function startNats(options: NatsOptions): Promise<Nats> {
  const { dir, log } = options
  await mkdir(dir, { recursive: true, mode: 0o700 })
  const lock = tryLock(join(dir, 'lock'))
  if (lock === null) throw new CannotStart(`NATS' folder ${dir} is in use by another process: stop that first.`)
  try {
    const binary = options.binary ?? (await findNatsServer({ log }))
    const password = await secretFile(join(dir, 'password'))
    const conf = join(dir, 'nats.conf')
    await endLeftover(dir, conf)
    await writeFile(conf, configuration(dir, options.port ?? -1, password), { mode: 0o600 })
    const server = await spawnTethered(binary, ['-c', conf], { cwd: '/', stopSignals: STOP })
    const port = await portOf(server, dir)
    return handle(server, port, password, lock)
  } catch (error) {
    lock.release()
    throw error
  }
}

function handle(server: Tethered, port: number, password: string, lock: Lock): Nats {
  const exited = server.exited.then(() => lock.release())
  return {
    pid: server.pid,
    port,
    url: `nats://${USER}:${password}@127.0.0.1:${port}`,
    exited,
    close: async () => {
      await server.stop()
      await exited
    },
  }
}

/** `port` -1 lets the server choose and say so in `ports/`: nobody can take the port in between. */
function configuration(dir: string, port: number, password: string): string {
  return `# Written at every start.
host: "127.0.0.1"
port: ${port}
ports_file_dir: ${JSON.stringify(join(dir, 'ports'))}
pid_file: ${JSON.stringify(join(dir, 'nats.pid'))}
log_file: ${JSON.stringify(join(dir, 'nats.log'))}
logfile_size_limit: 10MB
jetstream { store_dir: ${JSON.stringify(join(dir, 'jetstream'))} }
authorization { user: ${JSON.stringify(USER)}, password: ${JSON.stringify(password)} }
`
}

async function portOf(server: Tethered, dir: string): Promise<number> {
  let ended = false
  void server.exited.then(() => {
    ended = true
  })
  const file = join(dir, 'ports', `nats-server_${server.pid}.ports`)
  const until = Date.now() + PATIENCE_MS
  while (!ended && Date.now() < until) {
    const text = await readFile(file, 'utf8').catch(() => '')
    const port = /"nats:\/\/127\.0\.0\.1:(\d+)"/.exec(text)?.[1]
    if (port !== undefined) return Number(port)
    await pause(15)
  }
  await server.stop()
  const said = await readFile(join(dir, 'nats.log'), 'utf8').catch(() => '')
  const why = said.split('\n').findLast((line) => line.includes('[FTL]')) ?? 'no reason given'
  throw new CannotStart(`NATS did not start (see ${join(dir, 'nats.log')}): ${why}`)
}

/** Stops a server whose starter was killed, and forgets the ports of those that were. */
async function endLeftover(dir: string, conf: string): Promise<void> {
  const pid = await readFile(join(dir, 'nats.pid'), 'utf8').catch(() => undefined)
  if (pid !== undefined) await endOrphan(Number(pid), conf, STOP)
  await rm(join(dir, 'nats.pid'), { force: true })
  await rm(join(dir, 'ports'), { recursive: true, force: true })
  await mkdir(join(dir, 'ports'))
}
