import { fields, given, list, orRefuse } from '@satuanak/domain-kit'
import type { Caller } from '@satuanak/identity'
import type { RegistryApp } from '../app.ts'
import { type Finding, takeStepForPupil } from '../ktp-session/work-pupil.ts'
import { type AtSchool, checkPapers } from './domain.ts'

type Exceptions = NonNullable<Finding['exceptions']>

export interface RecordPupil extends AtSchool {
  readonly exceptions: Exceptions
  readonly place: NonNullable<Finding['place']>
  /** Handed in since the check (KT-06). */
  readonly papers: NonNullable<Finding['papers']>
}

/**
 * BLG-06: recorded, with what stood in the way (EC-50), at school or on a home visit. The person was there (KT-05); of the
 * biometrics nothing is kept (KT-04). Under 17 the card waits for the birthday (BLG-R3).
 * @throws InvalidInput, and as `takeStepForPupil`.
 */
export function recordPupil(app: RegistryApp, caller: Caller, command: RecordPupil): Promise<string> {
  const { exceptions, place, papers, ...at } = command
  const { value } = orRefuse(
    fields({
      exceptions: list(exceptions, (code) => given(code as Exceptions[number]), { rule: 'EC-50', max: 4 }),
      papers: checkPapers(papers),
    }),
  )
  const finding = { exceptions: [...new Set(value.exceptions)], place, papers: value.papers }
  return takeStepForPupil(app, caller, { ...at, name: 'recordPupil', step: 'BLG-06', outcome: null, finding })
}
