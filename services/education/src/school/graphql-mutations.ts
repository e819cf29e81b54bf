import { refusal } from '@satuanak/graphql-kit'
import { builder } from '../graphql/builder.ts'
import { LevelEnum, REQUEST_ID, SchoolClosed, SchoolNotFound, SchoolType, schoolOf } from '../graphql/references.ts'
import { closeSchool } from './close-school.ts'
import { SchoolExists } from './errors.ts'
import { KindEnum } from './graphql.ts'
import { registerSchool } from './register-school.ts'

refusal(builder, SchoolExists, {
  name: 'SchoolExists',
  description: 'A school of the list has this NPSN already (ID-13).',
})

const RegisterSchoolInput = builder.inputType('RegisterSchoolInput', {
  fields: (t) => ({
    requestId: t.field({ type: 'UUID', required: true, description: REQUEST_ID }),
    npsn: t.string({ required: true, description: '8 digits; P and 7 digits at a PKBM or SKB, K at an LKP (ID-13).' }),
    name: t.string({ required: true, description: 'As on the sign at the gate; at most 160 characters.' }),
    kind: t.field({ type: KindEnum, required: true, description: 'Who teaches there follows from it (ID-14).' }),
    levels: t.field({ type: [LevelEnum], required: true, description: 'What is taught; none at an LKP (ID-14).' }),
    kelurahan: t.string({ required: true, description: 'Where it stands: `33.75.01.1001` (ID-23).' }),
    capacity: t.int({ required: true, description: 'Seats over all levels and grades (EC-32).' }),
    latitude: t.float({ description: 'Degrees; both coordinates or neither.' }),
    longitude: t.float({ description: 'Degrees; both coordinates or neither.' }),
  }),
})

const CloseSchoolInput = builder.inputType('CloseSchoolInput', {
  fields: (t) => ({
    requestId: t.field({ type: 'UUID', required: true, description: REQUEST_ID }),
    npsn: t.string({ required: true }),
    on: t.field({
      type: 'Date',
      required: true,
      description: 'The first day on which it takes nobody any more, at most a year ahead (EC-36).',
    }),
    mergedInto: t.string({ description: 'NPSN of the school that takes it in; none where it is withdrawn.' }),
  }),
})

builder.mutationFields((t) => ({
  registerSchool: t.field({
    description: "Put a school of any kind on the city's list (ID-13, ID-14).",
    type: SchoolType,
    permission: 'school.manage',
    args: { input: t.arg({ type: RegisterSchoolInput, required: true }) },
    errors: { types: [SchoolExists] },
    resolve: async (_root, { input }, context) =>
      schoolOf(context)(await registerSchool(context.app, context.caller, input)),
  }),
  closeSchool: t.field({
    description: 'Withdraw a school, or merge it into another; its history stays readable (EC-36).',
    type: SchoolType,
    permission: 'school.manage',
    args: { input: t.arg({ type: CloseSchoolInput, required: true }) },
    errors: { types: [SchoolNotFound, SchoolClosed] },
    resolve: async (_root, { input }, context) =>
      schoolOf(context)(await closeSchool(context.app, context.caller, input)),
  }),
}))
