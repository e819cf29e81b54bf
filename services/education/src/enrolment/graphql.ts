import { refusal } from '@satuanak/graphql-kit'
import { noteRead } from '@satuanak/service-kit'
import { builder } from '../graphql/builder.ts'
import {
  ChildNotFound,
  ChildType,
  childOf,
  factsOfChild,
  LevelEnum,
  REQUEST_ID,
  SchoolClosed,
  SchoolNotFound,
  SchoolType,
  schoolOf,
} from '../graphql/references.ts'
import type { Enrolment } from './domain.ts'
import { enrolChild } from './enrol-child.ts'
import { AlreadyEnrolled, EnrolmentOverlaps, LevelNotOffered } from './errors.ts'
import { findEnrolment } from './repository.ts'

const EnrolmentType = builder.objectRef<Enrolment>('Enrolment')
EnrolmentType.implement({
  description: "A child's time at one school and level (RF-01).",
  permission: 'enrolment.read',
  facts: async ({ childId }, context) => {
    const child = await childOf(context)(childId)
    return child && factsOfChild(child)
  },
  fields: (t) => ({
    id: t.expose('id', { type: 'UUID', nullable: false, permission: 'enrolment.read' }),
    child: t.field({
      type: ChildType,
      permission: 'child.refer',
      resolve: ({ childId }, _args, context) => childOf(context)(childId),
    }),
    school: t.field({
      type: SchoolType,
      permission: 'school.read',
      resolve: ({ npsn }, _args, context) => schoolOf(context)(npsn),
    }),
    level: t.expose('level', {
      type: LevelEnum,
      nullable: false,
      permission: 'enrolment.read',
      description: 'At a PKBM or SKB the Paket (ID-14).',
    }),
    grade: t.exposeInt('grade', {
      permission: 'enrolment.read',
      description: '1 to 12 where it is known; in a Paket programme the grade it stands for (ID-14).',
    }),
    startedOn: t.expose('startedOn', {
      type: 'Date',
      nullable: false,
      permission: 'enrolment.read',
      description: 'The first day (RF-01).',
    }),
    endedOn: t.expose('endedOn', {
      type: 'Date',
      permission: 'enrolment.read',
      description: 'The first day on which it no longer runs; null while it does (AT-14).',
    }),
  }),
})

builder.objectFields(ChildType, (t) => ({
  school: t.field({
    description: 'Where the child learns, or is about to; null where it is in no school that education knows (RF-01).',
    type: SchoolType,
    permission: 'enrolment.read',
    resolve: (child, _args, context) => {
      if (child.current === null) return null
      noteRead(context, child.id, 'enrolment.read')
      return schoolOf(context)(child.current.npsn)
    },
  }),
  schooling: t.field({
    description: 'Every enrolment that education knows of, the latest first (RF-01).',
    type: [EnrolmentType],
    permission: 'enrolment.read',
    resolve: (child, _args, context) => {
      if (child.enrolments.length > 0) noteRead(context, child.id, 'enrolment.read')
      return [...child.enrolments]
    },
  }),
}))

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
  }),
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
}))
