import { lockChildrenInTx } from '@satuanak/child-kit'
import type { ChildId, KelurahanCode, Sensitivity } from '@satuanak/contracts'
import { fields, given, type Notice, oneOf, optional, orRefuse, problem, uuid } from '@satuanak/domain-kit'
import { audit, type Caller } from '@satuanak/identity'
import { emit } from '@satuanak/messaging'
import type { RegistryApp, RegistryTx } from '../app.ts'
import { childFileFor } from '../identity/find-child-files.ts'
import {
  checkDay,
  checkRecord,
  checkSomeParticulars,
  type RecordInput,
  recordNotices,
  type SomeParticulars,
} from './check-record.ts'
import { decideRecord, type Said, STATED_PAPERS, type StatedPaper } from './domain.ts'
import { findStatements } from './repository.ts'
import { writeStatementInTx } from './write-statement.ts'

export interface StateParticulars {
  readonly requestId: string
  readonly childId: string
  /** Only what is said; what is left empty stays as it is. */
  readonly values: SomeParticulars & RecordInput
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
  const said = { ...value.values.particulars, ...value.values.record }
  const childId = await app.once(caller, { name: 'stateParticulars', ...command, input: command }, async (tx) => {
    const deed = { caller, permission: 'person.state', childId: value.childId } as const
    const { group, persons } = await childFileFor(app, tx, deed)
    const { ids, level } = group
    await lockChildrenInTx(tx, ids)
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
  const { fatherName, guardian, childStatus, birthOrder, aktaNumber, everMarried, ...particulars } = values
  const checked = fields(
    {
      particulars: checkSomeParticulars(particulars, today),
      record: checkRecord({ fatherName, guardian, childStatus, birthOrder, aktaNumber, everMarried }),
    },
    (both) => (Object.keys({ ...both.particulars, ...both.record }).length === 0 ? [NOTHING_SAID] : []),
  )
  return fields({
    childId: uuid<ChildId>(childId),
    // Both halves are one form to whoever fills it in.
    values: checked.ok ? checked : { ...checked, problems: checked.problems.map(asOneForm) },
    paper: paper == null ? given(null) : optional(paper, (input) => oneOf(input, STATED_PAPERS, { rule: 'ID-05' })),
    statedOn: checkDay(statedOn, 'ID-05', today),
  })
}

function asOneForm(notice: Notice): Notice {
  const field = notice.field?.replace(/^(particulars|record)\.?/, '')
  const { field: _, ...rest } = notice
  return field ? { ...rest, field } : rest
}

const NOTHING_SAID = problem('ID-05', {
  id: 'Belum ada yang diisi. Isi sedikitnya satu data yang dinyatakan.',
  en: 'Nothing is filled in. Give at least one value that is stated.',
})

interface Change {
  readonly before: Partial<Said>
  readonly after: Partial<Said>
  readonly level: Sensitivity
  readonly childId: ChildId
  readonly requestId: string
}

async function tellMove(app: RegistryApp, tx: RegistryTx, caller: Caller, change: Change): Promise<void> {
  const { before, after, level, childId, requestId } = change
  const from: KelurahanCode | undefined = before.address?.kelurahan
  const to = after.address?.kelurahan
  if (from === undefined || to === undefined || from === to) return
  await emit(tx, {
    type: 'civil-registry.person.moved.v1',
    subject: childId,
    data: { from, to },
    actor: caller.subject,
    org: caller.agency,
    sensitivity: level,
    time: app.now(),
    correlationid: requestId,
  })
}
