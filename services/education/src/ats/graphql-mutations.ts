import { particularsInput, sexEnum } from '@satuanak/child-kit/graphql'
import { refusal } from '@satuanak/graphql-kit'
import { builder } from '../graphql/builder.ts'
import { ChildNotFound, REQUEST_ID } from '../graphql/references.ts'
import { AtsAlreadyOpen, AtsAlreadyVerified, AtsRecordNotFound, SecondVisitNeeded, StillEnrolled } from './errors.ts'
import { AtsRecordType, CategoryEnum, MethodEnum, OutcomeEnum, ResultEnum } from './graphql.ts'
import { reportOutOfSchool } from './report-out-of-school.ts'
import { findAtsRecord } from './repository.ts'
import { verifyAtsRecord } from './verify-ats-record.ts'

refusal(builder, AtsAlreadyOpen, {
  name: 'AtsAlreadyOpen',
  description: 'The child has an open record already (TUN-03, EC-07).',
  fields: (t) => ({
    recordId: t.expose('recordId', { type: 'UUID', nullable: false, permission: 'anyone' }),
  }),
})
refusal(builder, StillEnrolled, {
  name: 'StillEnrolled',
  description: 'The child is on record as a pupil (EC-18).',
})
refusal(builder, AtsRecordNotFound, {
  name: 'AtsRecordNotFound',
  description: 'No such record, or none that the caller may know of.',
})
refusal(builder, AtsAlreadyVerified, {
  name: 'AtsAlreadyVerified',
  description: 'The record is past verification (TUN-R1).',
})
refusal(builder, SecondVisitNeeded, {
  name: 'SecondVisitNeeded',
  description: 'Not found counts only after two visits on different dates (AT-04).',
})

const ParticularsInput = particularsInput(builder, sexEnum(builder))

const ReportOutOfSchoolInput = builder.inputType('ReportOutOfSchoolInput', {
  description: 'Either `childId` or `newChild`.',
  fields: (t) => ({
    requestId: t.field({ type: 'UUID', required: true, description: REQUEST_ID }),
    childId: t.field({ type: 'UUID', description: 'A child some agency knows.' }),
    newChild: t.field({
      type: ParticularsInput,
      description: 'A child no agency knows: TUN-03. Aged 4 to 25 (AT-01, AT-10).',
    }),
    category: t.field({ type: CategoryEnum, required: true }),
    kelurahan: t.string({ required: true, description: 'Where the child lives: `33.75.01.1001` (ID-23).' }),
    note: t.string({ description: 'How to find the child; at most 2,000 characters, read by those who go there.' }),
  }),
})

const FieldCheckInput = builder.inputType('FieldCheckInput', {
  description: 'TUN-R2: date, method, result, volunteer.',
  fields: (t) => ({
    date: t.field({ type: 'Date', required: true, description: 'Today, or up to a year ago.' }),
    method: t.field({ type: MethodEnum, required: true }),
    result: t.field({ type: ResultEnum, required: true }),
    volunteer: t.string({ description: 'Account code of whoever went there; the caller unless said.' }),
  }),
})

const VerifyAtsRecordInput = builder.inputType('VerifyAtsRecordInput', {
  fields: (t) => ({
    requestId: t.field({ type: 'UUID', required: true, description: REQUEST_ID }),
    recordId: t.field({ type: 'UUID', required: true }),
    fieldCheck: t.field({ type: FieldCheckInput, required: true }),
    outOfSchool: t.boolean({ required: true }),
    outcome: t.field({ type: OutcomeEnum, description: 'Why not: required where `outOfSchool` is false, else empty.' }),
    npsn: t.string({ description: 'The school that was asked: required with V01, else empty (EC-18).' }),
  }),
})

builder.mutationFields((t) => ({
  reportOutOfSchool: t.field({
    description: 'Put a child on the out-of-school list (TUN-03); a new child is presented to the civil registry.',
    type: AtsRecordType,
    permission: 'ats.report',
    args: { input: t.arg({ type: ReportOutOfSchoolInput, required: true }) },
    errors: { types: [ChildNotFound, AtsAlreadyOpen, StillEnrolled] },
    resolve: async (_root, { input }, { app, caller }) =>
      findAtsRecord(app.db, await reportOutOfSchool(app, caller, input)),
  }),
  verifyAtsRecord: t.field({
    description: 'Write down what a field check found (TUN-04 to TUN-06, TUN-R2).',
    type: AtsRecordType,
    permission: 'ats.verify',
    args: { input: t.arg({ type: VerifyAtsRecordInput, required: true }) },
    errors: { types: [AtsRecordNotFound, AtsAlreadyVerified, SecondVisitNeeded] },
    resolve: async (_root, { input }, { app, caller }) =>
      findAtsRecord(app.db, await verifyAtsRecord(app, caller, input)),
  }),
}))
