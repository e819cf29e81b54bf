import type { ReferralId } from '@satuanak/contracts'
import { refusal } from '@satuanak/graphql-kit'
import type { CoordinationContext } from '../app.ts'
import { builder } from '../graphql/builder.ts'
import { AgencyKind } from '../graphql/references.ts'
import { acceptReferral } from './accept-referral.ts'
import { completeReferral } from './complete-referral.ts'
import { declineReferral } from './decline-referral.ts'
import { ChildNotFound, DuplicateReferral, ReferralNotFound, WrongReferralState } from './errors.ts'
import { ChildPart, DeclineReasonKind, OutcomeKind, ReferralType } from './graphql.ts'
import { readReferral } from './list-referrals.ts'
import { sendReferral } from './send-referral.ts'

refusal(builder, ChildNotFound, {
  name: 'ChildNotFound',
  description: 'No such child here, or none that the caller may know of.',
})
refusal(builder, ReferralNotFound, {
  name: 'ReferralNotFound',
  description: 'No such referral, or none that the caller may know of (PV-14).',
})
refusal(builder, DuplicateReferral, {
  name: 'DuplicateReferral',
  description: 'The same child, type and receiver have an open referral already (RF-R4).',
  fields: (t) => ({
    referralId: t.expose('referralId', {
      description: 'The open one.',
      type: 'UUID',
      nullable: false,
      permission: 'anyone',
    }),
  }),
})
refusal(builder, WrongReferralState, {
  name: 'WrongReferralState',
  description: 'This cannot happen to a referral in its present state (DOMAIN §8).',
  fields: (t) => ({
    state: t.exposeString('state', { description: 'What it is in now.', nullable: false, permission: 'anyone' }),
  }),
})

const REQUEST_ID = 'Chosen by the client, one per intention (EC-46).'

const SendReferralInput = builder.inputType('SendReferralInput', {
  fields: (t) => ({
    requestId: t.field({ type: 'UUID', required: true, description: REQUEST_ID }),
    childId: t.field({ type: 'UUID', required: true }),
    type: t.string({ required: true, description: '`RF-01` … `RF-25`; decides who may send it, and to whom.' }),
    to: t.field({ type: AgencyKind, required: true }),
    toKelurahan: t.string({ description: 'Which kelurahan, where `to` is KELURAHAN; else leave it out.' }),
    reason: t.string({ required: true, description: 'To the receiver, at most 500 characters, without NIK.' }),
    parts: t.field({
      type: [ChildPart],
      description:
        'What the receiver may read of the child: the type’s minimum set (PV-12) or less. Left out: all of it.',
    }),
  }),
})
const AcceptReferralInput = builder.inputType('AcceptReferralInput', {
  fields: (t) => ({
    requestId: t.field({ type: 'UUID', required: true, description: REQUEST_ID }),
    referralId: t.field({ type: 'UUID', required: true }),
  }),
})
const DeclineReferralInput = builder.inputType('DeclineReferralInput', {
  fields: (t) => ({
    requestId: t.field({ type: 'UUID', required: true, description: REQUEST_ID }),
    referralId: t.field({ type: 'UUID', required: true }),
    reason: t.field({ type: DeclineReasonKind, required: true }),
    proposedAgency: t.field({ type: AgencyKind, description: 'The right agency, where one is known (RF-R2).' }),
    note: t.string({ description: 'At most 500 characters; needed with LAINNYA.' }),
  }),
})
const CompleteReferralInput = builder.inputType('CompleteReferralInput', {
  fields: (t) => ({
    requestId: t.field({ type: 'UUID', required: true, description: REQUEST_ID }),
    referralId: t.field({ type: 'UUID', required: true }),
    outcome: t.field({ type: OutcomeKind, required: true, description: 'One of the type’s closing events.' }),
    note: t.string({ description: 'At most 500 characters.' }),
  }),
})

const answered = async (context: CoordinationContext, id: Promise<ReferralId>) => readReferral(context.app, await id)

const ANSWERS = { types: [ReferralNotFound, WrongReferralState] }

builder.mutationFields((t) => ({
  sendReferral: t.field({
    description: 'Send a child on to another agency, which may then read the named parts (DOMAIN §8, DESIGN §7).',
    type: ReferralType,
    permission: 'referral.send',
    args: { input: t.arg({ type: SendReferralInput, required: true }) },
    errors: { types: [ChildNotFound, DuplicateReferral] },
    resolve: (_root, { input }, context) => answered(context, sendReferral(context.app, context.caller, input)),
  }),
  acceptReferral: t.field({
    description: 'Take a referral on, as its receiver (DOMAIN §8).',
    type: ReferralType,
    permission: 'referral.answer',
    args: { input: t.arg({ type: AcceptReferralInput, required: true }) },
    errors: ANSWERS,
    resolve: (_root, { input }, context) => answered(context, acceptReferral(context.app, context.caller, input)),
  }),
  declineReferral: t.field({
    description: 'Give a referral back, with a reason and, where possible, the right agency (RF-R2).',
    type: ReferralType,
    permission: 'referral.answer',
    args: { input: t.arg({ type: DeclineReferralInput, required: true }) },
    errors: ANSWERS,
    resolve: (_root, { input }, context) => answered(context, declineReferral(context.app, context.caller, input)),
  }),
  completeReferral: t.field({
    description: 'Say how an accepted referral ended (DOMAIN §8).',
    type: ReferralType,
    permission: 'referral.answer',
    args: { input: t.arg({ type: CompleteReferralInput, required: true }) },
    errors: ANSWERS,
    resolve: (_root, { input }, context) => answered(context, completeReferral(context.app, context.caller, input)),
  }),
}))
