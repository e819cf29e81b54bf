import { checkParticulars, type ParticularsInput } from '@satuanak/child-kit'
import { ATS_CATEGORIES, type AtsCategory, type KelurahanCode, type Particulars } from '@satuanak/contracts'
import { type Checked, fields, oneOf, optional, parseRegionCode, uuid } from '@satuanak/domain-kit'
import { ageNotices } from './report-out-of-school.ts'

/** A row of the ministry's list as it is filled in. */
interface ListedPupilInput {
  /** The ministry's own id of the pupil, `peserta_didik_id`. */
  readonly pupilId: string | null
  readonly category: string | null
  readonly kelurahan: string | null
  readonly child: ParticularsInput
}

/** A pupil that the ministry lists as out of school (AT-13). */
export interface ListedPupil {
  readonly pupilId: string
  readonly category: AtsCategory
  readonly kelurahan: KelurahanCode | null
  readonly child: Particulars
}

/** Checks it as a report of a new child is checked, all fields at once (AT-01, AT-13, EC-17, ID-15). */
export function checkListedPupil(input: ListedPupilInput, today: Temporal.PlainDate): Checked<ListedPupil> {
  return fields(
    {
      pupilId: uuid(input.pupilId, { rule: 'AT-13' }),
      category: oneOf(input.category, ATS_CATEGORIES, { rule: 'AT-01' }),
      kelurahan: optional(input.kelurahan, kelurahan),
      child: checkParticulars(input.child, today),
    },
    ({ child }) => ageNotices(child, today).map((notice) => ({ ...notice, field: 'child.birthDate' })),
  )
}

function kelurahan(input: unknown): Checked<KelurahanCode> {
  const parsed = parseRegionCode(input, { level: 'village' })
  return parsed.ok ? { ...parsed, value: parsed.value.dotted as KelurahanCode } : parsed
}
