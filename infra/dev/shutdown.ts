import type { Terminal } from './terminal.ts'

/** In this order they stop: the door first, what they all stand on last. */
const STAGES = ['steps', 'gateway', 'services', 'servers'] as const
type Stage = (typeof STAGES)[number]

/** Something that runs and must not be left behind. */
export interface Part {
  readonly name: string
  /** undefined while it is not running. */
  pid(): number | undefined
  /** Resolves when it is gone. */
  stop(): Promise<unknown>
}

export interface Shutdown {
  /** Aborted as soon as the house is to stop. */
  readonly asked: AbortSignal
  /** Parts added after that are stopped at once. */
  add(stage: Stage, part: Part): void
  parts(): readonly Part[]
  /** Stops every part, stage by stage; what still runs after `patienceMs` is killed. Called again, it is the same stop. */
  stop(): Promise<void>
  /** Kills every part at once. */
  kill(): void
}

export function createShutdown(patienceMs = 8000): Shutdown {
  const asked = new AbortController()
  const stages = new Map<Stage, Part[]>(STAGES.map((stage) => [stage, []]))
  const parts = () => [...stages.values()].flat()
  const kill = () => {
    for (const part of parts()) killProcess(part.pid())
  }
  const stopAll = async () => {
    asked.abort()
    const deadline = setTimeout(kill, patienceMs)
    for (const stage of STAGES) await Promise.allSettled((stages.get(stage) ?? []).map((part) => part.stop()))
    clearTimeout(deadline)
  }
  let stopping: Promise<void> | undefined
  return {
    asked: asked.signal,
    add: (stage, part) => {
      stages.get(stage)?.push(part)
      if (asked.signal.aborted) void part.stop()
    },
    parts,
    stop: () => {
      stopping ??= stopAll()
      return stopping
    },
    kill,
  }
}

function killProcess(pid: number | undefined): void {
  if (pid === undefined) return
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It went by itself.
  }
}

/** A terminal's Ctrl-C comes twice under npm: from the terminal itself, and passed on by npm. */
const SAME_KEYSTROKE_MS = 500

/**
 * Stops the house and ends the process on Ctrl-C, SIGTERM, SIGHUP, or when the npm that started us is gone. A second
 * Ctrl-C does not wait.
 */
export function stopOnSignals(shutdown: Shutdown, terminal: Terminal, ended: () => void): void {
  let first = 0
  const onSignal = () => {
    if (first === 0) {
      first = Date.now()
      terminal.say('Stopping. Ctrl-C again to stop at once.')
      void shutdown.stop().then(() => {
        ended()
        terminal.say('Stopped.')
        process.exit(0)
      })
    } else if (Date.now() - first > SAME_KEYSTROKE_MS) {
      shutdown.kill()
      ended()
      process.exit(130)
    }
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal)
  if (process.env.npm_lifecycle_event === undefined) return
  // npm killed hard tells us nothing, but we are somebody else's child then.
  const { ppid } = process
  setInterval(() => process.ppid !== ppid && first === 0 && onSignal(), 500).unref()
}
