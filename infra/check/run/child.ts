import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { ROOT } from '../repository.ts'

/** What the tools are run with: no colours in what is read back, and nothing told to anyone about this machine. */
function quietEnvironment(): NodeJS.ProcessEnv {
  const { FORCE_COLOR: _, ...env } = process.env
  return {
    ...env,
    NO_COLOR: '1',
    TURBO_TELEMETRY_DISABLED: '1',
    DO_NOT_TRACK: '1',
    // The clone may belong to another user (a mounted volume): git would refuse to list it.
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'safe.directory',
    GIT_CONFIG_VALUE_0: ROOT,
  }
}

const running = new Set<ChildProcess>()
let ending = false

/** Passes Ctrl-C or TERM on to the tools that still run, and ends when they have: no other tool is started. */
export function endTogether(): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      ending = true
      for (const child of running) end(child)
      setTimeout(() => process.exit(130), 10_000)
      if (running.size === 0) process.exit(130)
    })
  }
}

/** Ends a tool and what it started: turbo's own launcher does not pass a signal on. */
function end(child: ChildProcess): void {
  try {
    if (child.pid) process.kill(-child.pid, 'SIGTERM')
  } catch {
    // It has just ended by itself.
  }
}

/**
 * Runs a tool from the repository's root.
 * @param onLine is given every line of its output as it comes.
 * @param enough ends it from outside.
 * @returns its exit code; 1 where it could not be started or was killed. Never returns once the process is ending.
 */
export function runTool(
  command: readonly string[],
  onLine: (line: string) => void,
  enough?: AbortSignal,
): Promise<number> {
  const [file = '', ...args] = command
  return new Promise((done) => {
    const child = spawn(file, args, {
      cwd: ROOT,
      env: quietEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own, so that `end` reaches what the tool itself started.
      detached: true,
    })
    running.add(child)
    enough?.addEventListener('abort', () => end(child))
    createInterface({ input: child.stdout }).on('line', onLine)
    createInterface({ input: child.stderr }).on('line', onLine)
    child.once('error', (error) => onLine(error.message))
    child.once('close', (code) => {
      running.delete(child)
      if (!ending) done(code ?? 1)
      else if (running.size === 0) process.exit(130)
    })
  })
}
