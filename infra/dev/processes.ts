import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { CannotStart, type Exit, spawnTethered, type Tethered } from '@satuanak/local-servers'
import type { Part, Shutdown } from './shutdown.ts'
import type { Terminal } from './terminal.ts'

/** A Node program of the house, given all it knows by its environment. */
export interface Program {
  readonly name: string
  /** Absolute path of its main file. */
  readonly main: string
  readonly env: Readonly<Record<string, string>>
}

export interface Surroundings {
  readonly root: string
  readonly terminal: Terminal
  readonly shutdown: Shutdown
  /** Told whenever a process id changed. */
  readonly changed: () => void
}

const EX_CONFIG = 78 // sysexits.h: its configuration cannot be used, so another try is no use either
const TRIES_AT_START = 3
const STEADY_MS = 30_000
const LONGEST_PAUSE_MS = 10_000

/** Runs a program to its end. @throws CannotStart if that is not a good one; its own lines say why. */
export async function runStep(program: Program, what: string, { terminal, shutdown, root }: Surroundings) {
  shutdown.asked.throwIfAborted()
  const child = await spawnNode(program, root, terminal, true)
  let pid: number | undefined = child.pid
  shutdown.add('steps', { name: program.name, pid: () => pid, stop: () => child.stop() })
  const exit = await child.exited
  pid = undefined
  shutdown.asked.throwIfAborted()
  if (exit.code !== 0) throw new CannotStart(`${what} failed (${inWords(exit)}); the lines above say why.`)
}

/** A service or the gateway, kept running. */
export interface Kept extends Part {
  /** Resolves when it first answers /health/ready; rejects with CannotStart when it does not come up at all. */
  readonly ready: Promise<void>
}

/** Starts a server program and starts it again whenever it ends, later each time while it does not last. */
export function keepRunning(program: Program & { readonly port: number }, around: Surroundings): Kept {
  const { terminal, shutdown, changed } = around
  let current: Tethered | undefined
  let stopping = shutdown.asked.aborted
  const wake = new AbortController()
  const ready = Promise.withResolvers<void>()
  ready.promise.catch(() => undefined) // whoever waits for it hears of it

  const live = async () => {
    let wasReady = false
    for (let deaths = 1; !stopping; deaths += 1) {
      const since = Date.now()
      const child = await spawnNode(program, around.root, terminal, false)
      current = child
      changed()
      if (stopping) void child.stop()
      const isReady = await becomesReady(program, child, terminal)
      if (isReady && wasReady) terminal.say(`${program.name} is ready again.`)
      if (isReady) ready.resolve()
      wasReady ||= isReady
      const exit = await child.exited
      current = undefined
      if (stopping) return
      if (!wasReady && (exit.code === EX_CONFIG || deaths >= TRIES_AT_START)) {
        return ready.reject(new CannotStart(`${program.name} does not start (${inWords(exit)}); its lines say why.`))
      }
      if (Date.now() - since > STEADY_MS) deaths = 1
      const wait = Math.min(200 * 2 ** (deaths - 1), LONGEST_PAUSE_MS)
      terminal.say(`${program.name} ended (${inWords(exit)}); it is started again in ${wait / 1000} s.`)
      await pause(wait, undefined, { signal: wake.signal }).catch(() => undefined)
    }
  }
  const living = live().catch((error: unknown) => ready.reject(error))
  return {
    name: program.name,
    pid: () => current?.pid,
    ready: ready.promise,
    stop: async () => {
      stopping = true
      wake.abort()
      await current?.stop()
      await living
    },
  }
}

/** What every process may know of the machine; all else it is told by name. */
function machine(): Record<string, string> {
  const names = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'NODE_EXTRA_CA_CERTS', 'NODE_COMPILE_CACHE']
  return Object.fromEntries(names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])))
}

async function spawnNode({ name, main, env }: Program, root: string, terminal: Terminal, wholeGroup: boolean) {
  const child = await spawnTethered(process.execPath, [main], {
    cwd: root,
    env: { ...machine(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    wholeGroup,
  })
  for (const stream of [child.child.stdout, child.child.stderr]) {
    if (stream !== null) createInterface({ input: stream }).on('line', terminal.lines(name))
  }
  return child
}

/** Asks for its health until it is ready; false when it ends before. */
async function becomesReady(
  { name, port }: { name: string; port: number },
  child: Tethered,
  terminal: Terminal,
): Promise<boolean> {
  let ended = false
  void child.exited.then(() => {
    ended = true
  })
  let patience = Date.now() + 20_000
  while (!ended) {
    const answer = await fetch(`http://127.0.0.1:${port}/health/ready`, { signal: AbortSignal.timeout(2000) }).catch(
      () => undefined,
    )
    const words = await answer?.text().catch(() => '')
    if (answer?.ok && !ended) return true
    if (Date.now() > patience) {
      patience += 20_000
      terminal.say(`${name} is not ready yet${words ? `: ${words.slice(0, 300)}` : ' (no answer)'}`)
    }
    await pause(40)
  }
  return false
}

const inWords = ({ code, signal }: Exit) => (signal === null ? `exit code ${code}` : signal)
