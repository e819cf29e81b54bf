import { EXIT_REASONS } from '@satuanak/contracts'
import { loader } from '@satuanak/graphql-kit'
import { decide } from '@satuanak/identity'
import { noteRead } from '@satuanak/service-kit'
import type { EducationContext } from '../app.ts'
import { builder } from '../graphql/builder.ts'
import {
  ChildType,
  childOf,
  EnrolmentType,
  factsOfChild,
  LevelEnum,
  permitOfItsSchool,
  SchoolType,
  schoolOf,
} from '../graphql/references.ts'
import type { Enrolment } from './domain.ts'
import type { ClassPlace } from './domain-classes.ts'
import { ENTRY_REASONS } from './domain-reasons.ts'
import { findClasses } from './repository.ts'

export const EntryReasonEnum = builder.enumType('EntryReason', {
  description: 'Why a child begins at a school: BARU at this level, PINDAHAN from another school, KEMBALI in learning.',
  values: ENTRY_REASONS,
})
const ExitReasonEnum = builder.enumType('ExitReason', {
  description: 'Why a child is no longer at a school, as Dapodik lists it (AT-01, AT-14).',
  values: EXIT_REASONS,
})

const ClassPlaceType = builder.objectRef<ClassPlace>('ClassPlace').implement({
  description: "A pupil's class in one school year (ID-14).",
  permission: 'enrolment.read',
  fields: (t) => ({
    schoolYear: t.exposeString('schoolYear', {
      nullable: false,
      permission: 'enrolment.read',
      description: 'Tahun ajaran, `2026/2027`.',
    }),
    grade: t.exposeInt('grade', { permission: 'enrolment.read', description: '1 to 12; null in PAUD (ID-14).' }),
    rombel: t.exposeString('rombel', {
      nullable: false,
      permission: 'enrolment.read',
      description: 'Rombongan belajar, as the school calls it: `7B`.',
    }),
  }),
})

/** @throws NotPermitted */
async function permitExit(context: EducationContext, enrolment: Enrolment): Promise<void> {
  const child = await childOf(context)(enrolment.childId)
  const facts = child && factsOfChild(child)
  if (facts && decide(context.caller, 'ats.read', facts).allowed) return
  await permitOfItsSchool(context, enrolment, 'enrolment.keep')
}

EnrolmentType.implement({
  description: "A child's time at one school and level (RF-01).",
  permission: 'enrolment.read',
  // A school reads what it wrote of a pupil also once the pupil has left: Child.schooling leads it there no more.
  facts: async ({ childId, npsn }, context) => {
    const child = await childOf(context)(childId)
    const facts = child && factsOfChild(child)
    return facts && { ...facts, schools: [...(facts.schools ?? []), npsn] }
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
    entryReason: t.expose('entryReason', {
      type: EntryReasonEnum,
      permission: 'enrolment.read',
      description: 'Null where it was written down before that was asked.',
    }),
    exitReason: t.field({
      type: ExitReasonEnum,
      permission: 'enrolment.read',
      description:
        'For the school that wrote it and those who read of out-of-school children, not for the next school (PV-12). Null ' +
        'while it runs, or where it ended before that was asked.',
      resolve: async (enrolment, _args, context) => {
        if (enrolment.exitReason !== null) await permitExit(context, enrolment)
        return enrolment.exitReason
      },
    }),
    movedTo: t.exposeString('movedTo', {
      permission: 'enrolment.read',
      description: 'NPSN of the school to which the old one let the pupil go; it may be of another city (ID-13).',
    }),
    classes: t.field({
      type: [ClassPlaceType],
      permission: 'enrolment.read',
      description: 'The class of each school year that was written down, the latest first.',
      resolve: async ({ id }, _args, context) =>
        (await loader(context, 'classes', (ids: readonly string[]) => findClasses(context.app.db, ids))(id)) ?? [],
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
