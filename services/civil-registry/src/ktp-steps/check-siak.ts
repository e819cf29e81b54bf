import type { KtpSiakField } from '@satuanak/contracts'
import { fields, given, list, orRefuse, problem } from '@satuanak/domain-kit'
import type { Caller } from '@satuanak/identity'
import type { RegistryApp } from '../app.ts'
import { takeStepForPupil } from '../ktp-session/work-pupil.ts'
import type { AtSchool } from './domain.ts'

export interface CheckSiak extends AtSchool {
  /** What SIAK has otherwise than the akta; none where they match. */
  readonly mismatches: readonly KtpSiakField[]
  readonly matches: boolean
}

/**
 * BLG-04: SIAK against the akta, as the officer sees both. A match is ready to be recorded; a mismatch, with its fields, is
 * corrected first (BLG-05).
 * @throws InvalidInput, and as `takeStepForPupil`.
 */
export function checkSiak(app: RegistryApp, caller: Caller, command: CheckSiak): Promise<string> {
  const { mismatches, matches, ...at } = command
  const { value } = orRefuse(
    fields(
      { mismatches: list(mismatches, (field) => given(field as KtpSiakField), { rule: 'BLG-04', max: 8 }) },
      (checked) => (matches === (checked.mismatches.length === 0) ? [] : [CONTRADICTION]),
    ),
  )
  const siakFields = [...new Set(value.mismatches)]
  const outcome = matches ? 'COCOK' : 'TIDAK_COCOK'
  return takeStepForPupil(app, caller, { ...at, name: 'checkSiak', step: 'BLG-04', outcome, finding: { siakFields } })
}

const CONTRADICTION = problem(
  'BLG-04',
  {
    id: 'Bila cocok, kosongkan daftar perbedaan; bila tidak, pilih data yang berbeda dari akta.',
    en: 'Where they match, leave the differences empty; where they do not, choose what differs from the akta.',
  },
  'mismatches',
)
