import { particularsInput, sexEnum } from '@satuanak/child-kit/graphql'
import { type ChildId, NEEDS } from '@satuanak/contracts'
import { connection, createCursor, pageArgs, pageRequest, refusal } from '@satuanak/graphql-kit'
import { noteRead } from '@satuanak/service-kit'
import { builder } from '../graphql/builder.ts'
import { completeAssessment } from './complete-assessment.ts'
import { ACTIVITIES, type Assessment, type StreetContact } from './domain.ts'
import { AssessedBeforeMet, ChildNotFound, ChildNotMet, ContactAlreadyRecorded } from './errors.ts'
import { type Child, childOf, factsOf } from './graphql-child.ts'
import { listContacts } from './list-contacts.ts'
import { recordContact } from './record-contact.ts'
import { findAssessment, findContact } from './repository.ts'

const ParticularsInput = particularsInput(builder, sexEnum(builder))
const Activity = builder.enumType('StreetActivity', {
  description: 'What a child on the street was doing when met (SW-02).',
  values: ACTIVITIES,
})
const NeedEnum = builder.enumType('Need', {
  description: 'What an assessment found that another agency must answer.',
  values: NEEDS,
})

const ChildType = builder.objectRef<Child>('Child')

const Contact = builder.objectRef<StreetContact>('StreetContact')
Contact.implement({
  description: 'A meeting with a child on the street (TPI-03). One a day and child (EC-30).',
  permission: 'outreach.read',
  facts: async (contact, context) => {
    const child = await childOf(context)(contact.childId)
    return child && factsOf(child)
  },
  fields: (t) => ({
    id: t.expose('id', { type: 'UUID', nullable: false, permission: 'outreach.read' }),
    child: t.field({
      type: ChildType,
      permission: 'child.refer',
      resolve: ({ childId }, _args, context) => childOf(context)(childId),
    }),
    metOn: t.expose('metOn', { type: 'Date', nullable: false, permission: 'outreach.read' }),
    kelurahan: t.expose('kelurahan', { type: 'RegionCode', nullable: false, permission: 'outreach.read' }),
    place: t.exposeString('place', { nullable: false, permission: 'outreach.read' }),
    activity: t.expose('activity', { type: Activity, nullable: false, permission: 'outreach.read' }),
    repeat: t.exposeBoolean('repeat', {
      nullable: false,
      permission: 'outreach.read',
      description: 'The child had been met before: goes to the Kasi (TPI-R3).',
    }),
    note: t.string({
      permission: 'outreach.note.read',
      description: 'The narrative: never leaves social work (PV-12).',
      resolve: ({ childId, note }, _args, context) => {
        if (note !== null) noteRead(context, childId, 'outreach.note.read')
        return note
      },
    }),
  }),
})

const AssessmentType = builder.objectRef<Assessment>('Assessment')
AssessmentType.implement({
  description: 'What a social worker found (TPI-03, SW-05).',
  permission: 'assessment.read',
  facts: async (assessment, context) => {
    const child = await childOf(context)(assessment.childId)
    return child && factsOf(child)
  },
  fields: (t) => ({
    id: t.expose('id', { type: 'UUID', nullable: false, permission: 'assessment.read' }),
    child: t.field({
      type: ChildType,
      permission: 'child.refer',
      resolve: ({ childId }, _args, context) => childOf(context)(childId),
    }),
    doneOn: t.expose('doneOn', { type: 'Date', nullable: false, permission: 'assessment.read' }),
    droppedOut: t.exposeBoolean('droppedOut', { nullable: false, permission: 'assessment.read' }),
    needs: t.field({
      type: [NeedEnum],
      nullable: false,
      permission: 'assessment.read',
      resolve: ({ needs }) => [...needs],
    }),
    conclusion: t.string({
      permission: 'outreach.note.read',
      description: 'The narrative: never leaves social work (PV-12).',
      resolve: ({ childId, conclusion }, _args, context) => {
        noteRead(context, childId, 'outreach.note.read')
        return conclusion
      },
    }),
  }),
})

const Outreach = builder.objectRef<Child>('Outreach').implement({
  description: 'What street outreach knows of a child.',
  permission: 'outreach.read',
  facts: factsOf,
  child: ({ id }) => id,
  fields: (t) => ({
    contacts: t.field({
      description: 'The latest first.',
      type: [Contact],
      nullable: false,
      permission: 'outreach.read',
      resolve: ({ contacts }) => [...contacts],
    }),
    assessments: t.field({
      description: 'The latest first.',
      type: [AssessmentType],
      permission: 'assessment.read',
      resolve: ({ id, assessments }, _args, context) => {
        if (assessments.length > 0) noteRead(context, id, 'assessment.read')
        return [...assessments]
      },
    }),
  }),
})

ChildType.implement({
  permission: 'child.refer',
  facts: factsOf,
  fields: (t) => ({
    id: t.expose('id', { type: 'UUID', nullable: false, permission: 'child.refer' }),
    outreach: t.field({
      description: 'Null where social services never met the child.',
      type: Outreach,
      permission: 'outreach.read',
      resolve: (child, _args, context) => {
        if (child.contacts.length === 0 && child.assessments.length === 0) return null
        noteRead(context, child.id, 'outreach.read')
        return child
      },
    }),
  }),
})
builder.asEntity(ChildType, {
  key: builder.selection<{ id: string }>('id'),
  resolveReference: ({ id }, context) => childOf(context)(id as ChildId),
})

const BY_DAY = createCursor('streetContacts', ['day', 'uuid'])
const ContactConnection = connection(builder, 'StreetContactConnection', { node: Contact, permission: 'outreach.read' })

builder.queryFields((t) => ({
  streetContacts: t.field({
    description: 'The contacts of the outreach team, the latest first.',
    type: ContactConnection,
    permission: 'outreach.read',
    args: {
      kelurahan: t.arg.string(),
      since: t.arg({ type: 'Date' }),
      ...pageArgs(builder),
    },
    resolve: async (_root, args, context) => {
      const ask = pageRequest(args, BY_DAY)
      const contacts = await listContacts(context.app, context.caller, { ...args, ...ask })
      const page = ask.page(contacts, ({ metOn, id }) => [metOn.toString(), id])
      for (const contact of page.nodes) noteRead(context, contact.childId, 'outreach.read')
      return page
    },
  }),
}))

refusal(builder, ChildNotFound, {
  name: 'ChildNotFound',
  description: 'No such child here, or none that the caller may know of.',
})
refusal(builder, ContactAlreadyRecorded, {
  name: 'ContactAlreadyRecorded',
  description: 'The same child on the same day is one contact (EC-30).',
  fields: (t) => ({
    contactId: t.expose('contactId', { type: 'UUID', nullable: false, permission: 'anyone' }),
  }),
})
refusal(builder, ChildNotMet, {
  name: 'ChildNotMet',
  description: 'No contact with this child, or none that the caller may know of.',
})
refusal(builder, AssessedBeforeMet, {
  name: 'AssessedBeforeMet',
  description: 'The assessment is dated before the first contact.',
})

const REQUEST_ID = 'Chosen by the client, one per intention (EC-46).'

const RecordContactInput = builder.inputType('RecordContactInput', {
  description: 'Either `childId` or `newChild`.',
  fields: (t) => ({
    requestId: t.field({ type: 'UUID', required: true, description: REQUEST_ID }),
    childId: t.field({ type: 'UUID', description: 'A child some agency knows.' }),
    newChild: t.field({ type: ParticularsInput, description: 'A child met for the first time by any agency.' }),
    metOn: t.field({ type: 'Date', required: true, description: 'Today, or up to a year ago.' }),
    kelurahan: t.string({ required: true, description: 'Where the child was met: `33.75.01.1001`.' }),
    place: t.string({ required: true, description: 'A crossing, a market; at most 120 characters.' }),
    activity: t.field({ type: Activity, required: true }),
    note: t.string({ description: 'At most 4,000 characters; read by social workers only.' }),
  }),
})

const CompleteAssessmentInput = builder.inputType('CompleteAssessmentInput', {
  fields: (t) => ({
    requestId: t.field({ type: 'UUID', required: true, description: REQUEST_ID }),
    childId: t.field({ type: 'UUID', required: true }),
    doneOn: t.field({ type: 'Date', required: true, description: 'Not before the first contact, not in the future.' }),
    droppedOut: t.boolean({ required: true }),
    needs: t.field({ type: [NeedEnum], required: true, description: 'Each becomes a referral (RF-01, RF-02).' }),
    conclusion: t.string({ required: true, description: 'At most 4,000 characters; read by social workers only.' }),
  }),
})

builder.mutationFields((t) => ({
  recordContact: t.field({
    description:
      'Record a meeting with a child on the street (TPI-03); a new child is presented to the civil registry.',
    type: Contact,
    permission: 'outreach.record',
    args: { input: t.arg({ type: RecordContactInput, required: true }) },
    errors: { types: [ChildNotFound, ContactAlreadyRecorded] },
    resolve: async (_root, { input }, { app, caller }) => findContact(app.db, await recordContact(app, caller, input)),
  }),
  completeAssessment: t.field({
    description: 'Write down what was found; its needs become referrals to other agencies (TPI-03, TPI-04).',
    type: AssessmentType,
    permission: 'assessment.complete',
    args: { input: t.arg({ type: CompleteAssessmentInput, required: true }) },
    errors: { types: [ChildNotMet, AssessedBeforeMet] },
    resolve: async (_root, { input }, { app, caller }) =>
      findAssessment(app.db, await completeAssessment(app, caller, input)),
  }),
}))
