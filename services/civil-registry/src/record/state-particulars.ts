import type { ChildId } from '@satuanak/contracts'
import { fields, type Notice, orRefuse, uuid } from '@satuanak/domain-kit'
import { audit, type Caller } from '@satuanak/identity'
import type { RegistryApp } from '../app.ts'
import { lockedChildFileFor } from '../identity/find-child-files.ts'
import { checkDay, recordNotices } from './check-record.ts'
import { checkStatedPaper, checkStatedValues, type StatedValues } from './check-stated.ts'
import { decideRecord, type StatedPaper } from './domain.ts'
import { findStatements } from './repository.ts'
import { tellMove } from './tell-move.ts'
import { writeStatementInTx } from './write-statement.ts'

export interface StateParticulars {
  readonly requestId: string
  readonly childId: string
  /** Only what is said; what is left empty stays as it is. */
  readonly values: StatedValues
  /** Null: by word of mouth. */
  readonly paper?: StatedPaper | null | undefined
  /** The day on which it was said, or the paper shown. */
  readonly statedOn: Temporal.PlainDate
}

/**
 * Adds what an agency says of a child the registry has: nothing is overwritten, each value keeps where it came from, and
 * the record shows the one that stands (ID-05). Tells of a move where the kelurahan that stands has changed.
 * @throws InvalidInput, ChildNotFound, NotPermitted, RequestIdReused.
 */
export async function stateParticulars(
  app: RegistryApp,
  caller: Caller,
  command: StateParticulars,
): Promise<{ readonly childId: ChildId; readonly warnings: readonly Notice[] }> {
  const { value, warnings } = orRefuse(check(command, app.today()))
  const said = value.values
  const childId = await app.once(caller, { name: 'stateParticulars', ...command, input: command }, async (tx) => {
    const deed = { caller, permission: 'person.state', childId: value.childId } as const
    const { group, persons } = await lockedChildFileFor(app, tx, deed)
    const { ids, level } = group
    const personId = persons[0]?.id ?? value.childId
    const before = decideRecord(await findStatements(tx, ids))
    const { statedOn, paper } = value
    const { agency, subject: recordedBy } = caller
    await writeStatementInTx(app, tx, { personId, agency, paper, statedOn, said, recordedBy })
    await audit(tx, caller, 'person.state', [value.childId], { fields: Object.keys(said), paper })
    const after = decideRecord(await findStatements(tx, ids))
    await tellMove(app, tx, caller, { before, after, level, childId: value.childId, requestId: command.requestId })
    return value.childId
  })
  return { childId, warnings: [...warnings, ...recordNotices(said)] }
}

function check({ childId, values, paper, statedOn }: StateParticulars, today: Temporal.PlainDate) {
  return fields({
    childId: uuid<ChildId>(childId),
    values: checkStatedValues(values, today),
    paper: checkStatedPaper(paper),
    statedOn: checkDay(statedOn, 'ID-05', today),
  })
}
