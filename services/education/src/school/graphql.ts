import type { Npsn } from '@satuanak/contracts'
import { parseNpsn } from '@satuanak/domain-kit'
import { connection, createCursor, pageArgs, pageRequest } from '@satuanak/graphql-kit'
import { builder } from '../graphql/builder.ts'
import { LevelEnum, SchoolType, schoolOf } from '../graphql/references.ts'
import { PROVIDERS, SCHOOL_KIND_NAMES, SCHOOL_STATUSES, statusOn } from './domain.ts'
import { listSchools } from './list-schools.ts'

const ProviderEnum = builder.enumType('SchoolProvider', {
  description:
    'Who teaches (ID-14): a school, a madrasah (Kemenag), an SLB, a PKBM or SKB, a pesantren, the parents, a course (LKP).',
  values: PROVIDERS,
})

export const KindEnum = builder.enumType('SchoolKind', {
  description: 'Bentuk pendidikan (ID-14), as Dapodik and EMIS name it.',
  values: SCHOOL_KIND_NAMES,
})
const StatusEnum = builder.enumType('SchoolStatus', {
  description: 'AKTIF takes pupils, TUTUP was withdrawn, DIGABUNG went into another school (EC-36).',
  values: SCHOOL_STATUSES,
})

SchoolType.implement({
  description: 'A place of learning, formal or not (ID-13, ID-14).',
  permission: 'school.read',
  fields: (t) => ({
    npsn: t.exposeString('npsn', {
      nullable: false,
      permission: 'school.read',
      description: 'Nomor Pokok Sekolah Nasional: 8 digits, or P or K and 7 digits (ID-13).',
    }),
    name: t.exposeString('name', {
      nullable: false,
      permission: 'school.read',
      description: 'As on the sign at the gate (ID-13).',
    }),
    levels: t.field({
      type: [LevelEnum],
      nullable: false,
      permission: 'school.read',
      description: 'What can be learned there; several at an SLB, a PKBM or an SKB (ID-14).',
      resolve: ({ levels }) => [...levels],
    }),
    provider: t.expose('provider', {
      type: ProviderEnum,
      nullable: false,
      permission: 'school.read',
      description: 'Who teaches (ID-14).',
    }),
    kelurahan: t.expose('kelurahan', {
      type: 'RegionCode',
      nullable: false,
      permission: 'school.read',
      description: 'Where it stands (ID-23).',
    }),
    capacity: t.exposeInt('capacity', {
      nullable: false,
      permission: 'school.read',
      description: 'Daya tampung: seats over all levels and grades (EC-32).',
    }),
    kind: t.expose('kind', {
      type: KindEnum,
      nullable: false,
      permission: 'school.read',
      description: 'Bentuk pendidikan (ID-14).',
    }),
    latitude: t.exposeFloat('latitude', { permission: 'school.read', description: 'Degrees, where it was measured.' }),
    longitude: t.exposeFloat('longitude', {
      permission: 'school.read',
      description: 'Degrees, where it was measured.',
    }),
    status: t.field({
      type: StatusEnum,
      nullable: false,
      permission: 'school.read',
      description: 'As of today (EC-36).',
      resolve: (school, _args, { app }) => statusOn(school, app.today()),
    }),
    closedOn: t.expose('closedOn', {
      type: 'Date',
      permission: 'school.read',
      description: 'The first day on which it takes nobody any more; it may lie ahead (EC-36).',
    }),
    mergedInto: t.field({
      type: SchoolType,
      permission: 'school.read',
      description: 'The school that it goes into on that day (EC-36).',
      resolve: ({ mergedInto }, _args, context) => (mergedInto === null ? null : schoolOf(context)(mergedInto)),
    }),
  }),
})
builder.asEntity(SchoolType, {
  key: builder.selection<{ npsn: string }>('npsn'),
  resolveReference: ({ npsn }, context) => schoolOf(context)(npsn as Npsn),
})

const BY_NAME = createCursor('schools', ['string', 'string'])
const SchoolConnection = connection(builder, 'SchoolConnection', { node: SchoolType, permission: 'school.read' })

builder.queryFields((t) => ({
  schools: t.field({
    description: "The city's schools by name (ID-14).",
    type: SchoolConnection,
    permission: 'school.read',
    args: {
      kelurahan: t.arg.string({ description: 'Where it stands: `33.75.01.1001` (ID-23).' }),
      level: t.arg({ type: LevelEnum }),
      provider: t.arg({ type: ProviderEnum }),
      kind: t.arg({ type: KindEnum }),
      status: t.arg({ type: StatusEnum, description: 'As of today (EC-36).' }),
      search: t.arg.string({ description: 'Part of the name or of the NPSN; at most 80 characters.' }),
      ...pageArgs(builder),
    },
    resolve: async (_root, args, { app }) => {
      const ask = pageRequest(args, BY_NAME)
      const schools = await listSchools(app, { ...args, after: ask.after, limit: ask.limit })
      return ask.page(schools, ({ name, npsn }) => [name, npsn])
    },
  }),
  school: t.field({
    description: 'One school by its NPSN (ID-13); null where none has it.',
    type: SchoolType,
    permission: 'school.read',
    args: { npsn: t.arg.string({ required: true }) },
    resolve: async (_root, args, context) => {
      const npsn = parseNpsn(args.npsn)
      return npsn.ok ? schoolOf(context)(npsn.value.code as Npsn) : null
    },
  }),
}))
