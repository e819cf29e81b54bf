import { KTP_CANCEL_REASONS } from '@satuanak/contracts'
import type { Notice } from '@satuanak/domain-kit'
import { connection, createCursor, inLocale, pageArgs, pageRequest } from '@satuanak/graphql-kit'
import { type ChecklistItem, DIREKAM_DI_SEKOLAH, ITEM_STATES, SESSION_STATES } from '@satuanak/offline-session/rules'
import { noteRead } from '@satuanak/service-kit'
import type { RegistryContext } from '../app.ts'
import { builder } from '../graphql/builder.ts'
import { KtpSessionType, sessionOf } from '../graphql/ktp-session.ts'
import { type Capacity, capacityOf, capacityWarning, type Session } from './domain.ts'
import { minutesOf, type SessionMinutes } from './domain-minutes.ts'
import { factsOfSession } from './get-session.ts'
import { PupilType, StepMinutesType, seatsFor, seatsOf } from './graphql-pupil.ts'
import { listSessions } from './list-sessions.ts'

const NPSN = '8 digits, or P or K and 7 digits (ID-13).'

const SessionStateEnum = builder.enumType('KtpSessionState', {
  description: 'Drafted, scheduled, going on, over, or called off (KT-08).',
  values: SESSION_STATES,
})
export const ItemStateEnum = builder.enumType('KtpItemState', {
  description: 'Nobody looked yet, there, not there, broken.',
  values: ITEM_STATES,
})
export const CancelReasonEnum = builder.enumType('KtpCancelReason', {
  description: 'Network, weather, device (KT-08), the school, the officers.',
  values: KTP_CANCEL_REASONS,
})

const Item = builder.objectRef<ChecklistItem>('KtpChecklistItem').implement({
  description: 'One piece of equipment (BLG-H4).',
  permission: 'ktp.session.plan',
  fields: (t) => ({
    item: t.exposeString('item', { nullable: false, permission: 'ktp.session.plan', description: '`PEMINDAI_IRIS`' }),
    name: t.string({
      permission: 'ktp.session.plan',
      resolve: ({ item }, _args, { locale }) => {
        const equipment = DIREKAM_DI_SEKOLAH.equipment.find(({ code }) => code === item)
        return equipment ? inLocale(equipment.name, locale) : null
      },
    }),
    state: t.expose('state', { type: ItemStateEnum, nullable: false, permission: 'ktp.session.plan' }),
  }),
})

interface Load extends Capacity {
  readonly pupils: number
  readonly warning: Notice | null
}

const CapacityType = builder.objectRef<Load>('KtpCapacity').implement({
  description: 'How many pupils the devices manage: 12 to 15 each in a day of 6 hours (BLG-R4).',
  permission: 'ktp.session.plan',
  fields: (t) => ({
    from: t.exposeInt('from', { nullable: false, permission: 'ktp.session.plan' }),
    to: t.exposeInt('to', { nullable: false, permission: 'ktp.session.plan' }),
    pupils: t.exposeInt('pupils', {
      nullable: false,
      permission: 'ktp.session.plan',
      description: 'Hidden children are not counted (PV-14).',
    }),
    warning: t.string({
      permission: 'ktp.session.plan',
      description: 'What to do about too many; null where they can be managed.',
      resolve: ({ warning }, _args, { locale }) => warning && inLocale(warning.message, locale),
    }),
  }),
})

const MinutesType = builder.objectRef<SessionMinutes>('KtpMinutes').implement({
  description: 'How long the session took, step by step, against the SOP’s own limits (ID-29).',
  permission: 'ktp.session.plan',
  fields: (t) => ({
    total: t.exposeInt('total', { nullable: false, permission: 'ktp.session.plan', description: 'Minutes worked.' }),
    pupils: t.exposeInt('pupils', {
      nullable: false,
      permission: 'ktp.session.plan',
      description: 'For whom any step was done.',
    }),
    steps: t.field({
      type: [StepMinutesType],
      nullable: false,
      permission: 'ktp.session.plan',
      description: 'Those of the whole session.',
      resolve: ({ steps }) => steps.filter(({ childId }) => childId === null),
    }),
    late: t.field({
      type: [StepMinutesType],
      nullable: false,
      permission: 'ktp.session.plan',
      description: 'What took longer than the SOP allows.',
      resolve: ({ late }) => [...late],
    }),
  }),
})

/** What a caller who may not know of a hidden pupil is shown of its session: nothing of it (PV-14). */
async function withoutHidden(session: Session, context: RegistryContext): Promise<Session> {
  const seats = await seatsOf(session, context)
  const hidden = new Set(seats.filter(({ child }) => (child?.group.level ?? 4) === 4).map(({ pupil }) => pupil.childId))
  return { ...session, pupils: session.pupils.filter(({ childId }) => !hidden.has(childId)) }
}

KtpSessionType.implement({
  description: 'A day of KTP-el recording at a school (BLG-01 to BLG-06).',
  permission: 'ktp.session.read',
  facts: factsOfSession,
  fields: (t) => ({
    id: t.expose('id', { type: 'UUID', nullable: false, permission: 'ktp.session.read' }),
    npsn: t.exposeString('npsn', { nullable: false, permission: 'ktp.session.read', description: NPSN }),
    state: t.expose('state', { type: SessionStateEnum, nullable: false, permission: 'ktp.session.read' }),
    startsAt: t.expose('startsAt', { type: 'DateTime', nullable: false, permission: 'ktp.session.read' }),
    hours: t.exposeInt('hours', { nullable: false, permission: 'ktp.session.read' }),
    devices: t.exposeInt('devices', { nullable: false, permission: 'ktp.session.read' }),
    quota: t.exposeInt('quota', { permission: 'ktp.session.read', description: 'Null: all who were ready.' }),
    officers: t.field({
      type: ['String'],
      permission: 'ktp.session.plan',
      description: 'Accounts.',
      resolve: ({ officers }) => [...officers],
    }),
    cancelReason: t.expose('cancelReason', { type: CancelReasonEnum, permission: 'ktp.session.read' }),
    pupils: t.field({
      type: [PupilType],
      nullable: false,
      permission: 'ktp.session.read',
      resolve: async (session, _args, context) => {
        const seats = seatsFor(await seatsOf(session, context), context.caller)
        for (const { pupil } of seats) noteRead(context, pupil.childId, 'ktp.session.read')
        return seats
      },
    }),
    checklist: t.field({
      type: [Item],
      permission: 'ktp.session.plan',
      resolve: ({ checklist }) =>
        DIREKAM_DI_SEKOLAH.equipment.flatMap(({ code }) => checklist.filter(({ item }) => item === code)),
    }),
    capacity: t.field({
      type: CapacityType,
      permission: 'ktp.session.plan',
      resolve: async (session, _args, context) => {
        const { pupils } = await withoutHidden(session, context)
        return { ...capacityOf(session), pupils: pupils.length, warning: capacityWarning(session, pupils.length) }
      },
    }),
    minutes: t.field({
      type: MinutesType,
      permission: 'ktp.session.plan',
      resolve: async (session, _args, context) => {
        const { app } = context
        return minutesOf(await withoutHidden(session, context), { now: app.now(), calendar: app.calendar })
      },
    }),
  }),
})

const SessionConnection = connection(builder, 'KtpSessionConnection', {
  node: KtpSessionType,
  permission: 'ktp.session.read',
})
const BY_START = createCursor('ktpSessions', ['instant', 'uuid'])

builder.queryFields((t) => ({
  ktpSessions: t.field({
    description: 'Recording sessions at schools, the latest first; a school sees its own.',
    type: SessionConnection,
    permission: 'ktp.session.read',
    args: { npsn: t.arg.string({ description: NPSN }), state: t.arg({ type: SessionStateEnum }), ...pageArgs(builder) },
    resolve: async (_root, args, { app, caller }) => {
      const ask = pageRequest(args, BY_START)
      const sessions = await listSessions(app, caller, { ...args, ...ask })
      return ask.page(sessions, ({ startsAt, id }) => [startsAt.toString(), id])
    },
  }),
  ktpSession: t.field({
    description: 'One recording session: its pupils, checklist, capacity and minutes; null where there is none.',
    type: KtpSessionType,
    permission: 'ktp.session.read',
    args: { id: t.arg({ type: 'UUID', required: true }) },
    resolve: (_root, { id }, context) => sessionOf(context)(id),
  }),
}))
