import { existsSync, readFileSync, rmSync } from 'node:fs'
import { resolve } from 'node:path'
import { type Package, packages, print } from '../repository.ts'
import { runTool } from './child.ts'
import { add, inWords, NOTHING, type Tally } from './tally.ts'
import { TurboLog } from './turbo-log.ts'
import { tallyOf, type VitestReport } from './vitest-report.ts'

/** Two packages at a time: each takes half of the machine (vitest.shared.ts). */
const turbo = (task: string): string[] => ['turbo', 'run', task, '--json', '--continue=always', '--concurrency=2']

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
  const log = new TurboLog()
  const waiting = new Map(packages().map((one) => [`${one.name}#test`, one]))
  const begun = new Map<string, number>()
  const reported: { one: Package; tally: Tally }[] = []
  // A report that is here before the run would be counted where a package's tests never started.
  for (const { folder } of waiting.values()) rmSync(reportOf(folder), { force: true })

  const heartbeat = setInterval(() => stillRunning(waiting, begun), 30_000)
  const code = await runTool(turbo('test'), (raw) => {
    const line = log.read(raw)
    if (!line) return
    if (!begun.has(line.task)) begun.set(line.task, performance.now())
    const one = waiting.get(line.task)
    if (!one || !line.text.startsWith('JSON report written')) return
    waiting.delete(line.task)
    const tally = tallyOf(readReport(one))
    reported.push({ one, tally })
    const ok = tally.passed > 0 && tally.failures.length === 0
    const time = log.cached(line.task) ? 'unchanged' : secondsSince(begun.get(line.task) ?? performance.now())
    print(`${ok ? '✔' : '✘'} ${one.name}  ${inWords(tally)}  ${time}`)
  })
  clearInterval(heartbeat)

  const silent = [...waiting.values()].map((one) => noReport(one, log))
  const total = add(...reported.map(({ one, tally }) => withVitestsOwnFailure(one, tally, log)), ...silent)
  return code === 0 || total.failures.length > 0 ? total : add(total, failure('turbo', log.complaints.join('\n')))
}

/** Vitest that failed without a failed test (no test found, an error outside any test) counts as a failure. */
function withVitestsOwnFailure(one: Package, tally: Tally, log: TurboLog): Tally {
  if (tally.failures.length > 0 || !log.failed(one.folder)) return tally
  return add(tally, failure(`${one.name}: Vitest failed`, lastWords(one, log)))
}

function noReport(one: Package, log: TurboLog): Tally {
  print(`✘ ${one.name}  did not finish`)
  return failure(`${one.name}: no test report`, lastWords(one, log))
}

const failure = (what: string, why: string): Tally => ({ ...NOTHING, failures: [{ what, why }] })

function stillRunning(waiting: ReadonlyMap<string, Package>, begun: ReadonlyMap<string, number>): void {
  const names = [...waiting].filter(([task]) => begun.has(task)).map(([, { name }]) => name)
  if (names.length > 0) print(`… ${names.join(', ')} still running, ${waiting.size - names.length} packages waiting`)
}

const lastWords = (one: Package, log: TurboLog): string =>
  wordsOf(one, 'test').slice(-40).join('\n') || log.complaints.join('\n')

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
