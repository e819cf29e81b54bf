import type { ChildId } from '@satuanak/contracts'
import { connection, createCursor, inLocale, loader, pageArgs, pageRequest } from '@satuanak/graphql-kit'
import { decide } from '@satuanak/identity'
import { noteRead } from '@satuanak/service-kit'
import type { RegistryContext } from '../app.ts'
import { builder } from '../graphql/builder.ts'
import { type Child, ChildType, childOf, factsOf } from '../graphql/child.ts'
import {
  isMandatory,
  KTP_SOURCES,
  PRINT_STATES,
  type PrintDecision,
  photoBackground,
  SCHOOL_STAGES,
  type StatusChange,
  schoolView,
} from './domain.ts'
import { KTP_ACTIONS, statusOf, toOpenSid } from './domain-statuses.ts'
import { listPrintQueue } from './list-print-queue.ts'
import { type KtpStanding, readKtpHistories, standingsOf } from './read-ktp-statuses.ts'

const ActionEnum = builder.enumType('KtpAction', {
  description: 'What to do about a status (DOMAIN §5); of an unknown one, ask the centre (KT-01).',
  values: KTP_ACTIONS,
})
const SourceEnum = builder.enumType('KtpSource', { description: 'Who told a status (KT-01).', values: KTP_SOURCES })
const StageEnum = builder.enumType('KtpStage', {
  description: 'What a school is told of a pupil: whether and when, never why (KT-10).',
  values: SCHOOL_STAGES,
})
const PrintStateEnum = builder.enumType('KtpPrintState', {
  description:
    'Where the card stands: BELUM the centre is not through, DITAHAN waits for the 17th birthday, PERLU_PETUGAS an ' +
    'officer decides (ID-22, KT-01, EC-01), SIAP_CETAK in the print queue, TANPA_KARTU a duplicate (KT-03), SUDAH_CETAK ' +
    'printed (BLG-R1).',
  values: PRINT_STATES,
})
const BackgroundEnum = builder.enumType('PhotoBackground', {
  description: 'Red for odd, blue for even years of birth (KT-07).',
  values: ['MERAH', 'BIRU'] as const,
})

const StatusChangeType = builder.objectRef<StatusChange>('KtpStatusChange').implement({
  description: 'One step of a KTP-el status, with time and source (KT-01).',
  permission: 'ktp.status.read',
  fields: (t) => ({
    oldCode: t.exposeString('oldCode', { permission: 'ktp.status.read' }),
    newCode: t.exposeString('newCode', { nullable: false, permission: 'ktp.status.read' }),
    source: t.expose('source', { type: SourceEnum, nullable: false, permission: 'ktp.status.read' }),
    at: t.expose('at', { type: 'DateTime', nullable: false, permission: 'ktp.status.read' }),
    origin: t.exposeString('origin', {
      description: 'The system that a file’s status came from, as the file names it (KT-01).',
      permission: 'ktp.status.read',
    }),
  }),
})

interface ChildKtp extends KtpStanding {
  readonly child: Child
}

const LIMITED = 'ktp.read'
const FULL = 'ktp.status.read'

const ChildKtpType = builder.objectRef<ChildKtp>('ChildKtp').implement({
  description: 'The child’s KTP-el. A school sees `stage` and `cardFrom`; the rest is the civil registry’s.',
  permission: LIMITED,
  facts: ({ child }) => factsOf(child),
  child: ({ child }) => child.id,
  fields: (t) => ({
    stage: t.field({
      type: StageEnum,
      nullable: false,
      permission: LIMITED,
      description: 'Whether, as a school may know it; the same for a married pupil as for any other (KT-10).',
      resolve: ({ record, holder }, _args, { app }) => schoolView(record.code, holder, app.today()).stage,
    }),
    cardFrom: t.field({
      type: 'Date',
      permission: LIMITED,
      description: 'When: the 17th birthday (BLG-R3); null where the birth date is not exactly known (ID-22).',
      resolve: ({ record, holder }, _args, { app }) => schoolView(record.code, holder, app.today()).cardFrom,
    }),
    code: t.string({
      permission: FULL,
      description: 'The national status; one that this house does not know, exactly as it was written (KT-01).',
      resolve: ({ record }) => record.code,
    }),
    meaning: t.string({
      permission: FULL,
      description: 'The status in words, in the language of Accept-Language.',
      resolve: ({ record }, _args, { locale }) => inLocale(statusOf(record.code).meaning, locale),
    }),
    action: t.field({
      type: ActionEnum,
      permission: FULL,
      description: 'What to do now (DOMAIN §5).',
      resolve: ({ record }) => statusOf(record.code).action,
    }),
    openSid: t.int({
      permission: FULL,
      description: 'The same in OpenSID’s coding, 1 to 8; null where it has none (KT-02).',
      resolve: ({ record, holder }, _args, { app }) =>
        toOpenSid(record.code, { mandatory: isMandatory(holder, app.today()) }),
    }),
    statusAt: t.field({
      type: 'DateTime',
      permission: FULL,
      description: 'As of when.',
      resolve: ({ record }) => record.statusAt,
    }),
    recordedOn: t.field({
      type: 'Date',
      permission: FULL,
      description: 'The day of the recording, where this house saw it happen.',
      resolve: ({ record }) => record.recordedOn,
    }),
    printState: t.field({
      type: PrintStateEnum,
      permission: FULL,
      description: 'Where the card stands as of today.',
      resolve: ({ decision }) => decision.state,
    }),
    officerReason: t.string({
      permission: FULL,
      description:
        'Why an officer has to decide (PERLU_PETUGAS): a code; null where only those who read matches may know (EC-01).',
      resolve: ({ decision }, _args, { caller }) => officerReason(caller, decision),
    }),
    heldUntil: t.field({
      type: 'Date',
      permission: FULL,
      description: 'The 17th birthday that the card waits for (BLG-R3).',
      resolve: ({ decision }) => heldUntil(decision),
    }),
    everMarried: t.boolean({
      permission: FULL,
      description: 'Kawin or pernah kawin: of age for a card at once. Never in a school’s view (KT-10).',
      resolve: ({ record }) => record.everMarried,
    }),
    photoBackground: t.field({
      type: BackgroundEnum,
      permission: FULL,
      description: 'KT-07; null where the birth date is not known.',
      resolve: ({ holder }) => holder.birthDate && photoBackground(holder.birthDate),
    }),
    history: t.field({
      type: [StatusChangeType],
      permission: FULL,
      description: 'Every step, the latest first (KT-01).',
      resolve: async ({ child }, _args, context) => [...((await historyOf(context)(child.id)) ?? [])],
    }),
  }),
})

/** That somebody else claims the NIK tells of the other, who may be hidden: for whoever is told of flags (PV-14). */
function officerReason(caller: RegistryContext['caller'], decision: PrintDecision): string | null {
  if (decision.state !== 'PERLU_PETUGAS') return null
  const isTold = decision.reason !== 'NIK_DIPAKAI_BERSAMA' || decide(caller, 'match.read', { level: 4 }).allowed
  return isTold ? decision.reason : null
}

const heldUntil = (decision: PrintDecision): Temporal.PlainDate | null =>
  decision.state === 'DITAHAN' ? decision.until : null

/** Any number of children's standings in one statement besides those of the children themselves. */
const standingOf = (context: RegistryContext): ((id: ChildId) => Promise<KtpStanding | null>) =>
  loader(context, 'ktp', async (ids: readonly ChildId[]) => {
    const children = await Promise.all(ids.map(childOf(context)))
    const files = new Map(children.flatMap((child) => (child && child.persons.length > 0 ? [[child.id, child]] : [])))
    return standingsOf(context.app, context.app.db, files)
  })

const historyOf = (context: RegistryContext): ((id: ChildId) => Promise<readonly StatusChange[] | null>) =>
  loader(context, 'ktpHistory', async (ids: readonly ChildId[]) => {
    const children = await Promise.all(ids.map(childOf(context)))
    const groups = new Map(children.flatMap((child) => (child ? [[child.id, child.group.ids]] : [])))
    return readKtpHistories(context.app.db, groups)
  })

builder.objectField(ChildType, 'ktp', (t) =>
  t.field({
    description: 'The KTP-el; null where nothing was ever written of one (DOMAIN §5).',
    type: ChildKtpType,
    permission: LIMITED,
    resolve: async (child, _args, context) => {
      const standing = await standingOf(context)(child.id)
      if (standing === null) return null
      noteRead(context, child.id, LIMITED)
      return { child, ...standing }
    },
  }),
)

const BY_WAITING = createCursor('printQueue', ['instant', 'uuid'])
const QueueConnection = connection(builder, 'PrintQueueConnection', { node: ChildType, permission: FULL })

builder.queryField('printQueue', (t) =>
  t.field({
    description: 'Children whose card is in one state, who waits longest first: the print queue, and what is held.',
    type: QueueConnection,
    permission: FULL,
    args: {
      state: t.arg({ type: PrintStateEnum, defaultValue: 'SIAP_CETAK' }),
      npsn: t.arg.string({ description: 'Of one school’s pupils (ID-13).' }),
      kelurahan: t.arg.string({ description: '`63.11.06.1001` (ID-23).' }),
      ...pageArgs(builder),
    },
    resolve: async (_root, args, context) => {
      const ask = pageRequest(args, BY_WAITING)
      const { after, limit } = ask
      const query = { ...args, state: args.state ?? 'SIAP_CETAK', after, limit }
      const rows = await listPrintQueue(context.app, context.caller, query)
      const page = ask.page(rows, ({ stateSince, childId }) => [stateSince.toString(), childId])
      for (const { childId } of page.nodes) noteRead(context, childId, FULL)
      const children = await Promise.all(page.nodes.map(({ childId }) => childOf(context)(childId)))
      return { pageInfo: page.pageInfo, nodes: children.filter((child) => child !== null) }
    },
  }),
)
