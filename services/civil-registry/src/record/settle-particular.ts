import type { ChildId } from '@satuanak/contracts'
import { fields, given, type Notice, oneOf, orRefuse, problem, text, uuid } from '@satuanak/domain-kit'
import { audit, type Caller } from '@satuanak/identity'
import type { RegistryApp } from '../app.ts'
import { lockedChildFileFor } from '../identity/find-child-files.ts'
import { recordNotices } from './check-record.ts'
import { checkStatedPaper, checkStatedValues, type StatedValues } from './check-stated.ts'
import { decideRecord, RECORD_FIELDS, type RecordField, type Said, type StatedPaper } from './domain.ts'
import { settle } from './domain-disputes.ts'
import { findStatements } from './repository.ts'
import { tellMove } from './tell-move.ts'
import { writeStatementInTx } from './write-statement.ts'

export interface SettleParticular {
  readonly requestId: string
  readonly childId: string
  readonly field: RecordField
  /** The statement that is right; or else `values`. */
  readonly statementId?: string | null | undefined
  /** What is right where no statement is: of `field` alone. */
  readonly values?: StatedValues | null | undefined
  /** What the officer has in hand; empty: what the chosen value was copied from. */
  readonly paper?: StatedPaper | null | undefined
  /** On what ground; no NIK (ID-09). */
  readonly reason: string
}

/**
 * An officer's word on a value on which agencies disagree (ID-05). It is a statement like any other, with its ground and
 * the statements that the officer had before them: it stands above all of those until a paper that decides the field comes
 * which is none of them, and closes the disagreement. A word that is new after it opens another. Where an akta has spoken
 * of the birth date the officer says what an akta says, and nothing else.
 * @throws InvalidInput, ChildNotFound, StatementNotFound, AktaDecides, ParticularNotDisputed, NotPermitted, RequestIdReused.
 */
export async function settleParticular(
  app: RegistryApp,
  caller: Caller,
  command: SettleParticular,
): Promise<{ readonly childId: ChildId; readonly warnings: readonly Notice[] }> {
  const { value, warnings } = orRefuse(check(command, app.today()))
  const childId = await app.once(caller, { name: 'settleParticular', ...command, input: command }, async (tx) => {
    const deed = { caller, permission: 'person.settle', childId: value.childId } as const
    const { group, persons } = await lockedChildFileFor(app, tx, deed)
    const { ids, level } = group
    const told = await findStatements(tx, ids)
    const settled = settle(told, { ...value, said: value.values ?? {}, ground: value.reason })
    const { agency, subject: recordedBy } = caller
    const personId = persons[0]?.id ?? value.childId
    await writeStatementInTx(app, tx, { ...settled, personId, agency, statedOn: app.today(), recordedBy })
    await audit(tx, caller, 'person.settle', [value.childId], { field: value.field, paper: settled.paper })
    const [before, after] = [decideRecord(told), decideRecord(await findStatements(tx, ids))]
    await tellMove(app, tx, caller, { before, after, level, childId: value.childId, requestId: command.requestId })
    return value.childId
  })
  return { childId, warnings: [...warnings, ...recordNotices(value.values ?? {})] }
}

function check(command: SettleParticular, today: Temporal.PlainDate) {
  const { childId, field, statementId, values, paper, reason } = command
  return fields(
    {
      childId: uuid<ChildId>(childId),
      field: oneOf(field, RECORD_FIELDS, { rule: 'ID-05' }),
      statementId: statementId == null ? given(null) : uuid(statementId),
      values: values == null ? given<Partial<Said> | null>(null) : checkStatedValues(values, today),
      paper: checkStatedPaper(paper),
      reason: text(reason, { rule: 'PV-05', max: 500, multiline: true }),
    },
    (choice) => {
      if ((choice.statementId === null) === (choice.values === null)) return [ONE_OF_TWO]
      const said = Object.keys(choice.values ?? {})
      return said.every((one) => one === choice.field) ? [] : [OTHER_FIELD]
    },
  )
}

const ONE_OF_TWO = problem(
  'ID-05',
  {
    id: 'Pilih salah satu pernyataan yang benar, atau isi data yang benar; salah satu saja.',
    en: 'Choose the statement that is right, or fill in the value that is; one of the two.',
  },
  'statementId',
)
const OTHER_FIELD = problem(
  'ID-05',
  {
    id: 'Isi hanya data yang diputus. Data lain dicatat lewat "Nyatakan data".',
    en: 'Fill in only the value that is settled. Any other is stated (stateParticulars).',
  },
  'values',
)
