import { fields, orRefuse } from '@satuanak/domain-kit'
import type { Caller } from '@satuanak/identity'
import type { RegistryApp } from '../app.ts'
import { type Finding, takeStepForPupil } from '../ktp-session/work-pupil.ts'
import { type AtSchool, checkPapers, type RecordingStatus } from './domain.ts'

export interface CheckPupil extends AtSchool {
  readonly status: RecordingStatus
  /** Handed in with the pupil (KT-06); what is missing is shown, and nobody is sent away for it. */
  readonly papers: NonNullable<Finding['papers']>
}

/**
 * BLG-03, all four branches: recorded and not printed goes to the print list by age (BLG-R3); never recorded goes on;
 * printed is left out (BLG-R1); without a NIK in SIAK it waits (BLG-R2, RF-02).
 * @throws InvalidInput, and as `takeStepForPupil`.
 */
export function checkPupil(app: RegistryApp, caller: Caller, { status, papers, ...at }: CheckPupil): Promise<string> {
  const { value: finding } = orRefuse(fields({ papers: checkPapers(papers) }))
  return takeStepForPupil(app, caller, { ...at, name: 'checkPupil', step: 'BLG-03', outcome: status, finding })
}
