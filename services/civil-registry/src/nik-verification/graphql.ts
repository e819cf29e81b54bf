import type { ChildId } from '@satuanak/contracts'
import { loader, refusal } from '@satuanak/graphql-kit'
import { noteRead } from '@satuanak/service-kit'
import type { RegistryContext } from '../app.ts'
import { builder } from '../graphql/builder.ts'
import { type Child, ChildNotFound, ChildType, childOf, factsOf } from '../graphql/child.ts'
import { NikVerdictEnum, SiakField, SiakSourceEnum } from '../graphql/siak.ts'
import { NoNikToVerify } from './errors.ts'
import { verifyNik } from './verify-nik.ts'
import { type NikVerification, verificationsKept } from './verify-niks.ts'

const MAY = 'nik.verify'

refusal(builder, NoNikToVerify, {
  name: 'NoNikToVerify',
  description: 'The child has no NIK to ask SIAK about: RF-02 requests one (BLG-R2).',
})

interface Shown {
  readonly child: Child
  readonly verification: NikVerification
}

const NikVerificationType = builder.objectRef<Shown>('NikVerification').implement({
  description: 'What SIAK says of a child’s NIK, beside what the registry has: field names, never SIAK’s own words.',
  permission: MAY,
  facts: ({ child }) => factsOf(child),
  child: ({ child }) => child.id,
  fields: (t) => ({
    verdict: t.field({
      type: NikVerdictEnum,
      nullable: false,
      permission: MAY,
      resolve: ({ verification }) => verification.verdict,
    }),
    differing: t.field({
      description: 'Where SIAK says something else; by the akta SIAK is corrected (BLG-05).',
      type: [SiakField],
      nullable: false,
      permission: MAY,
      resolve: ({ verification }) => [...verification.differing],
    }),
    source: t.field({ type: SiakSourceEnum, permission: MAY, resolve: ({ verification }) => verification.source }),
    checkedAt: t.field({ type: 'DateTime', permission: MAY, resolve: ({ verification }) => verification.checkedAt }),
    expiresAt: t.field({
      description: 'After this the answer is not shown any more; ask again.',
      type: 'DateTime',
      permission: MAY,
      resolve: ({ verification }) => verification.expiresAt,
    }),
  }),
})

const keptFor = (context: RegistryContext) =>
  loader(context, 'nikVerification', (ids: readonly ChildId[]) => verificationsKept(context.app, ids))

builder.objectField(ChildType, 'nikVerification', (t) =>
  t.field({
    description:
      'What SIAK said of the NIK when it was last asked (`verifyNik`); null where it was not, or too long ago.',
    type: NikVerificationType,
    permission: MAY,
    resolve: async (child, _args, context) => {
      const verification = child.persons.length === 0 ? null : await keptFor(context)(child.id)
      if (verification === null) return null
      noteRead(context, child.id, MAY)
      return { child, verification }
    },
  }),
)

interface Receipt {
  readonly child: Child | null
}

const VerifyNikReceipt = builder.objectRef<Receipt>('VerifyNikReceipt').implement({
  description: 'Whose NIK was checked; the verdict is `child.nikVerification`.',
  permission: 'anyone',
  fields: (t) => ({
    child: t.field({ type: ChildType, permission: 'child.refer', resolve: ({ child }) => child }),
  }),
})

const VerifyNikInput = builder.inputType('VerifyNikInput', {
  fields: (t) => ({
    requestId: t.field({
      type: 'UUID',
      required: true,
      description: 'Chosen by the client, one per intention (EC-46).',
    }),
    childId: t.field({ type: 'UUID', required: true }),
  }),
})

builder.mutationField('verifyNik', (t) =>
  t.field({
    description: 'Check a child’s NIK and particulars in SIAK; never fails because SIAK is away or used up (BLG-04).',
    type: VerifyNikReceipt,
    permission: MAY,
    args: { input: t.arg({ type: VerifyNikInput, required: true }) },
    errors: { types: [ChildNotFound, NoNikToVerify] },
    resolve: async (_root, { input }, context) => {
      const childId = await verifyNik(context.app, context.caller, input)
      return { child: await childOf(context)(childId) }
    },
  }),
)
