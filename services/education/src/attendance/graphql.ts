import { loader, refusal } from '@satuanak/graphql-kit'
import { builder } from '../graphql/builder.ts'
import { EnrolmentNotFound, EnrolmentType, permitOfItsSchool, REQUEST_ID } from '../graphql/references.ts'
import { attendsAfter, type Counts, NO_MARKS } from './domain.ts'
import { NotPupilThen } from './errors.ts'
import { type AttendanceTaken, recordAttendance } from './record-attendance.ts'
import { countMarks, countMarksAfter } from './repository.ts'
import { checkDays, checkPeriod, type Period } from './summarise-attendance.ts'

const SummaryType = builder.objectRef<Period & { readonly counts: Counts }>('AttendanceSummary').implement({
  description: 'How often a pupil was there, by the marks of its school (AT-15).',
  permission: 'attendance.read',
  fields: (t) => ({
    from: t.expose('from', { type: 'Date', nullable: false, permission: 'attendance.read' }),
    to: t.expose('to', { type: 'Date', nullable: false, permission: 'attendance.read', description: 'Included.' }),
    hadir: t.int({
      nullable: false,
      permission: 'attendance.read',
      description: 'Days there.',
      resolve: ({ counts }) => counts.HADIR,
    }),
    izin: t.int({
      nullable: false,
      permission: 'attendance.read',
      description: 'Days excused.',
      resolve: ({ counts }) => counts.IZIN,
    }),
    sakit: t.int({
      nullable: false,
      permission: 'attendance.read',
      description: 'Days ill.',
      resolve: ({ counts }) => counts.SAKIT,
    }),
    alpa: t.int({
      nullable: false,
      permission: 'attendance.read',
      description: 'Days absent without a word.',
      resolve: ({ counts }) => counts.ALPA,
    }),
  }),
})

builder.objectFields(EnrolmentType, (t) => ({
  attendance: t.field({
    description: 'What the school marked in these days; 30 days up to today unless asked otherwise (AT-15).',
    type: SummaryType,
    permission: 'attendance.read',
    args: { from: t.arg({ type: 'Date' }), to: t.arg({ type: 'Date' }) },
    resolve: async (enrolment, args, context) => {
      await permitOfItsSchool(context, enrolment, 'attendance.read')
      const period = checkPeriod(args, context.app.today())
      const countsOf = loader(context, `attendance ${period.from} ${period.to}`, (ids: readonly string[]) =>
        countMarks(context.app.db, ids, period),
      )
      return { ...period, counts: (await countsOf(enrolment.id)) ?? NO_MARKS }
    },
  }),
  attendsAfter: t.boolean({
    description:
      'Whether the child still attends so many days after the first: a pupil then, and there on half of the days marked in ' +
      'the 30 before. Null before that day, and where the school marked none of them (AT-15).',
    permission: 'attendance.read',
    args: { days: t.arg.int({ defaultValue: 30, description: '1 to 365; the checks are after 30 and 90 (AT-15).' }) },
    resolve: async (enrolment, args, context) => {
      await permitOfItsSchool(context, enrolment, 'attendance.read')
      const days = checkDays(args.days ?? 30)
      const countsOf = loader(context, `attendance after ${days}`, (ids: readonly string[]) =>
        countMarksAfter(context.app.db, ids, days),
      )
      const counts = (await countsOf(enrolment.id)) ?? NO_MARKS
      return attendsAfter(days, enrolment, { counts, today: context.app.today() })
    },
  }),
}))

const TakenType = builder.objectRef<AttendanceTaken>('AttendanceTaken').implement({
  description: "A day's marks as they were written down.",
  permission: 'enrolment.keep',
  fields: (t) => ({
    on: t.expose('on', { type: 'Date', nullable: false, permission: 'enrolment.keep' }),
    marks: t.exposeInt('marks', { nullable: false, permission: 'enrolment.keep', description: 'How many pupils.' }),
  }),
})

refusal(builder, NotPupilThen, {
  name: 'NotPupilThen',
  description: 'Some of these children were not pupils of the school on that day (AT-15).',
  fields: (t) => ({
    enrolmentIds: t.expose('enrolmentIds', { type: ['UUID'], nullable: false, permission: 'anyone' }),
  }),
})

const AT_MOST = 'Ids of enrolments, at most 100.'
const RecordAttendanceInput = builder.inputType('RecordAttendanceInput', {
  fields: (t) => ({
    requestId: t.field({ type: 'UUID', required: true, description: REQUEST_ID }),
    on: t.field({ type: 'Date', required: true, description: 'Today or before, at most a year (AT-15).' }),
    hadir: t.field({ type: ['UUID'], required: true, defaultValue: [], description: `There. ${AT_MOST}` }),
    izin: t.field({ type: ['UUID'], required: true, defaultValue: [], description: `Excused. ${AT_MOST}` }),
    sakit: t.field({ type: ['UUID'], required: true, defaultValue: [], description: `Ill. ${AT_MOST}` }),
    alpa: t.field({ type: ['UUID'], required: true, defaultValue: [], description: `Without a word. ${AT_MOST}` }),
  }),
})

builder.mutationFields((t) => ({
  recordAttendance: t.field({
    description: "Write down who of a school's pupils was there on a day; again for that day, correct it (AT-15).",
    type: TakenType,
    permission: 'enrolment.keep',
    args: { input: t.arg({ type: RecordAttendanceInput, required: true }) },
    errors: { types: [EnrolmentNotFound, NotPupilThen] },
    resolve: (_root, { input }, { app, caller }) => recordAttendance(app, caller, input),
  }),
}))
