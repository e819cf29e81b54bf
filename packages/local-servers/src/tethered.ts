import { type ChildProcess, execFile, type SpawnOptions, spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

export interface Exit {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

/** A process that does not outlive us. */
export interface Tethered {
  readonly pid: number
  readonly child: ChildProcess
  readonly exited: Promise<Exit>
  /** Asks it to stop, with sharper signals as patience ends, and waits until it is gone. May be called again. */
  stop(): Promise<Exit>
}

export interface TetheredOptions extends SpawnOptions {
  /** What asks it to stop, mildest first; SIGKILL follows by itself. Default: SIGTERM. */
  readonly stopSignals?: readonly NodeJS.Signals[]
  /** How long each signal may take, in milliseconds. Default: 5000. */
  readonly patienceMs?: number
  /** Stops what it started itself as well. Not for servers that look after their own processes. Default: false. */
  readonly wholeGroup?: boolean
}

// Waits for the end of its standard input, which comes when we end, however we end; then stops the process $1 by
// signals to $2 (itself, or its whole group).
// A zombie counts as gone: nobody may be there to reap it.
const WATCH = `
alive() {
  kill -0 "$1" 2>/dev/null || return 1
  [ -r "/proc/$1/stat" ] || return 0
  read -r state <"/proc/$1/stat" || return 1
  case $state in *') Z '*) return 1 ;; esac
}
while read -r _; do :; done
pid=$1; target=$2; tenths=$3; shift 3
for signal in "$@" KILL; do
  alive "$pid" || exit 0
  kill -s "$signal" -- "$target" 2>/dev/null || exit 0
  n=0
  while alive "$pid" && [ "$n" -lt "$tenths" ]; do sleep 0.1; n=$((n + 1)); done
done`

/**
 * Starts a process in a group of its own (a Ctrl-C at the terminal does not reach it) and ties its life to ours: if we
 * are gone, even by kill -9, a small shell watching our end of a pipe stops it.
 *
 * @throws what spawning throws: no such file, no right to run it.
 */
export async function spawnTethered(
  command: string,
  args: readonly string[],
  { stopSignals = ['SIGTERM'], patienceMs = 5000, wholeGroup = false, ...options }: TetheredOptions = {},
): Promise<Tethered> {
  const child = spawn(command, args, { stdio: 'ignore', ...options, detached: true })
  const { pid } = child
  if (pid === undefined) {
    throw await new Promise<Error>((resolve) => child.once('error', resolve))
  }
  const target = wholeGroup ? -pid : pid
  const watch = watchOver(pid, target, stopSignals, patienceMs)
  const exited = new Promise<Exit>((resolve) => {
    child.once('exit', (code, signal) => {
      watch.kill('SIGKILL')
      resolve({ code, signal })
    })
  })
  const send = (signal: NodeJS.Signals) => {
    // Once it is gone, its process id may be somebody else's.
    if (child.exitCode === null && child.signalCode === null) process.kill(target, signal)
  }
  let stopping: Promise<Exit> | undefined
  return {
    pid,
    child,
    exited,
    stop: () => {
      stopping ??= stopBySignals(send, exited, stopSignals, patienceMs)
      return stopping
    },
  }
}

function watchOver(pid: number, target: number, signals: readonly NodeJS.Signals[], patienceMs: number): ChildProcess {
  const names = signals.map((signal) => signal.replace(/^SIG/, ''))
  const watch = spawn(
    '/bin/sh',
    ['-c', WATCH, 'satuanak-watch', String(pid), String(target), String(Math.ceil(patienceMs / 100)), ...names],
    { stdio: ['pipe', 'ignore', 'ignore'], detached: true, cwd: '/' },
  )
  // The watch itself must not keep us alive, nor its absence (no /bin/sh) stop us.
  watch.on('error', () => undefined)
  watch.unref()
  if (watch.stdin !== null && 'unref' in watch.stdin && typeof watch.stdin.unref === 'function') watch.stdin.unref()
  return watch
}

async function stopBySignals(
  send: (signal: NodeJS.Signals) => void,
  exited: Promise<Exit>,
  signals: readonly NodeJS.Signals[],
  patienceMs: number,
): Promise<Exit> {
  for (const signal of [...signals, 'SIGKILL'] as const) {
    send(signal)
    const patience = new AbortController()
    const gone = await Promise.race([exited, pause(patienceMs, null, { signal: patience.signal }).catch(() => null)])
    patience.abort()
    if (gone !== null) return gone
  }
  return exited
}

/**
 * Stops a server that a killed starter of ours left behind. Call it while holding the lock of the server's folder: then
 * nobody else can have started it.
 *
 * @param pid taken from the server's own pid file, so it may long since belong to somebody else.
 * @param mark what its command line must contain to be the one we mean.
 */
export async function endOrphan(pid: number, mark: string, signals: readonly NodeJS.Signals[]): Promise<void> {
  for (const signal of [null, ...signals, 'SIGKILL'] as const) {
    // null: its watch is already stopping it, most likely.
    for (let tenths = 0; tenths < 30; tenths += 1) {
      if (!(await commandLine(pid)).includes(mark)) return
      if (tenths === 0 && signal !== null) signalIfThere(pid, signal)
      await pause(100)
    }
  }
}

/** Signals a process that may end by itself at this very moment: being gone already is no fault. */
export function signalIfThere(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** The command line of a process, or '' if there is none (or it is a zombie). */
async function commandLine(pid: number): Promise<string> {
  try {
    return (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ')
  } catch {
    if (process.platform === 'linux') return ''
    return run('ps', ['-o', 'command=', '-p', String(pid)]).then(
      ({ stdout }) => stdout,
      () => '',
    )
  }
}
