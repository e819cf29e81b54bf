import { refusal } from '@satuanak/graphql-kit'
import {
  ChecklistIncomplete,
  PupilDone,
  PupilNotFound,
  SessionNotOpen,
  StepNotTaken,
} from '@satuanak/offline-session/rules'
import { builder } from '../graphql/builder.ts'
import { AbsenceEnum, KtpSessionType, sessionOf } from '../graphql/ktp-session.ts'
import { changeChecklist } from './change-checklist.ts'
import { cancelSession, closeSession } from './close-session.ts'
import { draftSession } from './draft-session.ts'
import { NobodyReady, SessionNotFound } from './errors.ts'
import { CancelReasonEnum, ItemStateEnum } from './graphql.ts'
import { markAbsent } from './mark-absent.ts'
import { scheduleSession } from './schedule-session.ts'
import { startSession } from './start-session.ts'

const REQUEST_ID = 'Chosen by the client, one per intention (EC-46).'

refusal(builder, SessionNotFound, { name: 'KtpSessionNotFound', description: 'No such recording session.' })
refusal(builder, SessionNotOpen, {
  name: 'KtpSessionNotOpen',
  description: 'The session is in a state in which this cannot be done (KT-08).',
})
refusal(builder, NobodyReady, {
  name: 'KtpNobodyReady',
  description: 'No confirmed pupil is 16 on that day and in no other session (BLG-01).',
})
refusal(builder, ChecklistIncomplete, {
  name: 'KtpChecklistIncomplete',
  description: 'Equipment is not checked, or what nothing can be recorded without is not there (BLG-H4).',
  fields: (t) => ({
    items: t.field({ type: ['String'], nullable: false, permission: 'anyone', resolve: ({ items }) => [...items] }),
  }),
})
refusal(builder, PupilNotFound, {
  name: 'KtpPupilNotFound',
  description: 'The child is not in this session, or the caller may not know of it (PV-14).',
})
refusal(builder, PupilDone, {
  name: 'KtpPupilDone',
  description: 'The pupil is dealt with in this session: there is nobody to be absent (KT-05).',
})
refusal(builder, StepNotTaken, {
  name: 'KtpStepNotTaken',
  description: 'It is not this step’s turn, it has no such outcome, or its times cannot be.',
  fields: (t) => ({
    expected: t.exposeString('expected', {
      permission: 'anyone',
      description: 'The step whose turn it is, `BLG-04`; null where none is left.',
    }),
  }),
})

const DraftSessionInput = builder.inputType('DraftSessionInput', {
  fields: (t) => ({
    requestId: t.field({ type: 'UUID', required: true, description: REQUEST_ID }),
    npsn: t.string({ required: true, description: '8 digits, or P or K and 7 digits (ID-13).' }),
    startsAt: t.field({ type: 'DateTime', required: true, description: 'Within a year.' }),
    hours: t.int({ defaultValue: 6, description: '1 to 12 (BLG-R4).' }),
    devices: t.int({ required: true, description: 'Sets of recording equipment, 1 to 50 (BLG-R4).' }),
    quota: t.int({ description: 'How many pupils at most, 1 to 500; without it all who are ready.' }),
    officers: t.field({ type: ['String'], required: true, description: 'Accounts, at most 20 (BLG-01).' }),
  }),
})

const sessionInput = (name: string) =>
  builder.inputType(name, {
    fields: (t) => ({
      requestId: t.field({ type: 'UUID', required: true, description: REQUEST_ID }),
      sessionId: t.field({ type: 'UUID', required: true }),
    }),
  })
const ScheduleSessionInput = sessionInput('ScheduleSessionInput')
const StartSessionInput = sessionInput('StartSessionInput')
const CloseSessionInput = sessionInput('CloseSessionInput')

const CancelSessionInput = builder.inputType('CancelSessionInput', {
  fields: (t) => ({
    requestId: t.field({ type: 'UUID', required: true, description: REQUEST_ID }),
    sessionId: t.field({ type: 'UUID', required: true }),
    reason: t.field({ type: CancelReasonEnum, required: true }),
  }),
})

const ChangeChecklistInput = builder.inputType('ChangeChecklistInput', {
  fields: (t) => ({
    requestId: t.field({ type: 'UUID', required: true, description: REQUEST_ID }),
    sessionId: t.field({ type: 'UUID', required: true }),
    items: t.field({ type: ['String'], required: true, description: 'Codes of the checklist, `PEMINDAI_IRIS`.' }),
    state: t.field({ type: ItemStateEnum, required: true }),
  }),
})

const MarkAbsentInput = builder.inputType('MarkAbsentInput', {
  fields: (t) => ({
    requestId: t.field({ type: 'UUID', required: true, description: REQUEST_ID }),
    sessionId: t.field({ type: 'UUID', required: true }),
    childId: t.field({ type: 'UUID', required: true }),
    reason: t.field({
      type: AbsenceEnum,
      required: true,
    }),
  }),
})

builder.mutationFields((t) => ({
  draftSession: t.field({
    description:
      'Draft a day of recording with the school’s confirmed pupils; the absent of earlier days first (KT-05).',
    type: KtpSessionType,
    permission: 'ktp.session.plan',
    args: { input: t.arg({ type: DraftSessionInput, required: true }) },
    errors: { types: [NobodyReady] },
    resolve: async (_root, { input }, context) =>
      sessionOf(context)(await draftSession(context.app, context.caller, { ...input, hours: input.hours ?? 6 })),
  }),
  scheduleSession: t.field({
    description: 'Fix a drafted day: school and officers can count on it (BLG-01).',
    type: KtpSessionType,
    permission: 'ktp.session.plan',
    args: { input: t.arg({ type: ScheduleSessionInput, required: true }) },
    errors: { types: [SessionNotFound, SessionNotOpen] },
    resolve: async (_root, { input }, context) =>
      sessionOf(context)(await scheduleSession(context.app, context.caller, input)),
  }),
  changeChecklist: t.field({
    description: 'Tick off equipment (BLG-02, BLG-H4).',
    type: KtpSessionType,
    permission: 'ktp.session.plan',
    args: { input: t.arg({ type: ChangeChecklistInput, required: true }) },
    errors: { types: [SessionNotFound, SessionNotOpen] },
    resolve: async (_root, { input }, context) =>
      sessionOf(context)(await changeChecklist(context.app, context.caller, input)),
  }),
  startSession: t.field({
    description: 'The officers are at the school and what recording needs is there (BLG-02).',
    type: KtpSessionType,
    permission: 'ktp.session.plan',
    args: { input: t.arg({ type: StartSessionInput, required: true }) },
    errors: { types: [SessionNotFound, SessionNotOpen, ChecklistIncomplete] },
    resolve: async (_root, { input }, context) =>
      sessionOf(context)(await startSession(context.app, context.caller, input)),
  }),
  markAbsent: t.field({
    description: 'A pupil is not recorded that day; carried to the next session unless unwilling (KT-05, KT-09).',
    type: KtpSessionType,
    permission: 'ktp.record',
    args: { input: t.arg({ type: MarkAbsentInput, required: true }) },
    errors: { types: [SessionNotFound, SessionNotOpen, PupilNotFound, PupilDone] },
    resolve: async (_root, { input }, context) =>
      sessionOf(context)(await markAbsent(context.app, context.caller, input)),
  }),
  closeSession: t.field({
    description: 'End the day; the unfinished go to the next session (KT-05).',
    type: KtpSessionType,
    permission: 'ktp.session.plan',
    args: { input: t.arg({ type: CloseSessionInput, required: true }) },
    errors: { types: [SessionNotFound, SessionNotOpen] },
    resolve: async (_root, { input }, context) =>
      sessionOf(context)(await closeSession(context.app, context.caller, input)),
  }),
  cancelSession: t.field({
    description: 'Call a session off, with the reason (KT-08); its pupils wait for the next.',
    type: KtpSessionType,
    permission: 'ktp.session.plan',
    args: { input: t.arg({ type: CancelSessionInput, required: true }) },
    errors: { types: [SessionNotFound, SessionNotOpen] },
    resolve: async (_root, { input }, context) =>
      sessionOf(context)(await cancelSession(context.app, context.caller, input)),
  }),
}))
