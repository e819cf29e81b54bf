import type { Notice } from '@satuanak/domain-kit'
import { inLocale } from '@satuanak/graphql-kit'
import { builder } from './builder.ts'

export const RegistryWarning = builder.objectRef<Notice>('RegistryWarning').implement({
  description: 'Taken, but an officer should look again.',
  permission: 'anyone',
  fields: (t) => ({
    field: t.string({ permission: 'anyone', resolve: ({ field }) => field ?? null }),
    rule: t.exposeString('rule', { nullable: false, permission: 'anyone' }),
    message: t.string({
      nullable: false,
      permission: 'anyone',
      resolve: ({ message }, _args, { locale }) => inLocale(message, locale),
    }),
  }),
})
