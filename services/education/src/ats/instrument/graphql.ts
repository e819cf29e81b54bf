import { loader, refusal } from '@satuanak/graphql-kit'
import { noteRead } from '@satuanak/service-kit'
import type { EducationContext } from '../../app.ts'
import { builder } from '../../graphql/builder.ts'
import { LevelEnum, REQUEST_ID, SchoolType, schoolOf } from '../../graphql/references.ts'
import { AtsNotReady, AtsRecordNotFound } from '../errors.ts'
import { AtsRecordType, StateEnum } from '../graphql.ts'
import { findAtsRecord } from '../repository.ts'
import {
  AREA_DIFFICULTY,
  CHILD_MARRIAGE,
  DAILY_ACTIVITIES,
  FAMILY_AID,
  INCOME_BANDS,
  type Instrument,
  JOBS,
  LIVES_WITH,
  PARENTS_CONDITION,
  PARENTS_MARRIAGE,
  PATHS,
  READINESS,
  WISHES,
} from './domain.ts'
import { recordAtsInstrument } from './record-ats-instrument.ts'
import { findInstruments } from './repository.ts'

refusal(builder, AtsNotReady, {
  name: 'AtsNotReady',
  description: 'Something else comes next for this record (TUN-R1).',
  fields: (t) => ({
    state: t.expose('state', { type: StateEnum, nullable: false, permission: 'anyone' }),
  }),
})

const codes = <const Values extends readonly string[]>(name: string, values: Values, description: string) =>
  builder.enumType(name, { values, description })

/** Each answer's own list, with the rule that asks for it. */
const LISTS = {
  wish: codes('AtsWish', WISHES, 'Whether the child wishes to return (AT-05).'),
  parentsMarriage: codes('AtsParentsMarriage', PARENTS_MARRIAGE, 'The parents’ marital status (TUN-06).'),
  livesWith: codes('AtsLivesWith', LIVES_WITH, 'With whom the child lives (TUN-06).'),
  dailyActivity: codes('AtsDailyActivity', DAILY_ACTIVITIES, 'What the child does all day (TUN-06).'),
  childMarriage: codes('AtsChildMarriage', CHILD_MARRIAGE, 'The child’s marital status (TUN-06).'),
  parentsCondition: codes('AtsParentsCondition', PARENTS_CONDITION, 'Which of the parents is alive (AT-09).'),
  job: codes('AtsJob', JOBS, 'What somebody lives on (AT-09).'),
  income: codes('AtsIncome', INCOME_BANDS, 'The family’s income a month, in rupiah (AT-09).'),
  familyAid: codes('AtsFamilyAid', FAMILY_AID, 'What aid the family has (AT-09).'),
  areaDifficulty: codes('AtsAreaDifficulty', AREA_DIFFICULTY, 'How hard a school is to reach from there (AT-10).'),
  readiness: codes('AtsReadiness', READINESS, 'What the child is ready for (AT-11).'),
  suggestedPath: codes('AtsPath', PATHS, 'The path that is suggested (AT-11).'),
} as const

const READ = 'ats.instrument.read'

const InstrumentType = builder.objectRef<Instrument>('AtsInstrument').implement({
  description:
    'What was asked of a child and its family when its record was verified (instrumen: TUN-06, AT-05, AT-08 to AT-11). ' +
    'Null: not asked, or not known.',
  permission: READ,
  fields: (t) => ({
    number: t.exposeInt('number', {
      nullable: false,
      permission: READ,
      description: '1 for the first; a later one supersedes it.',
    }),
    recordedAt: t.expose('recordedAt', { type: 'DateTime', nullable: false, permission: READ }),
    wish: t.expose('wish', { type: LISTS.wish, nullable: false, permission: READ }),
    parentsMarriage: t.expose('parentsMarriage', { type: LISTS.parentsMarriage, nullable: false, permission: READ }),
    livesWith: t.expose('livesWith', { type: LISTS.livesWith, nullable: false, permission: READ }),
    dailyActivity: t.expose('dailyActivity', { type: LISTS.dailyActivity, nullable: false, permission: READ }),
    childMarriage: t.expose('childMarriage', { type: LISTS.childMarriage, nullable: false, permission: READ }),
    lastLevel: t.expose('lastLevel', { type: LevelEnum, permission: READ }),
    lastGrade: t.exposeInt('lastGrade', { permission: READ }),
    lastNpsn: t.exposeString('lastNpsn', { permission: READ }),
    lastSchool: t.field({
      type: SchoolType,
      permission: 'school.read',
      description: 'The last school, where it has an NPSN that is known here.',
      resolve: ({ lastNpsn }, _args, context) => (lastNpsn === null ? null : schoolOf(context)(lastNpsn)),
    }),
    lastSchoolName: t.exposeString('lastSchoolName', {
      permission: READ,
      description: 'As it was told, without an NPSN.',
    }),
    leftYear: t.exposeInt('leftYear', { permission: READ }),
    parentsCondition: t.expose('parentsCondition', { type: LISTS.parentsCondition, permission: READ }),
    fatherJob: t.expose('fatherJob', { type: LISTS.job, permission: READ }),
    motherJob: t.expose('motherJob', { type: LISTS.job, permission: READ }),
    guardianJob: t.expose('guardianJob', { type: LISTS.job, permission: READ }),
    income: t.expose('income', { type: LISTS.income, permission: READ }),
    familyAid: t.expose('familyAid', { type: LISTS.familyAid, permission: READ }),
    areaDifficulty: t.expose('areaDifficulty', { type: LISTS.areaDifficulty, permission: READ }),
    readiness: t.expose('readiness', { type: LISTS.readiness, permission: READ }),
    suggestedPath: t.expose('suggestedPath', { type: LISTS.suggestedPath, permission: READ }),
  }),
})

/** Any number of records' latest instruments in two statements. */
const instrumentOf = (context: EducationContext): ((recordId: string) => Promise<Instrument | null>) =>
  loader(context, 'ats-instrument', (ids: readonly string[]) => findInstruments(context.app.db, ids))

builder.objectField(AtsRecordType, 'instrument', (t) =>
  t.field({
    type: InstrumentType,
    permission: READ,
    description: 'What the child and its family were last asked; null where nobody has yet (TUN-06).',
    resolve: async ({ id, childId }, _args, context) => {
      const instrument = await instrumentOf(context)(id)
      if (instrument) noteRead(context, childId, READ)
      return instrument
    },
  }),
)

const RecordAtsInstrumentInput = builder.inputType('RecordAtsInstrumentInput', {
  description: 'What TUN-06 and AT-05 ask of every child is required; the rest as far as it was asked.',
  fields: (t) => ({
    requestId: t.field({ type: 'UUID', required: true, description: REQUEST_ID }),
    recordId: t.field({ type: 'UUID', required: true }),
    wish: t.field({ type: LISTS.wish, required: true }),
    parentsMarriage: t.field({ type: LISTS.parentsMarriage, required: true }),
    livesWith: t.field({ type: LISTS.livesWith, required: true }),
    dailyActivity: t.field({ type: LISTS.dailyActivity, required: true }),
    childMarriage: t.field({ type: LISTS.childMarriage, required: true }),
    lastLevel: t.field({ type: LevelEnum, description: 'Required but for a child who never was in school (BPB).' }),
    lastGrade: t.int({ description: '1 to 12, of the last level (ID-14).' }),
    lastNpsn: t.string({ description: 'The last school (ID-13); or else `lastSchoolName`.' }),
    lastSchoolName: t.string({ description: 'Its name, where nobody knows the NPSN; at most 160 characters.' }),
    leftYear: t.int({ description: 'The year in which the child left, at most 21 years ago.' }),
    parentsCondition: t.field({ type: LISTS.parentsCondition }),
    fatherJob: t.field({ type: LISTS.job }),
    motherJob: t.field({ type: LISTS.job }),
    guardianJob: t.field({ type: LISTS.job }),
    income: t.field({ type: LISTS.income }),
    familyAid: t.field({ type: LISTS.familyAid }),
    areaDifficulty: t.field({ type: LISTS.areaDifficulty }),
    readiness: t.field({ type: LISTS.readiness }),
    suggestedPath: t.field({ type: LISTS.suggestedPath }),
  }),
})

builder.mutationField('recordAtsInstrument', (t) =>
  t.field({
    description: 'Write down what was asked of a verified child and its family (TUN-06, AT-05, AT-08 to AT-11).',
    type: AtsRecordType,
    permission: 'ats.verify',
    args: { input: t.arg({ type: RecordAtsInstrumentInput, required: true }) },
    errors: { types: [AtsRecordNotFound, AtsNotReady] },
    resolve: async (_root, { input }, { app, caller }) =>
      findAtsRecord(app.db, await recordAtsInstrument(app, caller, input)),
  }),
)
