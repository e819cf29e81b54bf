import { existsSync, readFileSync, rmSync } from 'node:fs'
import { resolve } from 'node:path'
import { type Package, packages, print } from '../repository.ts'
import { runTool } from './child.ts'
import { add, inWords, NOTHING, type Tally } from './tally.ts'
import { TurboLog } from './turbo-log.ts'
import { tallyOf, type VitestReport } from './vitest-report.ts'

/** Two packages at a time: each takes half of the machine (vitest.shared.ts). */
const turbo = (task: string): string[] => ['turbo', 'run', task, '--json', '--continue=always', '--concurrency=2']

/** Minutes without any package finishing, after which what still runs is taken to run for ever. */
const PATIENCE = 15

/** The compiler over every package that changed or whose dependencies did; all of it counts as one check. */
export async function runTypes(): Promise<Tally> {
  const started = performance.now()
  const log = new TurboLog()
  const code = await runTool(turbo('types'), (line) => log.read(line))
  print(`${code === 0 ? '✔' : '✘'} types  ${secondsSince(started)}`)
  if (code === 0) return { ...NOTHING, passed: 1 }
  const failed = packages().filter(({ folder }) => log.failed(folder))
  const output = failed.flatMap((one) => [`${one.name}:`, ...wordsOf(one, 'types').slice(0, 12)])
  const why = (output.length > 0 ? output : log.complaints).join('\n')
  return { ...NOTHING, failures: [{ what: 'types', why }] }
}

/** The tests of every package that changed or whose dependencies did; the others' results come from turbo's cache. */
export async function runTests(): Promise<Tally> {
  const run = new TestRun(packages())
  const enough = new AbortController()
  const heartbeat = setInterval(() => {
    run.sayWhatStillRuns()
    if (run.isStuck()) enough.abort()
  }, 30_000)
  const code = await runTool(turbo('test'), (line) => run.read(line), enough.signal)
  clearInterval(heartbeat)
  return run.end(code)
}

/** One run of every package's tests: says each result as it comes, and counts it. */
class TestRun {
  readonly #log = new TurboLog()
  readonly #waiting: Map<string, Package>
  readonly #begun = new Map<string, number>()
  readonly #reported: { one: Package; tally: Tally }[] = []
  #lastFinished = performance.now()

  constructor(all: readonly Package[]) {
    this.#waiting = new Map(all.map((one) => [`${one.name}#test`, one]))
    // A report that is here before the run would be counted where a package's tests never started.
    for (const { folder } of all) rmSync(reportOf(folder), { force: true })
  }

  /** One line of turbo's output; Vitest's last one says that the package has finished. */
  read(raw: string): void {
    const line = this.#log.read(raw)
    if (!line) return
    if (!this.#begun.has(line.task)) this.#begun.set(line.task, performance.now())
    const one = this.#waiting.get(line.task)
    if (one && line.text.startsWith('JSON report written')) this.#finish(line.task, one)
  }

  #finish(task: string, one: Package): void {
    this.#waiting.delete(task)
    this.#lastFinished = performance.now()
    const tally = tallyOf(readReport(one))
    this.#reported.push({ one, tally })
    const ok = tally.passed > 0 && tally.failures.length === 0
    const time = this.#log.cached(task) ? 'unchanged' : secondsSince(this.#begun.get(task) ?? performance.now())
    print(`${ok ? '✔' : '✘'} ${one.name}  ${inWords(tally)}  ${time}`)
  }

  sayWhatStillRuns(): void {
    const names = [...this.#waiting].filter(([task]) => this.#begun.has(task)).map(([, { name }]) => name)
    const idle = this.#waiting.size - names.length
    if (names.length > 0) print(`… ${names.join(', ')} still running, ${idle} packages waiting`)
  }

  isStuck(): boolean {
    return performance.now() - this.#lastFinished > PATIENCE * 60_000
  }

  /** @param code turbo's exit code. */
  end(code: number): Tally {
    const silent = [...this.#waiting.values()].map((one) => {
      print(`✘ ${one.name}  did not finish`)
      return failure(`${one.name}: no test report`, this.#lastWords(one))
    })
    const total = add(...this.#reported.map(({ one, tally }) => this.#withVitestsOwnFailure(one, tally)), ...silent)
    if (code === 0 || total.failures.length > 0) return total
    return add(total, failure('turbo', this.#log.complaints.join('\n')))
  }

  /** Vitest that failed without a failed test (no test found, an error outside any test) counts as a failure. */
  #withVitestsOwnFailure(one: Package, tally: Tally): Tally {
    if (tally.failures.length > 0 || !this.#log.failed(one.folder)) return tally
    return add(tally, failure(`${one.name}: Vitest failed`, this.#lastWords(one)))
  }

  #lastWords(one: Package): string {
    return wordsOf(one, 'test').slice(-40).join('\n') || this.#log.complaints.join('\n')
  }
}

const failure = (what: string, why: string): Tally => ({ ...NOTHING, failures: [{ what, why }] })

/** A task's whole log, as turbo keeps it beside the package. */
function wordsOf({ folder }: Package, task: string): string[] {
  const path = resolve(folder, '.turbo', `turbo-${task}.log`)
  return existsSync(path) ? readFileSync(path, 'utf8').split('\n').filter(isWorthReading) : []
}

const isWorthReading = (line: string): boolean => !/^(\s*|\$ .*|\[(ELIFECYCLE|WARN)\].*)$/.test(line)

export const secondsSince = (started: number): string => `${((performance.now() - started) / 1000).toFixed(1)} s`

const reportOf = (folder: string): string => resolve(folder, '.report/vitest.json')

function readReport({ folder }: Package): VitestReport {
  return JSON.parse(readFileSync(reportOf(folder), 'utf8')) as VitestReport
}
