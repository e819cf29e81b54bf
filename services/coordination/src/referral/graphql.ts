import { GRANTABLE, type ReferralId } from '@satuanak/contracts'
import { connection, createCursor, inLocale, type PageArgs, pageArgs, pageRequest } from '@satuanak/graphql-kit'
import { decide, type Facts } from '@satuanak/identity'
import { noteRead } from '@satuanak/service-kit'
import type { CoordinationContext } from '../app.ts'
import { builder } from '../graphql/builder.ts'
import { AgencyKind, AgencyType, agencyOf, ChildType, childOf, referralTitle } from '../graphql/references.ts'
import { DECLINE_REASONS, isOverdue, levelOf, REFERRAL_STATES, type Referral, type ReferralState } from './domain.ts'
import { OUTCOMES, type Outcome } from './domain-referral-types.ts'
import { type Desk, listInbox, listSentReferrals, readReferral } from './list-referrals.ts'

export const ChildPart = builder.enumType('ChildPart', {
  description: 'The parts of a child’s record that a referral may open to its receiver (DESIGN §7).',
  values: GRANTABLE,
})
export const DeclineReasonKind = builder.enumType('DeclineReason', {
  description: 'Why a receiver gives a referral back (RF-R2). LAINNYA asks for a note.',
  values: DECLINE_REASONS,
})
export const OutcomeKind = builder.enumType('ReferralOutcome', {
  description: 'How a referral ended: the closing events of DOMAIN §8. Each type has its own.',
  values: Object.keys(OUTCOMES) as Outcome[],
})
const StateKind = builder.enumType('ReferralState', {
  description: 'TERKIRIM sent, DITERIMA accepted, DITOLAK declined, SELESAI completed (DOMAIN §8).',
  values: REFERRAL_STATES,
})

/** Both ends may read a referral; of a kelurahan, the office that sent or received it (TUN-R3). */
async function factsOf(referral: Referral, context: CoordinationContext) {
  const { childId, from, to, fromKelurahan, toKelurahan } = referral
  const child = await childOf(context)(childId)
  return {
    level: levelOf(referral, child?.group.level ?? 4),
    agencies: [from, to],
    kelurahan: [fromKelurahan, toKelurahan].filter((code) => code !== null),
  } satisfies Facts
}

export const ReferralType = builder.objectRef<Referral>('Referral')
ReferralType.implement({
  description: 'A child handed from one agency’s desk to another’s (DOMAIN §8).',
  permission: 'referral.read',
  facts: factsOf,
  fields: (t) => ({
    id: t.expose('id', { type: 'UUID', nullable: false, permission: 'referral.read' }),
    type: t.exposeString('type', {
      description: '`RF-01` … `RF-25`, the flows of DOMAIN §8.',
      nullable: false,
      permission: 'referral.read',
    }),
    title: t.string({
      description: 'What the type is about, in the language of Accept-Language.',
      nullable: false,
      permission: 'referral.read',
      resolve: ({ type }, _args, { locale }) => inLocale(referralTitle(type), locale),
    }),
    child: t.field({
      type: ChildType,
      permission: 'referral.read',
      resolve: (referral, _args, context) => {
        noteRead(context, referral.childId, 'referral.read')
        return childOf(context)(referral.childId)
      },
    }),
    from: t.field({
      type: AgencyType,
      permission: 'referral.read',
      resolve: ({ from }, _args, context) => agencyOf(context)(from),
    }),
    to: t.field({
      type: AgencyType,
      permission: 'referral.read',
      resolve: ({ to }, _args, context) => agencyOf(context)(to),
    }),
    fromKelurahan: t.expose('fromKelurahan', {
      description: 'Which kelurahan sent it, where one did.',
      type: 'RegionCode',
      permission: 'referral.read',
    }),
    toKelurahan: t.expose('toKelurahan', {
      description: 'Which kelurahan is to answer it, where one is.',
      type: 'RegionCode',
      permission: 'referral.read',
    }),
    state: t.expose('state', { type: StateKind, nullable: false, permission: 'referral.read' }),
    reason: t.exposeString('reason', {
      description: 'The sender’s words to the receiver.',
      nullable: false,
      permission: 'referral.read',
    }),
    parts: t.field({
      description: 'What the receiver may read of the child while the referral is open (DESIGN §7).',
      type: [ChildPart],
      nullable: false,
      permission: 'referral.read',
      resolve: ({ parts }) => [...parts],
    }),
    sentAt: t.expose('sentAt', { type: 'DateTime', nullable: false, permission: 'referral.read' }),
    ackDueAt: t.expose('ackDueAt', {
      description: 'To be accepted or declined by then: one working day (DOMAIN §8).',
      type: 'DateTime',
      nullable: false,
      permission: 'referral.read',
    }),
    dueAt: t.expose('dueAt', {
      description: 'To be completed by then: the type’s limit (DOMAIN §8).',
      type: 'DateTime',
      nullable: false,
      permission: 'referral.read',
    }),
    overdue: t.boolean({
      description: 'Open, and past `ackDueAt` (not yet accepted) or `dueAt`.',
      nullable: false,
      permission: 'referral.read',
      resolve: (referral, _args, { app }) => isOverdue(referral, app.now()),
    }),
    answeredAt: t.field({
      description: 'When the receiver first answered: accepted, or declined at once.',
      type: 'DateTime',
      permission: 'referral.read',
      resolve: (referral) => answeredAt(referral),
    }),
    declineReason: t.field({
      type: DeclineReasonKind,
      permission: 'referral.read',
      resolve: (referral) => (referral.state === 'DITOLAK' ? referral.declineReason : null),
    }),
    proposedAgency: t.field({
      description: 'The right agency, where the receiver named one (RF-R2).',
      type: AgencyKind,
      permission: 'referral.read',
      resolve: (referral) => (referral.state === 'DITOLAK' ? referral.proposedAgency : null),
    }),
    outcome: t.field({
      type: OutcomeKind,
      permission: 'referral.read',
      resolve: (referral) => (referral.state === 'SELESAI' ? referral.outcome : null),
    }),
    answerNote: t.string({
      description: 'The receiver’s own words on declining or completing.',
      permission: 'referral.read',
      resolve: (referral) => ('answerNote' in referral ? referral.answerNote : null),
    }),
    completedAt: t.field({
      type: 'DateTime',
      permission: 'referral.read',
      resolve: (referral) => (referral.state === 'SELESAI' ? referral.completedAt : null),
    }),
  }),
})
builder.asEntity(ReferralType, {
  key: builder.selection<{ id: string }>('id'),
  resolveReference: ({ id }, { app }) => readReferral(app, id as ReferralId),
})

function answeredAt(referral: Referral): Temporal.Instant | null {
  if (referral.state === 'TERKIRIM') return null
  return referral.acceptedAt ?? (referral.state === 'DITOLAK' ? referral.declinedAt : null)
}

builder.objectField(ChildType, 'referrals', (t) =>
  t.field({
    description: 'Referrals about this child, oldest first: all for Bapperida, else those one is party to (PV-18).',
    type: [ReferralType],
    permission: 'referral.read',
    resolve: async (child, _args, context) => {
      noteRead(context, child.id, 'referral.read')
      const measured = child.referrals.map(async (referral) => ({ referral, facts: await factsOf(referral, context) }))
      return (await Promise.all(measured))
        .filter(({ facts }) => decide(context.caller, 'referral.read', facts).allowed)
        .map(({ referral }) => referral)
    },
  }),
)

const ReferralConnection = connection(builder, 'ReferralConnection', { node: ReferralType, permission: 'anyone' })
const INBOX = createCursor('inbox', ['instant', 'uuid'])
const SENT = createCursor('sentReferrals', ['instant', 'uuid'])

type DeskArgs = PageArgs & { readonly state?: ReferralState | null | undefined }

async function page(
  args: DeskArgs,
  cursor: typeof INBOX,
  context: CoordinationContext,
  read: (desk: Desk) => Promise<Referral[]>,
) {
  const ask = pageRequest(args, cursor)
  const found = ask.page(await read({ ...ask, state: args.state ?? null }), ({ sentAt, id }) => [sentAt.toString(), id])
  for (const { childId } of found.nodes) noteRead(context, childId, 'referral.read')
  return found
}

builder.queryFields((t) => ({
  inbox: t.field({
    description: 'What one’s own agency received, newest first (DESIGN §1: agencies without a service answer here).',
    type: ReferralConnection,
    permission: 'inbox.read',
    args: { state: t.arg({ type: StateKind }), ...pageArgs(builder) },
    resolve: (_root, args, context) =>
      page(args, INBOX, context, (desk) => listInbox(context.app, context.caller, desk)),
  }),
  sentReferrals: t.field({
    description: 'What one’s own agency sent, newest first.',
    type: ReferralConnection,
    permission: 'referral.read',
    args: { state: t.arg({ type: StateKind }), ...pageArgs(builder) },
    resolve: (_root, args, context) =>
      page(args, SENT, context, (desk) => listSentReferrals(context.app, context.caller, desk)),
  }),
  referral: t.field({
    description: 'One referral, for its two ends and Bapperida.',
    type: ReferralType,
    permission: 'referral.read',
    args: { id: t.arg({ type: 'UUID', required: true }) },
    resolve: async (_root, { id }, context) => {
      const referral = await readReferral(context.app, id as ReferralId)
      if (referral !== null) noteRead(context, referral.childId, 'referral.read')
      return referral
    },
  }),
}))
