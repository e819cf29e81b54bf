import { type Caller, type Permission, permit } from '@satuanak/identity'
import type { IntakeApp } from './app.ts'
import { countByRule, findRows, type RuleCount } from './ledger.ts'
import type { IntakeRow } from './rows/index.ts'

export interface ListRows {
  readonly intakeId: string
  /** Row number of the last row of the page before; 0 for the first page. */
  readonly after: number
  readonly limit: number
}

/** Rows that an officer should see, in the order of the file; `read` as the kind of file has it. @throws NotPermitted */
export async function listRows(
  app: IntakeApp,
  caller: Caller,
  read: Permission,
  query: ListRows,
): Promise<readonly IntakeRow[]> {
  permit(caller, read, { level: 4 })
  return findRows(app.db, query)
}

/** How many rows of an intake have each problem, the most frequent first. @throws NotPermitted */
export async function countProblems(
  app: IntakeApp,
  caller: Caller,
  read: Permission,
  intakeId: string,
): Promise<readonly RuleCount[]> {
  permit(caller, read, { level: 4 })
  return countByRule(app.db, intakeId)
}
