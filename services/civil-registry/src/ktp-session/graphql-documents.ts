import { HANDED_IN, type PupilEntry } from '@satuanak/offline-session/rules'
import { noteRead } from '@satuanak/service-kit'
import type { RegistryContext } from '../app.ts'
import { builder } from '../graphql/builder.ts'
import { ChildType } from '../graphql/child.ts'
import { HandedInEnum, KtpSessionType, RECORDING_STATUSES, RecordingStatusEnum } from '../graphql/ktp-session.ts'
import type { Session } from './domain.ts'
import { factsOfSeat, PupilType, type Seat, seatsFor, seatsOf } from './graphql-pupil.ts'

const READ = 'ktp.session.read'

/** Whom the reader may see of a session, by line. */
async function linesFor(session: Session, context: RegistryContext): Promise<Seat[]> {
  const seats = seatsFor(await seatsOf(session, context), context.caller)
  for (const { pupil } of seats) noteRead(context, pupil.childId, READ)
  return seats
}

const isFixed = ({ steps }: Session): boolean => fixedAt(steps) !== null
const fixedAt = (steps: Session['steps']) => steps.find(({ step }) => step === 'BLG-01')?.endedAt ?? null

const ScheduleType = builder.objectRef<Session>('KtpSchedule').implement({
  description: 'DOC-09, the Jadwal Perekaman: when the officers come, with how many devices, and for whom (BLG-01).',
  permission: READ,
  fields: (t) => ({
    fixedAt: t.field({ type: 'DateTime', permission: READ, resolve: ({ steps }) => fixedAt(steps) }),
    startsAt: t.expose('startsAt', { type: 'DateTime', nullable: false, permission: READ }),
    endsAt: t.field({
      type: 'DateTime',
      nullable: false,
      permission: READ,
      resolve: ({ startsAt, hours }) => startsAt.add({ hours }),
    }),
    devices: t.exposeInt('devices', { nullable: false, permission: READ }),
    officers: t.field({
      type: ['String'],
      permission: 'ktp.session.plan',
      description: 'Accounts of the field officers.',
      resolve: ({ officers }) => [...officers],
    }),
    bring: t.field({
      type: [HandedInEnum],
      nullable: false,
      permission: READ,
      description: 'What each pupil brings (KT-06).',
      resolve: () => [...HANDED_IN],
    }),
    lines: t.field({
      type: [PupilType],
      nullable: false,
      permission: READ,
      resolve: (it, _a, context) => linesFor(it, context),
    }),
  }),
})

interface StatusLine {
  readonly seat: Seat
  readonly entry: PupilEntry
}

const StatusLineType = builder.objectRef<StatusLine>('KtpStatusLine').implement({
  description: 'A line of DOC-11: what the check of one pupil found (BLG-03).',
  permission: 'ktp.record',
  facts: ({ seat }) => factsOfSeat(seat),
  child: ({ seat }) => seat.pupil.childId,
  fields: (t) => ({
    number: t.int({
      nullable: false,
      permission: 'ktp.record',
      description: 'As on the schedule (DOC-09).',
      resolve: ({ seat }) => seat.pupil.number,
    }),
    child: t.field({ type: ChildType, permission: 'child.refer', resolve: ({ seat }) => seat.child }),
    status: t.field({
      type: RecordingStatusEnum,
      permission: 'ktp.record',
      resolve: ({ entry }) => RECORDING_STATUSES.find((status) => status === entry.outcome) ?? null,
    }),
    checkedAt: t.field({
      type: 'DateTime',
      nullable: false,
      permission: 'ktp.record',
      resolve: ({ entry }) => entry.endedAt,
    }),
    officer: t.string({ nullable: false, permission: 'ktp.record', resolve: ({ entry }) => entry.officer }),
  }),
})

builder.objectFields(KtpSessionType, (t) => ({
  schedule: t.field({
    description: 'DOC-09; null while the day is a draft.',
    type: ScheduleType,
    permission: READ,
    resolve: (session) => (isFixed(session) ? session : null),
  }),
  statusList: t.field({
    description: 'DOC-11: what the check of each pupil found, of those who were checked (BLG-03).',
    type: [StatusLineType],
    permission: 'ktp.record',
    resolve: async (session, _args, context) =>
      (await linesFor(session, context)).flatMap((seat) => {
        const entry = seat.pupil.steps.findLast(({ step }) => step === 'BLG-03')
        return entry ? [{ seat, entry }] : []
      }),
  }),
}))
