import { connection, createCursor, pageArgs, pageRequest, refusal } from '@satuanak/graphql-kit'
import { noteRead } from '@satuanak/service-kit'
import type { RegistryContext } from '../app.ts'
import { builder } from '../graphql/builder.ts'
import { type Child, ChildNotFound, ChildType, childOf, factsOf } from '../graphql/child.ts'
import {
  DUPLICATE_STATES,
  DUPLICATE_STEPS,
  type DuplicateStep,
  isOverdue,
  type KtpDuplicate,
  nextSteps,
} from './domain.ts'
import { DuplicateStepNotTaken, KtpDuplicateNotFound } from './errors.ts'
import { listKtpDuplicates } from './list-ktp-duplicates.ts'
import { recordDuplicateStep } from './record-duplicate-step.ts'
import { findDuplicate } from './repository.ts'

const MAY = 'ktp.status.read'

refusal(builder, KtpDuplicateNotFound, {
  name: 'KtpDuplicateNotFound',
  description: 'Nothing is open of this child, or nothing that the caller may know of.',
})
refusal(builder, DuplicateStepNotTaken, {
  name: 'KtpDuplicateStepNotTaken',
  description: 'Not what comes next; the message says what may (KT-03).',
})

const StepEnum = builder.enumType('KtpDuplicateStepCode', {
  description:
    'HAPUS_DIMINTA the first office was asked to delete its record, DITOLAK_DAERAH_ASAL it refused, PINDAH_MASUK the ' +
    'child was moved in, KARTU_DI_DAERAH_ASAL the card is there, which ends it (KT-03).',
  values: DUPLICATE_STEPS,
})
const StateEnum = builder.enumType('KtpDuplicateState', {
  description:
    'The last step; BARU before the first. PRR: the centre finds it unique; STATUS_LAIN: anything else (RF-21).',
  values: DUPLICATE_STATES,
})

const StepType = builder.objectRef<DuplicateStep>('KtpDuplicateStep').implement({
  description: 'One step that was taken about a duplicate record.',
  permission: MAY,
  fields: (t) => ({
    step: t.expose('step', { type: StepEnum, nullable: false, permission: MAY }),
    office: t.exposeString('office', {
      permission: MAY,
      description: 'Kabupaten or kota of the first record: `33.26`.',
    }),
    on: t.expose('doneOn', { type: 'Date', nullable: false, permission: MAY }),
  }),
})

interface Shown {
  readonly duplicate: KtpDuplicate
  readonly child: Child
}

const DuplicateType = builder.objectRef<Shown>('KtpDuplicate').implement({
  description:
    'The same biometrics are held already, mostly where the child lived before: no card before that is gone (KT-03).',
  permission: MAY,
  facts: ({ child }) => factsOf(child),
  child: ({ child }) => child.id,
  fields: (t) => ({
    id: t.field({ type: 'UUID', nullable: false, permission: MAY, resolve: ({ duplicate }) => duplicate.id }),
    child: t.field({ type: ChildType, permission: 'child.refer', resolve: ({ child }) => child }),
    state: t.field({ type: StateEnum, nullable: false, permission: MAY, resolve: ({ duplicate }) => duplicate.state }),
    next: t.field({
      type: [StepEnum],
      nullable: false,
      permission: MAY,
      description: 'What may be done now; nothing where it is closed.',
      resolve: ({ duplicate }) => [...nextSteps(duplicate.state)],
    }),
    office: t.string({
      permission: MAY,
      description: 'Kabupaten or kota whose Dukcapil recorded first: `33.26`.',
      resolve: ({ duplicate }) => duplicate.office,
    }),
    openedOn: t.field({
      type: 'Date',
      nullable: false,
      permission: MAY,
      resolve: ({ duplicate }) => duplicate.openedOn,
    }),
    dueOn: t.field({
      type: 'Date',
      nullable: false,
      permission: MAY,
      description: '30 calendar days after (RF-21).',
      resolve: ({ duplicate }) => duplicate.dueOn,
    }),
    overdue: t.boolean({
      nullable: false,
      permission: MAY,
      resolve: ({ duplicate }, _args, { app }) => isOverdue(duplicate, app.today()),
    }),
    closedAt: t.field({ type: 'DateTime', permission: MAY, resolve: ({ duplicate }) => duplicate.closedAt }),
    steps: t.field({
      type: [StepType],
      nullable: false,
      permission: MAY,
      description: 'In the order in which they were written down.',
      resolve: ({ duplicate }) => [...duplicate.steps],
    }),
  }),
})

async function shown(duplicate: KtpDuplicate, context: RegistryContext): Promise<Shown | null> {
  const child = await childOf(context)(duplicate.childId)
  return child && { duplicate, child }
}

const DuplicateConnection = connection(builder, 'KtpDuplicateConnection', { node: DuplicateType, permission: MAY })
const BY_DUE = createCursor('ktpDuplicates', ['day', 'uuid'])

builder.queryField('ktpDuplicates', (t) =>
  t.field({
    description: 'Duplicate records that are being dealt with, or in one state; what is due first first (RF-21).',
    type: DuplicateConnection,
    permission: MAY,
    args: {
      state: t.arg({ type: StateEnum }),
      kelurahan: t.arg.string({ description: '`33.75.03.1004` (ID-23).' }),
      overdue: t.arg.boolean({ description: 'Only those whose 30 days are over.' }),
      ...pageArgs(builder),
    },
    resolve: async (_root, args, context) => {
      const ask = pageRequest(args, BY_DUE)
      const rows = await listKtpDuplicates(context.app, context.caller, { ...args, after: ask.after, limit: ask.limit })
      const page = ask.page(rows, ({ dueOn, id }) => [dueOn.toString(), id])
      for (const { childId } of page.nodes) noteRead(context, childId, MAY)
      const nodes = await Promise.all(page.nodes.map((duplicate) => shown(duplicate, context)))
      return { pageInfo: page.pageInfo, nodes: nodes.filter((node) => node !== null) }
    },
  }),
)

const RecordDuplicateStepInput = builder.inputType('RecordDuplicateStepInput', {
  fields: (t) => ({
    requestId: t.field({
      type: 'UUID',
      required: true,
      description: 'Chosen by the client, one per intention (EC-46).',
    }),
    childId: t.field({ type: 'UUID', required: true }),
    step: t.field({ type: StepEnum, required: true }),
    office: t.string({
      description: 'Kabupaten or kota whose Dukcapil recorded first, `33.26` (ID-23); asked for once.',
    }),
    on: t.field({ type: 'Date', required: true, description: 'The day on which it was done.' }),
  }),
})

interface Receipt {
  readonly shown: Shown | null
}

const ReceiptType = builder.objectRef<Receipt>('KtpDuplicateReceipt').implement({
  description: 'The duplicate record as it stands by now.',
  permission: 'anyone',
  fields: (t) => ({
    duplicate: t.field({ type: DuplicateType, permission: MAY, resolve: ({ shown: it }) => it }),
  }),
})

builder.mutationField('recordDuplicateStep', (t) =>
  t.field({
    description: 'Write down what was done about a duplicate record: delete there, move in, then print (KT-03, RF-21).',
    type: ReceiptType,
    permission: 'ktp.status.record',
    args: { input: t.arg({ type: RecordDuplicateStepInput, required: true }) },
    errors: { types: [ChildNotFound, KtpDuplicateNotFound, DuplicateStepNotTaken] },
    resolve: async (_root, { input }, context) => {
      const id = await recordDuplicateStep(context.app, context.caller, { ...input, on: input.on.toString() })
      const duplicate = await findDuplicate(context.app.db, id)
      return { shown: duplicate && (await shown(duplicate, context)) }
    },
  }),
)
