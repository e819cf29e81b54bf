import { refusal } from '@satuanak/graphql-kit'
import { builder } from '../graphql/builder.ts'
import {
  ChildNotFound,
  EnrolmentNotFound,
  EnrolmentType,
  LevelEnum,
  REQUEST_ID,
  SchoolClosed,
  SchoolNotFound,
} from '../graphql/references.ts'
import { END_REASONS, endEnrolment, releasePupil } from './end-enrolment.ts'
import { enrolChild } from './enrol-child.ts'
import {
  AlreadyEnrolled,
  ClassDoesNotFit,
  EndsBeforeStart,
  EnrolmentEnded,
  EnrolmentOverlaps,
  LevelNotOffered,
  PupilNotReleased,
} from './errors.ts'
import { EntryReasonEnum } from './graphql.ts'
import { placeInClass } from './place-in-class.ts'
import { receivePupil } from './receive-pupil.ts'
import { findEnrolment } from './repository.ts'

refusal(builder, LevelNotOffered, {
  name: 'LevelNotOffered',
  description: 'The school teaches other levels (ID-14).',
  fields: (t) => ({
    offered: t.expose('offered', { type: [LevelEnum], nullable: false, permission: 'anyone' }),
  }),
})
refusal(builder, AlreadyEnrolled, {
  name: 'AlreadyEnrolled',
  description: 'The child learns at this school and level already (AT-14).',
  fields: (t) => ({
    enrolmentId: t.expose('enrolmentId', { type: 'UUID', nullable: false, permission: 'anyone' }),
  }),
})
refusal(builder, EnrolmentOverlaps, {
  name: 'EnrolmentOverlaps',
  description: 'A later time at school is on record: a child learns at one school at a time (AT-14).',
})

const EnrolChildInput = builder.inputType('EnrolChildInput', {
  fields: (t) => ({
    requestId: t.field({ type: 'UUID', required: true, description: REQUEST_ID }),
    childId: t.field({ type: 'UUID', required: true }),
    npsn: t.string({ required: true, description: '8 digits, or P or K and 7 digits (ID-13).' }),
    level: t.field({ type: LevelEnum, required: true, description: 'One that the school offers (ID-14).' }),
    startedOn: t.field({ type: 'Date', required: true, description: 'The first day, at most a year ahead (RF-01).' }),
    entryReason: t.field({
      type: EntryReasonEnum,
      description: "Left out, it follows from the child's last time at school.",
    }),
  }),
})

const ReceivePupilInput = builder.inputType('ReceivePupilInput', {
  fields: (t) => ({
    requestId: t.field({ type: 'UUID', required: true, description: REQUEST_ID }),
    childId: t.field({ type: 'UUID', required: true }),
    npsn: t.string({ required: true, description: 'The school that receives: 8 digits, or P and 7 digits (ID-13).' }),
    level: t.field({ type: LevelEnum, required: true, description: 'One that the school offers (ID-14).' }),
    startedOn: t.field({ type: 'Date', required: true, description: 'The first day, at most a year ahead (RF-01).' }),
  }),
})

const LEFT_ON = 'The first day on which the child is no longer there; not after today (AT-14).'

const EndReasonEnum = builder.enumType('EndReason', {
  description: 'Why a child is no longer at a school; a move (MUTASI) is said by releasePupil.',
  values: END_REASONS,
})
const EndEnrolmentInput = builder.inputType('EndEnrolmentInput', {
  fields: (t) => ({
    requestId: t.field({ type: 'UUID', required: true, description: REQUEST_ID }),
    enrolmentId: t.field({ type: 'UUID', required: true }),
    on: t.field({ type: 'Date', required: true, description: LEFT_ON }),
    reason: t.field({ type: EndReasonEnum, required: true }),
  }),
})

const ReleasePupilInput = builder.inputType('ReleasePupilInput', {
  fields: (t) => ({
    requestId: t.field({ type: 'UUID', required: true, description: REQUEST_ID }),
    enrolmentId: t.field({ type: 'UUID', required: true }),
    on: t.field({ type: 'Date', required: true, description: LEFT_ON }),
    movedTo: t.string({ description: 'NPSN of the school that will take the pupil, where it is known (ID-13).' }),
  }),
})

const PlaceInClassInput = builder.inputType('PlaceInClassInput', {
  fields: (t) => ({
    requestId: t.field({ type: 'UUID', required: true, description: REQUEST_ID }),
    enrolmentId: t.field({ type: 'UUID', required: true }),
    schoolYear: t.string({ required: true, description: 'Tahun ajaran: `2026/2027`.' }),
    grade: t.int({ description: '1 to 12, in a Paket the grade it stands for; none in PAUD (ID-14).' }),
    rombel: t.string({ required: true, description: 'As the school calls it; at most 40 characters.' }),
  }),
})

refusal(builder, EnrolmentEnded, { name: 'EnrolmentEnded', description: 'An enrolment ends once (AT-14).' })
refusal(builder, EndsBeforeStart, {
  name: 'EndsBeforeStart',
  description: 'An enrolment cannot end before it began (AT-14).',
})
refusal(builder, PupilNotReleased, {
  name: 'PupilNotReleased',
  description: 'No school has let this child go to the one that would receive it (AT-14).',
})
refusal(builder, ClassDoesNotFit, {
  name: 'ClassDoesNotFit',
  description: 'A school year the enrolment does not reach, a grade of another level, or one that goes back (ID-14).',
})

builder.mutationFields((t) => ({
  enrolChild: t.field({
    description: 'Enrol a child; an open out-of-school record closes with it (RF-01, AT-14).',
    type: EnrolmentType,
    permission: 'enrolment.start',
    args: { input: t.arg({ type: EnrolChildInput, required: true }) },
    errors: {
      types: [ChildNotFound, SchoolNotFound, SchoolClosed, LevelNotOffered, AlreadyEnrolled, EnrolmentOverlaps],
    },
    resolve: async (_root, { input }, { app, caller }) => findEnrolment(app.db, await enrolChild(app, caller, input)),
  }),
  receivePupil: t.field({
    description: "The new school's half of a move: take in a pupil whom another school let go (AT-14).",
    type: EnrolmentType,
    permission: 'enrolment.receive',
    args: { input: t.arg({ type: ReceivePupilInput, required: true }) },
    errors: {
      types: [ChildNotFound, PupilNotReleased, SchoolNotFound, SchoolClosed, LevelNotOffered, EnrolmentOverlaps],
    },
    resolve: async (_root, { input }, { app, caller }) => findEnrolment(app.db, await receivePupil(app, caller, input)),
  }),
  endEnrolment: t.field({
    description: 'Say that a child is no longer a pupil, and why; a drop-out goes on the out-of-school list (AT-01).',
    type: EnrolmentType,
    permission: 'enrolment.keep',
    args: { input: t.arg({ type: EndEnrolmentInput, required: true }) },
    errors: { types: [EnrolmentNotFound, EnrolmentEnded, EndsBeforeStart] },
    resolve: async (_root, { input }, { app, caller }) => findEnrolment(app.db, await endEnrolment(app, caller, input)),
  }),
  releasePupil: t.field({
    description:
      "The old school's half of a move. Received by no school for 14 days, the child goes on the out-of-school list (RF-01).",
    type: EnrolmentType,
    permission: 'enrolment.keep',
    args: { input: t.arg({ type: ReleasePupilInput, required: true }) },
    errors: { types: [EnrolmentNotFound, EnrolmentEnded, EndsBeforeStart] },
    resolve: async (_root, { input }, { app, caller }) => findEnrolment(app.db, await releasePupil(app, caller, input)),
  }),
  placeInClass: t.field({
    description: 'Write down in which class a pupil is in a school year; again for that year, correct it (ID-14).',
    type: EnrolmentType,
    permission: 'enrolment.keep',
    args: { input: t.arg({ type: PlaceInClassInput, required: true }) },
    errors: { types: [EnrolmentNotFound, ClassDoesNotFit] },
    resolve: async (_root, { input }, { app, caller }) => findEnrolment(app.db, await placeInClass(app, caller, input)),
  }),
}))
