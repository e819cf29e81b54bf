import type { Notice } from '@satuanak/domain-kit'
import { builder } from './builder.ts'
import { type Child, ChildType } from './child.ts'
import { RegistryWarning } from './warning.ts'

interface Receipt {
  readonly child: Child | null
  readonly warnings: readonly Notice[]
}

export const RegistryReceipt = builder.objectRef<Receipt>('RegistryReceipt').implement({
  description: 'What was written, and what to look at again.',
  permission: 'anyone',
  fields: (t) => ({
    child: t.field({ type: ChildType, permission: 'child.refer', resolve: ({ child }) => child }),
    warnings: t.field({
      type: [RegistryWarning],
      nullable: false,
      permission: 'anyone',
      resolve: ({ warnings }) => [...warnings],
    }),
  }),
})
