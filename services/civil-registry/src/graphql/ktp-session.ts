import { KTP_SIAK_FIELDS } from '@satuanak/contracts'
import { loader } from '@satuanak/graphql-kit'
import {
  ABSENCES,
  EXCEPTIONS,
  HANDED_IN,
  PLACES,
  PupilNotFound,
  SessionNotOpen,
  StepNotTaken,
} from '@satuanak/offline-session/rules'
import type { RegistryContext } from '../app.ts'
import type { Session } from '../ktp-session/domain.ts'
import { SessionNotFound } from '../ktp-session/errors.ts'
import { findSessions } from '../ktp-session/repository.ts'
import { RECORDING_STATUSES } from '../ktp-steps/domain.ts'
import { builder } from './builder.ts'

export { SessionNotFound } from '../ktp-session/errors.ts'

/** Implemented by ktp-session; the features that work at the school answer with it. */
export const KtpSessionType = builder.objectRef<Session>('KtpSession')

/** Any number of sessions, with all that belongs to them, in as many statements as one takes. */
export function sessionOf(context: RegistryContext): (id: string) => Promise<Session | null> {
  return loader(context, 'ktp-session', (ids: readonly string[]) => findSessions(context.app.db, ids))
}

/** What every step at the school may be refused for. */
export const STEP_REFUSALS = [SessionNotFound, SessionNotOpen, PupilNotFound, StepNotTaken] as const

export const SiakField = builder.enumType('KtpSiakField', {
  description: 'What SIAK can have otherwise than the akta (BLG-04).',
  values: KTP_SIAK_FIELDS,
})
export { RECORDING_STATUSES } from '../ktp-steps/domain.ts'
export const RecordingStatusEnum = builder.enumType('KtpRecordingStatus', {
  description: 'Never recorded; recorded, not printed; printed (BLG-R1); NIK not in SIAK (BLG-R2).',
  values: RECORDING_STATUSES,
})
export const ExceptionEnum = builder.enumType('KtpException', {
  description: 'What stands in the way of a whole recording (EC-50). No biometrics are kept (KT-04).',
  values: EXCEPTIONS,
})
export const HandedInEnum = builder.enumType('KtpPaperHandedIn', {
  description: 'The form F-1.02, a copy of the KK (Perpres 96/2018 art. 15), by the SOP a copy of the akta (KT-06).',
  values: HANDED_IN,
})
export const PlaceEnum = builder.enumType('KtpPlace', {
  description: 'Where it was recorded: at home where the pupil cannot come (EC-50).',
  values: PLACES,
})
export const AbsenceEnum = builder.enumType('KtpAbsence', {
  description: 'Not come, unwilling (KT-09), to be visited at home (EC-50), out of time.',
  values: ABSENCES,
})
