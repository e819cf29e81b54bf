import type { Npsn } from '@satuanak/contracts'
import { parseNpsn } from '@satuanak/domain-kit'
import { connection, createCursor, pageArgs, pageRequest } from '@satuanak/graphql-kit'
import { builder } from '../graphql/builder.ts'
import { LevelEnum, SchoolType, schoolOf } from '../graphql/references.ts'
import { PROVIDERS } from './domain.ts'
import { listSchools } from './list-schools.ts'

const ProviderEnum = builder.enumType('SchoolProvider', {
  description: 'Who teaches (ID-14): a school, a madrasah (Kemenag), an SLB, a PKBM or SKB, a pesantren, the parents.',
  values: PROVIDERS,
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
