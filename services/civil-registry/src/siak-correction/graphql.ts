import type { ChildId } from '@satuanak/contracts'
import { loader, refusal } from '@satuanak/graphql-kit'
import { noteRead } from '@satuanak/service-kit'
import type { RegistryContext } from '../app.ts'
import { builder } from '../graphql/builder.ts'
import { type Child, ChildNotFound, ChildType, childOf, factsOf } from '../graphql/child.ts'
import { SiakField, SiakSourceEnum } from '../graphql/siak.ts'
import { correctSiakByAkta } from './correct-siak-by-akta.ts'
import { CORRECTION_STATES, isOverdue, type SiakCorrection } from './domain.ts'
import { CorrectionWaits, NotDifferent } from './errors.ts'
import { findCorrectionsOf } from './repository.ts'

const MAY = 'siak.correct'

refusal(builder, NotDifferent, {
  name: 'NotDifferent',
  description: 'SIAK was not found to say otherwise of these fields: `verifyNik` first (BLG-04).',
})
refusal(builder, CorrectionWaits, {
  name: 'CorrectionWaits',
  description: 'A correction of this child waits for SIAK and goes by itself (RF-22).',
})

const StateEnum = builder.enumType('SiakCorrectionState', {
  description: 'MENUNGGU waits for SIAK and goes by itself; TIDAK_DAPAT: SIAK knows nobody by this NIK any more.',
  values: CORRECTION_STATES,
})

interface Shown {
  readonly child: Child
  readonly correction: SiakCorrection
}

const SiakCorrectionType = builder.objectRef<Shown>('SiakCorrection').implement({
  description: 'The correction note (DOC-12): what SIAK was told to say otherwise, by which akta.',
  permission: MAY,
  facts: ({ child }) => factsOf(child),
  child: ({ child }) => child.id,
  fields: (t) => ({
    id: t.field({ type: 'UUID', nullable: false, permission: MAY, resolve: ({ correction }) => correction.id }),
    fields: t.field({
      type: [SiakField],
      nullable: false,
      permission: MAY,
      resolve: ({ correction }) => [...correction.fields],
    }),
    aktaNumber: t.string({ nullable: false, permission: MAY, resolve: ({ correction }) => correction.aktaNumber }),
    state: t.field({
      type: StateEnum,
      nullable: false,
      permission: MAY,
      resolve: ({ correction }) => correction.state,
    }),
    source: t.field({
      type: SiakSourceEnum,
      permission: MAY,
      resolve: ({ correction }) => correction.source,
    }),
    requestedAt: t.field({
      type: 'DateTime',
      nullable: false,
      permission: MAY,
      resolve: ({ correction }) => correction.requestedAt,
    }),
    dueAt: t.field({
      description: 'On the spot; where SIAK is away, the end of the third day (RF-22).',
      type: 'DateTime',
      nullable: false,
      permission: MAY,
      resolve: ({ correction }) => correction.dueAt,
    }),
    overdue: t.boolean({
      nullable: false,
      permission: MAY,
      resolve: ({ correction }, _args, { app }) => isOverdue(correction, app.now()),
    }),
    correctedAt: t.field({ type: 'DateTime', permission: MAY, resolve: ({ correction }) => correction.correctedAt }),
  }),
})

/** Corrections of many records in one statement; a child's are those under all its ids. */
const correctionsOf = (context: RegistryContext) =>
  loader(context, 'siakCorrections', async (ids: readonly ChildId[]) => {
    const found = await findCorrectionsOf(context.app.db, ids)
    return new Map(ids.map((id) => [id, found.filter(({ childId }) => childId === id)]))
  })

builder.objectField(ChildType, 'siakCorrections', (t) =>
  t.field({
    description: 'What SIAK was told to say otherwise of this child, the latest first (DOC-12).',
    type: [SiakCorrectionType],
    permission: MAY,
    resolve: async (child, _args, context) => {
      if (child.persons.length === 0) return null
      noteRead(context, child.id, MAY)
      const found = await Promise.all(child.group.ids.map(correctionsOf(context)))
      const all = found.flatMap((corrections) => corrections ?? [])
      return all.toSorted((one, other) => (one.id < other.id ? 1 : -1)).map((correction) => ({ correction, child }))
    },
  }),
)

interface Receipt {
  readonly child: Child | null
}

const SiakCorrectionReceipt = builder.objectRef<Receipt>('SiakCorrectionReceipt').implement({
  description: 'Whose SIAK record is corrected; the note is the first of `child.siakCorrections`.',
  permission: 'anyone',
  fields: (t) => ({
    child: t.field({ type: ChildType, permission: 'child.refer', resolve: ({ child }) => child }),
  }),
})

const CorrectSiakByAktaInput = builder.inputType('CorrectSiakByAktaInput', {
  fields: (t) => ({
    requestId: t.field({
      type: 'UUID',
      required: true,
      description: 'Chosen by the client, one per intention (EC-46).',
    }),
    childId: t.field({ type: 'UUID', required: true }),
    fields: t.field({ type: [SiakField], required: true, description: 'Of those that `verifyNik` found to differ.' }),
    aktaNumber: t.string({ required: true, description: 'Of the akta that the officer has in hand (ID-17).' }),
  }),
})

builder.mutationField('correctSiakByAkta', (t) =>
  t.field({
    description:
      'Have SIAK corrected by the akta where it differs; on the spot, or as soon as SIAK is back (BLG-05, RF-22).',
    type: SiakCorrectionReceipt,
    permission: MAY,
    args: { input: t.arg({ type: CorrectSiakByAktaInput, required: true }) },
    errors: { types: [ChildNotFound, NotDifferent, CorrectionWaits] },
    resolve: async (_root, { input }, context) => {
      await correctSiakByAkta(context.app, context.caller, input)
      return { child: await childOf(context)(input.childId as ChildId) }
    },
  }),
)
