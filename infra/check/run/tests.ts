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
  const failed = packages().filter(({ folder }) => log.failed(folder))
  print(`${code === 0 ? '✔' : '✘'} types  ${((performance.now() - started) / 1000).toFixed(1)} s`)
  if (code === 0) return { ...NOTHING, passed: 1 }
  const output = failed.flatMap((one) => [`${one.name}:`, ...wordsOf(one, 'types').slice(0, 12)])
  const why = (output.length > 0 ? output : log.complaints).join('\n')
  return { ...NOTHING, failures: [{ what: 'types', why }] }
}

/** The tests of every package that changed or whose dependencies did; the others' results come from turbo's cache. */
export async function runTests(): Promise<Tally> {
  const all = packages()
  // A report that is here before the run would be counted where a package's tests never started.
  for (const { folder } of all) rmSync(reportOf(folder), { force: true })
  const log = new TurboLog()
  const waiting = new Map(all.map((one) => [`${one.name}#test`, one]))
  const begun = new Map<string, number>()
  const heartbeat = setInterval(() => stillRunning(waiting, begun), 30_000)
  const code = await runTool(turbo('test'), (raw) => {
    const line = log.read(raw)
    if (!line) return
    if (!begun.has(line.task)) begun.set(line.task, performance.now())
    const finished = waiting.get(line.task)
    if (!finished || !line.text.startsWith('JSON report written')) return
    waiting.delete(line.task)
    printPackage(finished, log, performance.now() - (begun.get(line.task) ?? performance.now()))
  })
  clearInterval(heartbeat)
  for (const unfinished of waiting.values()) print(`✘ ${unfinished.name}  did not finish`)
  const tally = add(...all.map((one) => packageTally(one, log)))
  if (code === 0 || tally.failures.length > 0) return tally
  return add(tally, {
    ...NOTHING,
    failures: [{ what: 'turbo', why: log.complaints.join('\n') || `ended with ${code}` }],
  })
}

function printPackage(one: Package, log: TurboLog, milliseconds: number): void {
  const tally = tallyOf(readReport(one))
  const time = log.cached(`${one.name}#test`) ? 'unchanged' : `${(milliseconds / 1000).toFixed(1)} s`
  const ok = tally.passed > 0 && tally.failures.length === 0
  print(`${ok ? '✔' : '✘'} ${one.name}  ${inWords(tally)}  ${time}`)
}

/** A package whose Vitest failed without a failed test (no test found, an error outside any test) counts as a failure. */
function packageTally(one: Package, log: TurboLog): Tally {
  const words = wordsOf(one, 'test').slice(-40).join('\n') || log.complaints.join('\n')
  if (!existsSync(reportOf(one.folder))) {
    return { ...NOTHING, failures: [{ what: `${one.name}: no test report`, why: words }] }
  }
  const tally = tallyOf(readReport(one))
  if (tally.failures.length > 0 || !log.failed(one.folder)) return tally
  return add(tally, { ...NOTHING, failures: [{ what: `${one.name}: Vitest failed`, why: words }] })
}

function stillRunning(waiting: ReadonlyMap<string, Package>, begun: ReadonlyMap<string, number>): void {
  const names = [...waiting].filter(([task]) => begun.has(task)).map(([, { name }]) => name)
  if (names.length > 0) print(`… ${names.join(', ')} still running, ${waiting.size - names.length} packages waiting`)
}

/** A task's whole log, as turbo keeps it beside the package. */
function wordsOf({ folder }: Package, task: string): string[] {
  const path = resolve(folder, '.turbo', `turbo-${task}.log`)
  return existsSync(path) ? readFileSync(path, 'utf8').split('\n').filter(isWorthReading) : []
}

const isWorthReading = (line: string): boolean => !/^(\s*|\$ .*|\[(ELIFECYCLE|WARN)\].*)$/.test(line)

const reportOf = (folder: string): string => resolve(folder, '.report/vitest.json')

function readReport({ folder }: Package): VitestReport {
  return JSON.parse(readFileSync(reportOf(folder), 'utf8')) as VitestReport
}
