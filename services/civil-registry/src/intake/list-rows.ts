import { type Caller, permit } from '@satuanak/identity'
import type { RegistryApp } from '../app.ts'
import type { IntakeRow, RowVerdict } from './domain.ts'
import { countByRule, findRows, type RuleCount } from './repository.ts'

export interface ListRows {
  readonly intakeId: string
  /** None: whatever came of it. */
  readonly verdict?: RowVerdict | null
  /** Row number of the last row of the page before; 0 for the first page. */
  readonly after: number
  readonly limit: number
}

/** Rows that an officer should see, in the order of the file. @throws NotPermitted */
export async function listRows(app: RegistryApp, caller: Caller, query: ListRows): Promise<readonly IntakeRow[]> {
  permit(caller, 'intake.read', { level: 4 })
  return findRows(app.db, { ...query, verdict: query.verdict ?? null })
}

/** How many rows of an intake have each problem, the most frequent first. @throws NotPermitted */
export async function countProblems(app: RegistryApp, caller: Caller, intakeId: string): Promise<readonly RuleCount[]> {
  permit(caller, 'intake.read', { level: 4 })
  return countByRule(app.db, intakeId)
}
