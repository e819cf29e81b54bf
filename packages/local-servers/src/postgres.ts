import { execFile } from 'node:child_process'
import { chown, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { totalmem } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { CannotStart } from './cannot-start.ts'
import { freePort } from './free-port.ts'
import { type Lock, tryLock } from './lock.ts'
import { postgresBinaries } from './postgres-binaries.ts'
import { chooseRunAs, commandAs, type RunAs } from './run-as.ts'
import { secretFile } from './secret-file.ts'
import { endOrphan, spawnTethered, type Tethered } from './tethered.ts'

const run = promisify(execFile)
const USER = 'satuanak'
const MAJOR = '18'
// Fast shutdown (clients are cut off, data is written), then immediate (recovers at the next start).
const STOP = ['SIGINT', 'SIGQUIT'] as const

export interface PostgresOptions {
  /** Everything of this server: its data, password and log. Made if need be. */
  readonly dir: string
  readonly log?: ((line: string) => void) | undefined
  /** Default: any free port, another one at each start. */
  readonly port?: number | undefined
  /** false: a power cut may ruin the data (a kill -9 does not), and commits are faster. For tests. Default: true. */
  readonly durable?: boolean | undefined
  /** Users to try when we are root, instead of the usual ones. */
  readonly runAs?: readonly RunAs[] | undefined
}

/** A running PostgreSQL 18 of our own, on 127.0.0.1 only. */
export interface Postgres {
  readonly pid: number
  readonly port: number
  /** The connection URL (password included) of a database by that name, which may or may not be there yet. */
  url(database: string): string
  /** The URL of the database `postgres`, as superuser: for CREATE DATABASE and the like. */
  readonly adminUrl: string
  /** Resolves when the server is gone, asked or not. */
  readonly exited: Promise<void>
  /** Fast shutdown: cuts clients off, writes what is committed, resolves when the process is gone. */
  close(): Promise<void>
}

/**
 * Starts PostgreSQL on the data in `dir`, which is made at the first start (about half a second) and kept.
 *
 * Data left by kill -9 of the server or of its starter is recovered. The server stops when this process ends, however
 * it ends. As root it runs in a user namespace (see run-as.ts).
 *
 * @throws CannotStart with one sentence: no binaries for this platform, nobody to run as, folder in use, port taken.
 */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const { dir, log = () => undefined } = options
  await mkdir(dir, { recursive: true, mode: 0o700 })
  const lock = tryLock(join(dir, 'lock'))
  if (lock === null) throw new CannotStart(`PostgreSQL's folder ${dir} is in use by another process: stop that first.`)
  try {
    const { initdb, postgres } = await postgresBinaries()
    const who = await chooseRunAs(dir, initdb, options.runAs)
    const password = await secretFile(join(dir, 'password'))
    await createCluster(dir, initdb, who, options.durable ?? true, log)
    const { server, port } = await launch({ ...options, log }, postgres, who)
    return handle(server, port, password, lock)
  } catch (error) {
    lock.release()
    throw error
  }
}

function handle(server: Tethered, port: number, password: string, lock: Lock): Postgres {
  const url = (database: string) => `postgresql://${USER}:${password}@127.0.0.1:${port}/${encodeURIComponent(database)}`
  const exited = server.exited.then(() => lock.release())
  return {
    pid: server.pid,
    port,
    url,
    adminUrl: url('postgres'),
    exited,
    close: async () => {
      await server.stop()
      await exited
    },
  }
}

/** Makes the cluster beside its place and moves it there whole: a start that is cut off leaves no half of one. */
async function createCluster(
  dir: string,
  initdb: string,
  who: RunAs,
  durable: boolean,
  log: (line: string) => void,
): Promise<void> {
  const data = join(dir, 'data')
  const version = await readFile(join(data, 'PG_VERSION'), 'utf8').catch(failUnlessMissing)
  if (version?.trim() === MAJOR) return
  if (version !== undefined) {
    throw new CannotStart(
      `${data} was written by PostgreSQL ${version.trim()}, not ${MAJOR}: dump it there, or begin anew.`,
    )
  }
  log('PostgreSQL: making a new cluster')
  const fresh = join(dir, 'data.new')
  await rm(fresh, { recursive: true, force: true })
  const passwordFile = join(dir, 'password')
  if (who.kind === 'user') await chown(passwordFile, who.uid, who.gid)
  const { command, args, identity } = commandAs(who, initdb, [
    `--pgdata=${fresh}`,
    `--username=${USER}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // Ordering by code point, the same on every machine; names are compared by match keys, never by collation.
    '--locale-provider=builtin',
    '--locale=C.UTF-8',
    ...(durable ? [] : ['--no-sync']),
  ])
  await run(command, [...args], { ...identity, cwd: '/' })
  await rename(fresh, data)
}

function failUnlessMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT') return undefined
  if (error.code === 'EACCES') {
    throw new CannotStart(`${error.path} belongs to another user: start as that user, or remove the folder.`)
  }
  throw error
}

async function launch(
  { dir, port: wanted, durable = true, log }: PostgresOptions & { log: (line: string) => void },
  postgres: string,
  who: RunAs,
): Promise<{ server: Tethered; port: number }> {
  const data = join(dir, 'data')
  await endLeftover(data, log)
  const logPath = join(dir, 'postgres.log')
  await turnOver(logPath)
  for (let attempt = 1; ; attempt += 1) {
    const port = wanted ?? (await freePort())
    const logFile = await open(logPath, 'a', 0o600)
    const { size: logStart } = await logFile.stat()
    const { command, args, identity } = commandAs(who, postgres, ['-D', data, ...settings(port, durable)])
    const server = await spawnTethered(command, args, {
      ...identity,
      cwd: '/',
      env: { TZ: 'UTC', LC_ALL: 'C' },
      stdio: ['ignore', logFile.fd, logFile.fd],
      stopSignals: STOP,
    })
    await logFile.close()
    if (await becomesReady(server, data, log)) return { server, port }
    await server.exited
    const said = (await readFile(logPath, 'utf8')).slice(logStart)
    const portTaken = /Address already in use/.test(said)
    if (portTaken && wanted !== undefined) {
      throw new CannotStart(`Port ${wanted} on 127.0.0.1 is taken: choose another for PostgreSQL.`)
    }
    // Workers of a killed server hold its shared memory for a moment longer than it lives.
    const oldMemory = /is still in use/.test(said)
    if (attempt > 30 || !(portTaken || oldMemory)) {
      throw new CannotStart(`PostgreSQL did not start (see ${logPath}): ${said.trim().split('\n').at(-1)}`)
    }
    await pause(oldMemory ? 200 : 0)
  }
}

/** An eighth of the machine's memory, and no more than a city of a million needs for its indexes. */
const bufferMegabytes = (memory: number): number => Math.min(1024, Math.max(128, Math.floor(memory / 8 / 1024 / 1024)))

function settings(port: number, durable: boolean): string[] {
  const values = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    max_connections: 300,
    shared_buffers: `${bufferMegabytes(totalmem())}MB`,
    // Random writes all over a large index: a page is written whole into the log once per checkpoint, so fewer of them.
    max_wal_size: '4GB',
    checkpoint_timeout: '15min',
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // Terse: the DETAIL of an error quotes the row, and the row is somebody's.
    log_error_verbosity: 'terse',
    log_statement: 'none',
    log_checkpoints: 'off',
    // Without fsync a commit is still handed to the system, so a kill -9 loses none; synchronous_commit=off would.
    ...(durable ? {} : { fsync: 'off', full_page_writes: 'off' }),
  }
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

/** Whether the server says it is ready (its pid file's eighth line, as pg_ctl reads it); false if it ends before. */
async function becomesReady(server: Tethered, data: string, log: (line: string) => void): Promise<boolean> {
  let ended = false
  void server.exited.then(() => {
    ended = true
  })
  const since = Date.now()
  let told = false
  while (!ended) {
    const [pid, , , , , , , state] = (await readPidFile(data)) ?? []
    if (pid === String(server.pid) && state?.trim() === 'ready') return true
    if (!told && Date.now() - since > 3000) {
      told = true
      log('PostgreSQL: still starting (recovering after a hard stop?)')
    }
    await pause(15)
  }
  return false
}

async function readPidFile(data: string): Promise<string[] | undefined> {
  const text = await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => undefined)
  return text?.split('\n')
}

/**
 * Clears what a hard stop left: a server whose starter was killed, or the pid file of one that was killed itself. The
 * latter must go by hand: its process id may belong to somebody else by now, and PostgreSQL would then refuse to start.
 */
async function endLeftover(data: string, log: (line: string) => void): Promise<void> {
  const [pid] = (await readPidFile(data)) ?? []
  if (pid === undefined) return
  log('PostgreSQL: the last stop was a hard one, recovering')
  await endOrphan(Number(pid), data, STOP)
  await rm(join(data, 'postmaster.pid'), { force: true })
}

async function turnOver(logPath: string): Promise<void> {
  const { size } = await stat(logPath).catch(() => ({ size: 0 }))
  if (size > 5_000_000) await rename(logPath, `${logPath}.old`)
}
