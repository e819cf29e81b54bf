import type { ChildId } from '@satuanak/contracts'
import { loader } from '@satuanak/graphql-kit'
import { noteRead } from '@satuanak/service-kit'
import type { RegistryContext } from '../app.ts'
import { builder } from '../graphql/builder.ts'
import { type Child, ChildNotFound, ChildType, childOf, factsOf, NikAlreadyIssued, NikTaken } from '../graphql/child.ts'
import { IRIS_OUTCOMES, type IrisScreening } from './domain.ts'
import { recordIrisScreening } from './record-iris-screening.ts'
import { findScreenings } from './repository.ts'

const MAY = 'iris.record'

const OutcomeEnum = builder.enumType('IrisOutcome', {
  description: 'What the centre said to a screening by iris (RF-20); nothing that was scanned is kept (KT-04).',
  values: IRIS_OUTCOMES,
})

interface Shown {
  readonly child: Child
  readonly screening: IrisScreening
}

const IrisScreeningType = builder.objectRef<Shown>('IrisScreening').implement({
  description: 'An officer’s act: an unidentified child was screened by iris, with what came of it (RF-20).',
  permission: MAY,
  facts: ({ child }) => factsOf(child),
  child: ({ child }) => child.id,
  fields: (t) => ({
    screenedOn: t.field({
      type: 'Date',
      nullable: false,
      permission: MAY,
      resolve: ({ screening }) => screening.screenedOn,
    }),
    outcome: t.field({
      type: OutcomeEnum,
      nullable: false,
      permission: MAY,
      resolve: ({ screening }) => screening.outcome,
    }),
  }),
})

/** Screenings of many records in one statement; a child's are those under all its ids. */
const screeningsOf = (context: RegistryContext) =>
  loader(context, 'irisScreenings', async (ids: readonly ChildId[]) => {
    const found = await findScreenings(context.app.db, ids)
    return new Map(ids.map((id) => [id, found.filter(({ childId }) => childId === id)]))
  })

builder.objectField(ChildType, 'irisScreenings', (t) =>
  t.field({
    description: 'Screenings by iris while the child was unidentified, the latest first (RF-20).',
    type: [IrisScreeningType],
    permission: MAY,
    resolve: async (child, _args, context) => {
      if (child.persons.length === 0) return null
      noteRead(context, child.id, MAY)
      const found = await Promise.all(child.group.ids.map(screeningsOf(context)))
      const all = found.flatMap((screenings) => screenings ?? [])
      return all.toSorted((one, other) => (one.id < other.id ? 1 : -1)).map((screening) => ({ screening, child }))
    },
  }),
)

interface Receipt {
  readonly child: Child | null
}

const IrisScreeningReceipt = builder.objectRef<Receipt>('IrisScreeningReceipt').implement({
  description: 'Who was screened.',
  permission: 'anyone',
  fields: (t) => ({
    child: t.field({ type: ChildType, permission: 'child.refer', resolve: ({ child }) => child }),
  }),
})

const RecordIrisScreeningInput = builder.inputType('RecordIrisScreeningInput', {
  fields: (t) => ({
    requestId: t.field({
      type: 'UUID',
      required: true,
      description: 'Chosen by the client, one per intention (EC-46).',
    }),
    childId: t.field({ type: 'UUID', required: true }),
    screenedOn: t.string({ required: true, description: '`2026-11-23`, the local day.' }),
    outcome: t.field({ type: OutcomeEnum, required: true }),
    nik: t.string({ description: 'The NIK that was matched, with TERIDENTIFIKASI and only then.' }),
  }),
})

builder.mutationField('recordIrisScreening', (t) =>
  t.field({
    description: 'Write down what a screening by iris came to: act and outcome, no biometrics (RF-20, KT-04).',
    type: IrisScreeningReceipt,
    permission: MAY,
    args: { input: t.arg({ type: RecordIrisScreeningInput, required: true }) },
    errors: { types: [ChildNotFound, NikAlreadyIssued, NikTaken] },
    resolve: async (_root, { input }, context) => {
      const childId = await recordIrisScreening(context.app, context.caller, input)
      return { child: await childOf(context)(childId) }
    },
  }),
)
