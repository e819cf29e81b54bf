import { builder } from '../graphql/builder.ts'
import {
  ExceptionEnum,
  HandedInEnum,
  KtpSessionType,
  PlaceEnum,
  RecordingStatusEnum,
  SiakField,
  STEP_REFUSALS,
  sessionOf,
} from '../graphql/ktp-session.ts'
import { checkPupil } from './check-pupil.ts'
import { checkSiak } from './check-siak.ts'
import { correctByAkta } from './correct-by-akta.ts'
import { recordPupil } from './record-pupil.ts'

const REQUEST_ID = 'Chosen by the client, one per intention (EC-46).'
const STARTED_AT = 'When the officer turned to it, within the last 24 hours; it ends when it is sent (ID-29).'

const CheckPupilInput = builder.inputType('CheckPupilInput', {
  fields: (t) => ({
    requestId: t.field({ type: 'UUID', required: true, description: REQUEST_ID }),
    sessionId: t.field({ type: 'UUID', required: true }),
    childId: t.field({ type: 'UUID', required: true }),
    startedAt: t.field({ type: 'DateTime', required: true, description: STARTED_AT }),
    status: t.field({ type: RecordingStatusEnum, required: true }),
    papers: t.field({ type: [HandedInEnum], defaultValue: [], description: 'Handed in with the pupil (KT-06).' }),
  }),
})
const CheckSiakInput = builder.inputType('CheckSiakInput', {
  fields: (t) => ({
    requestId: t.field({ type: 'UUID', required: true, description: REQUEST_ID }),
    sessionId: t.field({ type: 'UUID', required: true }),
    childId: t.field({ type: 'UUID', required: true }),
    startedAt: t.field({ type: 'DateTime', required: true, description: STARTED_AT }),
    matches: t.boolean({
      description: 'Whether SIAK’s terminal shows what the akta says; left out, the register is asked.',
    }),
    mismatches: t.field({ type: [SiakField], defaultValue: [], description: 'What the terminal has otherwise.' }),
    nikFound: t.boolean({
      defaultValue: true,
      description: 'False where the terminal has nobody by this NIK (BLG-R2); `matches` is left out then.',
    }),
  }),
})
const CorrectByAktaInput = builder.inputType('CorrectByAktaInput', {
  fields: (t) => ({
    requestId: t.field({ type: 'UUID', required: true, description: REQUEST_ID }),
    sessionId: t.field({ type: 'UUID', required: true }),
    childId: t.field({ type: 'UUID', required: true }),
    startedAt: t.field({ type: 'DateTime', required: true, description: STARTED_AT }),
    aktaNumber: t.string({ required: true, description: 'Of the akta that the officer has in hand (ID-17).' }),
  }),
})
const RecordPupilInput = builder.inputType('RecordPupilInput', {
  fields: (t) => ({
    requestId: t.field({ type: 'UUID', required: true, description: REQUEST_ID }),
    sessionId: t.field({ type: 'UUID', required: true }),
    childId: t.field({ type: 'UUID', required: true }),
    startedAt: t.field({ type: 'DateTime', required: true, description: STARTED_AT }),
    exceptions: t.field({ type: [ExceptionEnum], defaultValue: [], description: 'EC-50.' }),
    place: t.field({ type: PlaceEnum, defaultValue: 'SEKOLAH' }),
    papers: t.field({ type: [HandedInEnum], defaultValue: [], description: 'Handed in since the check (KT-06).' }),
  }),
})

builder.mutationFields((t) => ({
  checkPupil: t.field({
    description: 'BLG-03: whether the pupil was recorded or printed before, and has a NIK in SIAK.',
    type: KtpSessionType,
    permission: 'ktp.record',
    args: { input: t.arg({ type: CheckPupilInput, required: true }) },
    errors: { types: STEP_REFUSALS },
    resolve: async (_root, { input }, context) =>
      sessionOf(context)(await checkPupil(context.app, context.caller, { ...input, papers: input.papers ?? [] })),
  }),
  checkSiak: t.field({
    description:
      'BLG-04: SIAK against the akta, by the register or by what the officer sees. Silent or unknown there, the pupil waits for either: `siakCheck` says what to do.',
    type: KtpSessionType,
    permission: 'ktp.record',
    args: { input: t.arg({ type: CheckSiakInput, required: true }) },
    errors: { types: STEP_REFUSALS },
    resolve: async (_root, { input }, context) =>
      sessionOf(context)(
        await checkSiak(context.app, context.caller, {
          ...input,
          matches: input.matches ?? null,
          mismatches: input.mismatches ?? [],
          nikFound: input.nikFound ?? true,
        }),
      ),
  }),
  correctByAkta: t.field({
    description:
      'BLG-05: have SIAK corrected by the akta, on the spot or once it is back (RF-22); the note is `Child.siakCorrections`.',
    type: KtpSessionType,
    permission: 'ktp.record',
    args: { input: t.arg({ type: CorrectByAktaInput, required: true }) },
    errors: { types: STEP_REFUSALS },
    resolve: async (_root, { input }, context) =>
      sessionOf(context)(await correctByAkta(context.app, context.caller, input)),
  }),
  recordPupil: t.field({
    description: 'BLG-06: the pupil’s KTP-el data were recorded.',
    type: KtpSessionType,
    permission: 'ktp.record',
    args: { input: t.arg({ type: RecordPupilInput, required: true }) },
    errors: { types: STEP_REFUSALS },
    resolve: async (_root, { input }, context) => {
      const { exceptions, place, papers, ...at } = input
      const command = { ...at, exceptions: exceptions ?? [], place: place ?? 'SEKOLAH', papers: papers ?? [] }
      return sessionOf(context)(await recordPupil(context.app, context.caller, command))
    },
  }),
}))
