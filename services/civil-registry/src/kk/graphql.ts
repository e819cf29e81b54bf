import type { ChildId } from '@satuanak/contracts'
import { loader, refusal } from '@satuanak/graphql-kit'
import { noteRead } from '@satuanak/service-kit'
import type { RegistryContext } from '../app.ts'
import { builder } from '../graphql/builder.ts'
import { type Child, ChildNotFound, childOf, factsOf } from '../graphql/child.ts'
import { ChildIdentity } from '../graphql/child-identity.ts'
import { RegistryReceipt } from '../graphql/receipt.ts'
import { KkInput, KkReasonEnum } from '../graphql/record-inputs.ts'
import { type KkRecord, type KkStanding, kkStanding, newestFirst } from './domain.ts'
import { KkAlreadyRecorded } from './errors.ts'
import { recordKk } from './record-kk.ts'
import { findKks } from './repository.ts'

refusal(builder, KkAlreadyRecorded, {
  name: 'KkAlreadyRecorded',
  description: 'This KK with this issue date stands with the child already.',
})

const MASK = '*'.repeat(12)

interface OfChild<Value> {
  readonly child: Child
  readonly value: Value
}

const KkEntry = builder.objectRef<OfChild<KkRecord>>('KkEntry').implement({
  description: 'A Kartu Keluarga on which the child stood (ID-10).',
  permission: 'kk.read',
  facts: ({ child }) => factsOf(child),
  child: ({ child }) => child.id,
  fields: (t) => ({
    number: t.field({
      description: 'Masked: only the last four digits (PV-10).',
      type: 'MaskedNik',
      nullable: false,
      permission: 'kk.read',
      resolve: ({ value }) => MASK + value.last4,
    }),
    issuedOn: t.field({
      description: '`tanggal_terbit_kk` (ID-11).',
      type: 'Date',
      nullable: false,
      permission: 'kk.read',
      resolve: ({ value }) => Temporal.PlainDate.from(value.issuedOn),
    }),
    reason: t.field({
      type: KkReasonEnum,
      nullable: false,
      permission: 'kk.read',
      resolve: ({ value }) => value.reason,
    }),
  }),
})

const Kk = builder.objectRef<OfChild<KkStanding>>('Kk').implement({
  description: 'The Kartu Keluarga that holds today, and since when the child has lived where it says.',
  permission: 'kk.read',
  facts: ({ child }) => factsOf(child),
  child: ({ child }) => child.id,
  fields: (t) => ({
    current: t.field({
      type: KkEntry,
      nullable: false,
      permission: 'kk.read',
      resolve: ({ child, value }) => ({ child, value: value.current }),
    }),
    since: t.field({
      description:
        'What the one-year test counts from: a KK that replaces another without a move keeps its start (PD-08).',
      type: 'Date',
      nullable: false,
      permission: 'kk.read',
      resolve: ({ value }) => Temporal.PlainDate.from(value.since),
    }),
    sinceIsKnown: t.boolean({
      description: 'False where the replaced KK is not recorded: the child may have lived there longer; ask for it.',
      nullable: false,
      permission: 'kk.read',
      resolve: ({ value }) => value.sinceIsKnown,
    }),
  }),
})

/** The KKs of a child under all its ids; any number of children in one statement. */
async function kksOf(context: RegistryContext, child: Child): Promise<readonly KkRecord[]> {
  const find = loader(context, 'kk', (ids: readonly ChildId[]) => findKks(context.app.db, ids))
  const found = await Promise.all(child.group.ids.map(find))
  noteRead(context, child.id, 'kk.read')
  return found.flatMap((kks) => kks ?? [])
}

builder.objectFields(ChildIdentity, (t) => ({
  kk: t.field({
    description: 'The KK that holds today; null where none is recorded.',
    type: Kk,
    permission: 'kk.read',
    resolve: async ({ child }, _args, context) => {
      const value = kkStanding(await kksOf(context, child), context.app.today().toString())
      return value && { child, value }
    },
  }),
  kkHistory: t.field({
    description: 'Every KK on which the child stood, the latest first (ID-10).',
    type: [KkEntry],
    permission: 'kk.read',
    resolve: async ({ child }, _args, context) =>
      (await kksOf(context, child)).toSorted(newestFirst).map((value) => ({ child, value })),
  }),
}))

const RecordKkInput = builder.inputType('RecordKkInput', {
  fields: (t) => ({
    requestId: t.field({
      type: 'UUID',
      required: true,
      description: 'Chosen by the client, one per intention (EC-46).',
    }),
    childId: t.field({ type: 'UUID', required: true }),
    kk: t.field({ type: KkInput, required: true }),
  }),
})

builder.mutationFields((t) => ({
  recordKk: t.field({
    description: 'Record the Kartu Keluarga on which a child stands; earlier ones are kept (ID-10, ID-11).',
    type: RegistryReceipt,
    permission: 'kk.record',
    args: { input: t.arg({ type: RecordKkInput, required: true }) },
    errors: { types: [ChildNotFound, KkAlreadyRecorded] },
    resolve: async (_root, { input }, context) => {
      const { childId, warnings } = await recordKk(context.app, context.caller, input)
      return { child: await childOf(context)(childId), warnings }
    },
  }),
}))
