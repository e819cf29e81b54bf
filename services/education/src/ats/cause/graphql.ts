import { AGENCIES, ATS_OPDS, ATS_REASONS, type AtsReason, type Sensitivity } from '@satuanak/contracts'
import { inLocale, loader, refusal } from '@satuanak/graphql-kit'
import { decide } from '@satuanak/identity'
import { noteRead } from '@satuanak/service-kit'
import type { EducationContext } from '../../app.ts'
import { builder } from '../../graphql/builder.ts'
import { childOf } from '../../graphql/references.ts'
import { factsOfRecord } from '../get-ats-record.ts'
import { AtsRecordType } from '../graphql.ts'
import { type Cause, causesSeenBy, PROPOSAL_STATES, type Proposal } from './domain.ts'
import { ASPEK, REASONS } from './domain-reasons.ts'
import { CauseAtOpd, InstrumentMissing, NothingToDecide, OpdUndecided } from './errors.ts'
import { findCauses } from './repository.ts'

refusal(builder, InstrumentMissing, {
  name: 'InstrumentMissing',
  description: 'The family was not asked yet (TUN-06 before TUN-07).',
})
refusal(builder, CauseAtOpd, {
  name: 'CauseAtOpd',
  description: 'A cause that is with its OPD would be dropped or changed (TUN-08).',
})
refusal(builder, NothingToDecide, {
  name: 'NothingToDecide',
  description: 'No other cause (A13) waits for an OPD.',
})
refusal(builder, OpdUndecided, {
  name: 'OpdUndecided',
  description: 'Another cause (A13) has no OPD before Bapperida decides.',
})

const READ = 'ats.cause.read'

export const ReasonEnum = builder.enumType('AtsReasonCode', {
  description: 'Why a child is out of school: A01 to A16 (DOMAIN §4.2); their words are `atsReasons`.',
  values: ATS_REASONS,
})
export const OpdEnum = builder.enumType('AtsOpd', {
  description: 'The agencies that answer for a cause (OPD pengampu, TUN-07).',
  values: ATS_OPDS,
})
const AspekEnum = builder.enumType('AtsAspek', {
  description: 'Of what kind a cause is (aspek penyebab, DOMAIN §4.2).',
  values: ASPEK,
})
const ProposalStateEnum = builder.enumType('AtsProposalState', {
  description: 'What became of a proposal to an OPD (TUN-08, AT-15).',
  values: PROPOSAL_STATES,
})
const ProposedAgencyEnum = builder.enumType('AtsProposedAgency', {
  description: 'Whom an OPD may name instead of itself (RF-R2).',
  values: AGENCIES,
})

const ReasonType = builder.objectRef<AtsReason>('AtsReason').implement({
  description: 'A reason of the list (DOMAIN §4.2).',
  permission: 'anyone',
  fields: (t) => ({
    code: t.field({ type: ReasonEnum, nullable: false, permission: 'anyone', resolve: (code) => code }),
    label: t.string({
      nullable: false,
      permission: 'anyone',
      description: 'In the language of Accept-Language.',
      resolve: (code, _args, { locale }) => inLocale(REASONS[code].label, locale),
    }),
    aspek: t.field({
      type: [AspekEnum],
      nullable: false,
      permission: 'anyone',
      resolve: (code) => [...REASONS[code].aspek],
    }),
    opds: t.field({
      type: [OpdEnum],
      nullable: false,
      permission: 'anyone',
      description: 'Who answers for it in this city, the usual one first; empty: Bapperida decides.',
      resolve: (code, _args, { app }) => [...app.opdsOf[code]],
    }),
    ministryId: t.int({
      permission: 'anyone',
      description: 'The ministry’s number, inferred; null where nobody knows one.',
      resolve: (code) => REASONS[code].ministryId,
    }),
  }),
})

builder.queryField('atsReasons', (t) =>
  t.field({
    description: 'Why a child may be out of school, and who answers for it in this city (TUN-07).',
    type: [ReasonType],
    permission: 'anyone',
    resolve: () => [...ATS_REASONS],
  }),
)

const ProposalType = builder.objectRef<Proposal>('AtsProposal').implement({
  description: 'That a cause was proposed to the OPD that answers for it, and what it said (TUN-08, RF-R2).',
  permission: READ,
  fields: (t) => ({
    state: t.expose('state', { type: ProposalStateEnum, nullable: false, permission: READ }),
    proposedAt: t.expose('proposedAt', { type: 'DateTime', nullable: false, permission: READ }),
    answeredAt: t.expose('answeredAt', { type: 'DateTime', permission: READ, description: 'The OPD’s latest answer.' }),
    declineReason: t.exposeString('declineReason', {
      permission: READ,
      description: 'Coordination’s code of why the OPD gave it back (RF-R2).',
    }),
    proposedAgency: t.expose('proposedAgency', {
      type: ProposedAgencyEnum,
      permission: READ,
      description: 'The right agency, where the OPD named one (RF-R2).',
    }),
    outcome: t.exposeString('outcome', { permission: READ, description: 'Coordination’s code of how it ended.' }),
  }),
})

const CauseType = builder.objectRef<Cause>('AtsCause').implement({
  description: 'Why a child is out of school, and who answers for it (TUN-07).',
  permission: READ,
  fields: (t) => ({
    reason: t.expose('reason', { type: ReasonEnum, nullable: false, permission: READ }),
    label: t.string({
      nullable: false,
      permission: READ,
      description: 'In the language of Accept-Language.',
      resolve: ({ reason }, _args, { locale }) => inLocale(REASONS[reason].label, locale),
    }),
    aspek: t.field({
      type: [AspekEnum],
      nullable: false,
      permission: READ,
      resolve: ({ reason }) => [...REASONS[reason].aspek],
    }),
    primary: t.exposeBoolean('primary', { nullable: false, permission: READ, description: 'One is (TUN-R5).' }),
    opd: t.expose('opd', { type: OpdEnum, permission: READ, description: 'Null until Bapperida decides, with A13.' }),
    note: t.exposeString('note', { permission: READ, description: 'What another cause (A13) is.' }),
    proposal: t.expose('proposal', { type: ProposalType, permission: READ, description: 'Null until proposed.' }),
  }),
})

/** Any number of records' causes in one statement. */
const causesOf = (context: EducationContext): ((recordId: string) => Promise<readonly Cause[] | null>) =>
  loader(context, 'ats-causes', (ids: readonly string[]) => findCauses(context.app.db, ids))

builder.objectField(AtsRecordType, 'causes', (t) =>
  t.field({
    type: [CauseType],
    permission: READ,
    description:
      'Why, the primary cause first: all for those who map them, without social cases for the city, and for an OPD what ' +
      'was proposed to it (TUN-R3, PV-12, PV-14).',
    resolve: async (record, _args, context) => {
      const [child, causes] = await Promise.all([childOf(context)(record.childId), causesOf(context)(record.id)])
      if (!child || !causes) return []
      const { caller } = context
      const facts = factsOfRecord(record, child.group.level)
      const mayMap = decide(caller, 'ats.cause.map', facts).allowed
      const mayDecide = decide(caller, 'ats.opd.decide', facts).allowed
      // An OPD reads by the grant of its referral.
      const { grants } = child.group
      const mayReadAt = (level: Sensitivity) =>
        decide(caller, READ, { ...facts, grants, level: level > facts.level ? level : facts.level }).allowed
      const seen = causesSeenBy({ mayMap, mayDecide, agency: caller.agency, mayReadAt }, causes)
      if (seen.length > 0) noteRead(context, record.childId, READ)
      return [...seen]
    },
  }),
)
