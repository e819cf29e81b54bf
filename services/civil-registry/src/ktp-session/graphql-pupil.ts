import type { ChildId } from '@satuanak/contracts'
import { inLocale, loader } from '@satuanak/graphql-kit'
import { type Caller, decide, type Facts } from '@satuanak/identity'
import {
  type CardStanding,
  followCard,
  notHandedIn,
  PROGRESS,
  PUPIL_STATES,
  progressOf,
  type SessionPupil,
} from '@satuanak/offline-session/rules'
import type { RegistryContext } from '../app.ts'
import { builder } from '../graphql/builder.ts'
import { type Child, ChildType, childOf, factsOf } from '../graphql/child.ts'
import { ExceptionEnum, HandedInEnum, PlaceEnum, SiakField } from '../graphql/ktp-session.ts'
import { schoolsThatSee } from '../ktp-list/find-ready-pupils.ts'
import { readKtpStatuses } from '../ktp-recording/read-ktp-statuses.ts'
import type { Session } from './domain.ts'
import { clocked, limitInMinutes, type StepMinutes, titleOf } from './domain-minutes.ts'
import { SiakCheckType } from './graphql-siak.ts'

const PupilState = builder.enumType('KtpPupilState', {
  description: 'How far a pupil of a session has come (KT-08).',
  values: PUPIL_STATES,
})
const Progress = builder.enumType('KtpProgress', {
  description: 'The same as far as the school is told: nothing of it depends on age or marriage (KT-10).',
  values: PROGRESS,
})
export const StepMinutesType = builder.objectRef<StepMinutes>('KtpStepMinutes').implement({
  description: 'How long a step took against the SOP’s own limit, in minutes of office time (ID-29).',
  permission: 'ktp.session.plan',
  fields: (t) => ({
    step: t.exposeString('step', { nullable: false, permission: 'ktp.session.plan', description: '`BLG-03`' }),
    title: t.string({
      nullable: false,
      permission: 'ktp.session.plan',
      resolve: ({ step }, _args, { locale }) => inLocale(titleOf(step), locale),
    }),
    childId: t.expose('childId', {
      type: 'UUID',
      permission: 'ktp.session.plan',
      description: 'Null for a step of the whole session.',
    }),
    startedAt: t.field({
      type: 'DateTime',
      nullable: false,
      permission: 'ktp.session.plan',
      resolve: ({ entry }) => entry.startedAt,
    }),
    endedAt: t.field({ type: 'DateTime', permission: 'ktp.session.plan', resolve: ({ entry }) => entry.endedAt }),
    officer: t.string({ nullable: false, permission: 'ktp.session.plan', resolve: ({ entry }) => entry.officer }),
    outcome: t.string({
      permission: 'ktp.session.plan',
      description: 'The SOP’s branch it took.',
      resolve: ({ entry }) => entry.outcome,
    }),
    elapsed: t.exposeInt('elapsed', { permission: 'ktp.session.plan', description: 'Minutes.' }),
    limit: t.int({
      permission: 'ktp.session.plan',
      description: 'Minutes, at most; null where the SOP names none.',
      resolve: limitInMinutes,
    }),
    lateBy: t.exposeInt('lateBy', {
      nullable: false,
      permission: 'ktp.session.plan',
      description: 'Minutes over the limit; 0 in time.',
    }),
  }),
})

export interface Seat {
  readonly session: Session
  readonly pupil: SessionPupil
  readonly child: Child | null
  readonly today: Temporal.PlainDate
}

/** The pupils of a session with the children they are, each where the card is by now (KT-08). */
export async function seatsOf(session: Session, context: RegistryContext): Promise<Seat[]> {
  const { app } = context
  const today = app.today()
  const standing = loader(context, 'ktp-standing', (ids: readonly ChildId[]) => readKtpStatuses(app, app.db, ids))
  return Promise.all(
    session.pupils.map(async (kept) => {
      const [child, card] = await Promise.all([childOf(context)(kept.childId), standing(kept.childId)])
      const until = card?.decision.state === 'DITAHAN' ? card.decision.until : null
      const pupil = followCard(
        kept,
        card && standsAt(kept, card.decision.state, until, card.record.code === 'CARD_ISSUED'),
      )
      return { session, pupil, child, today }
    }),
  )
}

/** While the centre is not through, what the recording said holds: 16, so the card will wait (BLG-R3). */
function standsAt(
  { state: kept }: SessionPupil,
  state: CardStanding['state'],
  until: Temporal.PlainDate | null,
  isIssued: boolean,
): CardStanding | null {
  return state === 'BELUM' && kept === 'TERTUNDA_UMUR' ? null : { state, until, isIssued }
}

/** What permissions are measured against; null where the registry knows nothing of the child. */
export function factsOfSeat({ session: { npsn }, pupil, child, today }: Seat): Facts | null {
  const facts = child && factsOf(child)
  return facts && { ...facts, schools: schoolsThatSee({ ...pupil, npsn }, child.group.schools, today) }
}

/**
 * Whom this caller may see in a session. The others are left out as if they were not there, in the numbering too: a gap
 * would tell of them (PV-14, KT-10).
 */
export function seatsFor(seats: readonly Seat[], caller: Caller): Seat[] {
  const seen = seats.filter((seat) => {
    const facts = factsOfSeat(seat)
    return facts !== null && decide(caller, 'ktp.session.read', facts).allowed
  })
  return seen.map((seat, index) => ({ ...seat, pupil: { ...seat.pupil, number: index + 1 } }))
}

export const PupilType = builder.objectRef<Seat>('KtpSessionPupil').implement({
  description: 'A pupil of a recording session (KT-08).',
  permission: 'ktp.session.read',
  facts: factsOfSeat,
  child: ({ pupil }) => pupil.childId,
  fields: (t) => ({
    child: t.field({ type: ChildType, permission: 'child.refer', resolve: ({ child }) => child }),
    number: t.int({
      nullable: false,
      permission: 'ktp.session.read',
      description: 'As on the schedule (DOC-09): from 1, of those whom the reader may see.',
      resolve: ({ pupil }) => pupil.number,
    }),
    progress: t.field({
      type: Progress,
      nullable: false,
      permission: 'ktp.session.read',
      resolve: ({ pupil }) => progressOf(pupil.state),
    }),
    state: t.field({ type: PupilState, permission: 'ktp.record', resolve: ({ pupil }) => pupil.state }),
    reason: t.string({
      permission: 'ktp.record',
      description: 'Why the pupil was absent or left out (BLG-R1, KT-05, KT-09).',
      resolve: ({ pupil }) => pupil.reason,
    }),
    carriedFrom: t.field({
      type: 'UUID',
      permission: 'ktp.session.read',
      description: 'The session at which the pupil could not be recorded (KT-05).',
      resolve: ({ pupil }) => pupil.carriedFrom,
    }),
    papers: t.field({
      type: [HandedInEnum],
      permission: 'ktp.record',
      description: 'Handed in by now (KT-06).',
      resolve: ({ pupil }) => [...pupil.papers],
    }),
    papersMissing: t.field({
      type: [HandedInEnum],
      permission: 'ktp.session.read',
      description: 'What the school is still to bring for the pupil (KT-06).',
      resolve: ({ pupil }) => notHandedIn(pupil),
    }),
    siakFields: t.field({
      type: [SiakField],
      permission: 'ktp.record',
      description: 'What SIAK had otherwise than the akta (BLG-04).',
      resolve: ({ pupil }) => [...pupil.siakFields],
    }),
    siakCheck: t.field({
      type: SiakCheckType,
      permission: 'ktp.record',
      description: 'By whose word BLG-04 went, and what the register said; null before.',
      resolve: ({ pupil }) => (pupil.siak === null ? null : { ...pupil, siak: pupil.siak }),
    }),
    exceptions: t.field({
      type: [ExceptionEnum],
      permission: 'ktp.record',
      resolve: ({ pupil }) => [...pupil.exceptions],
    }),
    place: t.field({ type: PlaceEnum, permission: 'ktp.record', resolve: ({ pupil }) => pupil.place }),
    printFrom: t.field({
      type: 'Date',
      permission: 'ktp.record',
      description: 'The 17th birthday, where the card waits for it (BLG-R3).',
      resolve: ({ pupil }) => pupil.printFrom,
    }),
    steps: t.field({
      type: [StepMinutesType],
      permission: 'ktp.session.plan',
      description: 'What was done for this pupil, and how long it took.',
      resolve: ({ pupil }, _args, { app }) => [
        ...clocked(pupil.childId, pupil.steps, { now: app.now(), calendar: app.calendar }),
      ],
    }),
  }),
})
