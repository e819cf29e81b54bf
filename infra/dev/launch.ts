import { access, constants, mkdir, rm } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { CannotStart, type Lock, tryLock } from '@satuanak/local-servers'
import { banner } from './banner.ts'
import { createDatabases, databaseUrl, demoDayOf, markDemoLoaded } from './databases.ts'
import { gatewayEnv, type House, type Room, serviceEnv } from './house.ts'
import { HELP, type Options, parseOptions } from './options.ts'
import { portsAbove, requirePort } from './ports.ts'
import { keepRunning, runStep, type Surroundings } from './processes.ts'
import { type RunFile, readRunFile, removeRunFile, writeRunFile } from './run-file.ts'
import { openSecrets } from './secrets.ts'
import { openServers, type Servers } from './servers.ts'
import { createShutdown, stopOnSignals } from './shutdown.ts'
import { createTerminal } from './terminal.ts'

/**
 * Starts the house and keeps it running until it is told to stop; ends this process then. Exit code 0 after a stop that
 * was asked for, 1 with one sentence where it cannot start, 130 after a second Ctrl-C.
 */
export async function launch(house: House, args: readonly string[], personas: () => Promise<readonly string[]>) {
  const shutdown = createShutdown()
  process.stdout.on('error', () => undefined) // a closed terminal must not keep us from stopping
  try {
    const options = parseOptions(args, process.env)
    const terminal = createTerminal((text) => void process.stdout.write(text), options.colour)
    if (options.help) return terminal.say(HELP)
    const lock = await takeHouse(house, options)
    process.once('exit', () => lock.release())
    stopOnSignals(shutdown, terminal, () => removeRunFile(house.dataDir))
    let changed = (): void => undefined
    const around = { root: house.root, terminal, shutdown, changed: () => changed() }
    const run = await open(house, options, around)
    changed = () => writeRunFile(house.dataDir, run.file())
    changed()
    terminal.say(banner(run.file(), run.ports, await personas(), performance.now() / 1000))
  } catch (error) {
    if (shutdown.asked.aborted) return // the signal's own handler ends the process
    await shutdown.stop()
    // Last, where it is seen.
    process.stderr.write(`${error instanceof CannotStart ? error.message : inFull(error)}\n`)
    process.exit(1)
  }
}

/** Makes sure that we are the only ones here and that the gateway's port is free; begins anew if asked. */
async function takeHouse({ dataDir }: House, { fresh, port }: Options): Promise<Lock> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  await access(dataDir, constants.W_OK | constants.X_OK).catch(() => {
    throw new CannotStart(`${dataDir} belongs to another user: start as that user, or remove the folder.`)
  })
  const lock = tryLock(join(dataDir, 'lock'))
  if (lock === null) {
    const other = readRunFile(dataDir)
    const where = other === undefined ? '' : ` (process ${other.pids.launcher}, ${other.gatewayUrl})`
    throw new CannotStart(`SatuAnak already runs in this clone${where}: stop that first.`)
  }
  await requirePort(port)
  removeRunFile(dataDir)
  if (fresh) {
    await Promise.all(['postgres', 'nats'].map((name) => rm(join(dataDir, name), { recursive: true, force: true })))
  }
  return lock
}

interface Run {
  readonly ports: ReadonlyMap<string, number>
  file(): RunFile
}

/** Opens the house from the ground up; returns when every process is ready. */
async function open(house: House, options: Options, around: Surroundings): Promise<Run> {
  const { terminal, shutdown } = around
  const names = house.services.map(({ name }) => name)
  const [secrets, servers, ports] = await Promise.all([
    openSecrets(join(house.dataDir, 'keys')),
    openServers(house.dataDir, options, around),
    portsAbove(options.port, names),
    generate(house, around),
  ])
  shutdown.asked.throwIfAborted()
  await createDatabases(servers.adminUrl, names)
  const envOf = (room: Room) => serviceEnv(room, ports.get(room.name) ?? 0, secrets, servers, options)
  await loadDemo(house, servers, envOf, around)
  terminal.say(`Starting ${names.join(', ')} and the gateway`)
  await startProcesses(house, options, around, ports, envOf, gatewayEnv(ports, secrets, servers, options))
  return {
    ports,
    file: () => ({
      gatewayUrl: `http://localhost:${options.port}/graphql`,
      natsUrl: servers.natsUrl,
      databaseUrls: Object.fromEntries(names.map((name) => [name, databaseUrl(servers.adminUrl, name)])),
      pids: pidsOf(around),
    }),
  }
}

async function generate({ generate: main, root }: House, around: Surroundings): Promise<void> {
  if (main === undefined) return
  await runStep({ name: 'generate', main, env: {} }, `Generating (${relative(root, main)})`, around)
}

/** Fills the databases that do not hold their part of the demo city yet, all at once. */
async function loadDemo(
  house: House,
  { adminUrl }: Servers,
  envOf: (room: Room) => Record<string, string>,
  around: Surroundings,
) {
  const withDemo = house.services.flatMap((room) => (room.demo === undefined ? [] : [{ room, demo: room.demo }]))
  const days = await Promise.all(withDemo.map(({ room }) => demoDayOf(adminUrl, room.name)))
  const empty = withDemo.filter((_room, index) => days[index] === null)
  if (empty.length === 0) return
  // A part that could not be loaded yesterday must still fit those that were.
  const day = days.find((one) => one !== null) ?? Temporal.Now.plainDateISO('Asia/Jakarta').toString()
  around.terminal.say(`Loading the demo city into ${empty.map(({ room }) => room.name).join(', ')} (first start only)`)
  await Promise.all(
    empty.map(async ({ room, demo }) => {
      const env = { ...envOf(room), DEMO_DAY: day }
      await runStep({ name: room.name, main: demo, env }, `The demo city of ${room.name}`, around)
      await markDemoLoaded(adminUrl, room.name, day)
    }),
  )
}

async function startProcesses(
  house: House,
  options: Options,
  around: Surroundings,
  ports: ReadonlyMap<string, number>,
  envOf: (room: Room) => Record<string, string>,
  env: Record<string, string>,
): Promise<void> {
  const services = house.services.map((room) =>
    keepRunning({ name: room.name, main: room.main, env: envOf(room), port: ports.get(room.name) ?? 0 }, around),
  )
  const gateway = keepRunning({ name: 'gateway', main: house.gateway, env, port: options.port }, around)
  for (const service of services) around.shutdown.add('services', service)
  around.shutdown.add('gateway', gateway)
  await Promise.all([...services, gateway].map(({ ready }) => ready))
}

function pidsOf({ shutdown }: Surroundings): Record<string, number> {
  const running = shutdown.parts().flatMap((part) => {
    const pid = part.pid()
    return pid === undefined ? [] : [[part.name, pid] as const]
  })
  return { launcher: process.pid, ...Object.fromEntries(running) }
}

const inFull = (error: unknown) => (error instanceof Error ? (error.stack ?? error.message) : String(error))
