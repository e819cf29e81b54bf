/** One line of `turbo run --json`, as far as it is used here. */
interface TurboLine {
  readonly source: string
  readonly text: string
}

/**
 * Reads the lines of `turbo run --json` as they come: whose they are, and what turbo itself complains about.
 * Lines that are not JSON are turbo's errors from before it starts (no pnpm, a broken turbo.json).
 */
export class TurboLog {
  readonly complaints: string[] = []
  readonly #cached = new Set<string>()

  /** @returns the task and its new line; undefined for turbo's own. */
  read(raw: string): { task: string; text: string } | undefined {
    const line = parse(raw)
    if (!line || line.source === 'turbo') {
      const text = line?.text ?? raw
      if (!line || text.includes('exited (')) this.complaints.push(text)
      return undefined
    }
    if (line.text.startsWith('cache hit')) this.#cached.add(line.source)
    return { task: line.source, text: line.text }
  }

  /** Whether the result came from turbo's cache; a task is named `@satuanak/social#test`. */
  cached(task: string): boolean {
    return this.#cached.has(task)
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
