import type { AgencyCode } from '@satuanak/contracts'
import { inLocale } from '@satuanak/graphql-kit'
import { builder } from '../graphql/builder.ts'
import { AgencyKind, AgencyType, agencyOf } from '../graphql/references.ts'
import { SERVICES_OFFERED, type ServiceCode } from './domain.ts'
import { listAgencies } from './list-agencies.ts'

const AgencyOffer = builder.objectRef<ServiceCode>('AgencyOffer').implement({
  description: 'Something an agency does for a child (DOMAIN §4.4).',
  permission: 'agency.read',
  fields: (t) => ({
    code: t.string({ nullable: false, permission: 'agency.read', resolve: (code) => code }),
    name: t.string({
      description: 'In the language of Accept-Language: Indonesian, or English.',
      nullable: false,
      permission: 'agency.read',
      resolve: (code, _args, { locale }) => inLocale(SERVICES_OFFERED[code], locale),
    }),
  }),
})

AgencyType.implement({
  description: 'An agency that sends and receives referrals (DOMAIN §8), with or without a service in this house.',
  permission: 'agency.read',
  fields: (t) => ({
    code: t.expose('code', { type: AgencyKind, nullable: false, permission: 'agency.read' }),
    name: t.string({
      description: 'In the language of Accept-Language: Indonesian, or English.',
      nullable: false,
      permission: 'agency.read',
      resolve: ({ name }, _args, { locale }) => inLocale(name, locale),
    }),
    services: t.field({
      type: [AgencyOffer],
      nullable: false,
      permission: 'agency.read',
      resolve: ({ services }) => [...services],
    }),
    hasService: t.exposeBoolean('hasSubgraph', {
      description: 'It runs a service of its own; the others answer in this inbox (DESIGN §1).',
      nullable: false,
      permission: 'agency.read',
    }),
  }),
})
builder.asEntity(AgencyType, {
  key: builder.selection<{ code: AgencyCode }>('code'),
  resolveReference: ({ code }, context) => agencyOf(context)(code),
})

builder.queryField('agencies', (t) =>
  t.field({
    description: 'Every agency that can be sent a referral, by code.',
    type: [AgencyType],
    permission: 'agency.read',
    resolve: async (_root, _args, { app }) => [...(await listAgencies(app))],
  }),
)
