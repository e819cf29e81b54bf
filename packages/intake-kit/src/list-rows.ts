import { type Caller, permit } from '@satuanak/identity'
import type { IntakeApp } from './app.ts'
import type { IntakePermissions } from './file-kind.ts'
import { countByRule, findRows, type RuleCount } from './ledger.ts'
import type { IntakeRow } from './rows/index.ts'

export interface ListRows {
  readonly intakeId: string
  /** Row number of the last row of the page before; 0 for the first page. */
  readonly after: number
  readonly limit: number
}

/** Rows that an officer should see, in the order of the file. @throws NotPermitted */
export async function listRows(
  app: IntakeApp,
  caller: Caller,
  { read, level }: IntakePermissions,
  query: ListRows,
): Promise<readonly IntakeRow[]> {
  permit(caller, read, { level })
  return findRows(app.db, query)
}

/** How many rows of an intake have each problem, the most frequent first. @throws NotPermitted */
export async function countProblems(
  app: IntakeApp,
  caller: Caller,
  { read, level }: IntakePermissions,
  intakeId: string,
): Promise<readonly RuleCount[]> {
  permit(caller, read, { level })
  return countByRule(app.db, intakeId)
}
