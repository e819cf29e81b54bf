import { relative } from 'node:path'
import { ROOT } from '../repository.ts'
import type { Failure, Tally } from './tally.ts'

/** What is read of Vitest's JSON report. */
export interface VitestReport {
  readonly numPassedTests: number
  readonly numPendingTests: number
  readonly numTodoTests: number
  readonly testResults: readonly {
    readonly name: string
    readonly status: string
    readonly message: string
    readonly assertionResults: readonly {
      readonly fullName: string
      readonly status: string
      readonly failureMessages: readonly string[] | null
    }[]
  }[]
}

/** A line of a stack in somebody else's code. */
const FOREIGN_FRAME = /\n\s+at .*(node_modules|node:|<anonymous>).*/g

/** Vitest's report of one package as a tally. A file that could not even be loaded counts as one failure. */
export function tallyOf(report: VitestReport): Tally {
  const failures: Failure[] = report.testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = relative(ROOT, name)
    const failed = assertionResults.filter((test) => test.status === 'failed')
    if (status === 'failed' && failed.length === 0)
      return [{ what: file, why: message || 'Its worker ended before it did: run it by itself to see why.' }]
    return failed.map((test) => ({
      what: `${file} › ${test.fullName}`,
      why: (test.failureMessages ?? []).join('\n').replaceAll(FOREIGN_FRAME, ''),
    }))
  })
  return { passed: report.numPassedTests, skipped: report.numPendingTests + report.numTodoTests, failures }
}
