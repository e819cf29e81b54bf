/** One line of `turbo run --json`, as far as it is used here. */
interface TurboLine {
  readonly source: string
  readonly text: string
}

/** A package's task as its log tells it. */
export interface TaskLog {
  readonly cached: boolean
  readonly lines: readonly string[]
}

/**
 * Reads the lines of `turbo run --json` as they come: every task's own log, and what turbo itself complains about.
 * Lines that are not JSON are turbo's errors from before it starts (no pnpm, a broken turbo.json).
 */
export class TurboLog {
  readonly complaints: string[] = []
  readonly #tasks = new Map<string, { cached: boolean; lines: string[] }>()

  /** @returns the task and its new line of log; undefined for turbo's own. */
  read(raw: string): { task: string; text: string } | undefined {
    const line = parse(raw)
    if (!line || line.source === 'turbo') {
      const text = line?.text ?? raw
      if (!line || text.includes('exited (')) this.complaints.push(text)
      return undefined
    }
    const task = this.#tasks.get(line.source) ?? { cached: false, lines: [] }
    this.#tasks.set(line.source, task)
    if (/^cache (hit|miss|bypass)/.test(line.text)) task.cached = line.text.startsWith('cache hit')
    else task.lines.push(line.text)
    return { task: line.source, text: line.text }
  }

  /** The task of a package by turbo's own name for it: `@satuanak/social#test`. */
  of(task: string): TaskLog {
    return this.#tasks.get(task) ?? { cached: false, lines: [] }
  }

  /** Whether turbo said that the package's task failed; turbo names the package by its folder. */
  failed(folder: string): boolean {
    return this.complaints.some((text) => text.includes(`(${folder})`))
  }
}

function parse(raw: string): TurboLine | undefined {
  try {
    return JSON.parse(raw) as TurboLine
  } catch {
    return undefined
  }
}
