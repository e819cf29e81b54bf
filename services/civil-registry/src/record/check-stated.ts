import { type Checked, fields, given, type Notice, oneOf, optional, problem } from '@satuanak/domain-kit'
import { checkRecord, checkSomeParticulars, type RecordInput, type SomeParticulars } from './check-record.ts'
import { type Said, STATED_PAPERS, type StatedPaper } from './domain.ts'

/** What may be stated of a child the registry has; what is left empty is not said. */
export type StatedValues = SomeParticulars & RecordInput

/** Each value that is filled in, all of them at once; nothing at all is refused. */
export function checkStatedValues(values: StatedValues, today: Temporal.PlainDate): Checked<Partial<Said>> {
  const { fatherName, guardian, childStatus, birthOrder, aktaNumber, everMarried, ...particulars } = values
  const checked = fields(
    {
      particulars: checkSomeParticulars(particulars, today),
      record: checkRecord({ fatherName, guardian, childStatus, birthOrder, aktaNumber, everMarried }),
    },
    (both) => (Object.keys({ ...both.particulars, ...both.record }).length === 0 ? [NOTHING_SAID] : []),
  )
  // Both halves are one form to whoever fills it in.
  if (!checked.ok) return { ...checked, problems: checked.problems.map(asOneForm) }
  return { ...checked, value: { ...checked.value.particulars, ...checked.value.record } }
}

/** What it is copied from; null: by word of mouth. */
export function checkStatedPaper(paper: StatedPaper | null | undefined): Checked<StatedPaper | null> {
  return paper == null ? given(null) : optional(paper, (input) => oneOf(input, STATED_PAPERS, { rule: 'ID-05' }))
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
