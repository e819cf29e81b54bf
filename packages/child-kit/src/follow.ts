import { ChildId, type EventOf, type EventType, type ServiceName } from '@satuanak/contracts'
import type { Handlers, SqlClient, Subscription, Tx } from '@satuanak/messaging'
import {
  endChildSchoolInTx,
  keepGrantShutInTx,
  openGrantInTx,
  saveChildKnownInTx,
  saveChildLevelInTx,
  saveChildLinkInTx,
  saveChildSchoolInTx,
} from './projection.ts'

const fromCivilRegistry = {
  'civil-registry.person.registered.v1': keepKnown,
  'civil-registry.person.merged.v1': (tx, event) =>
    saveChildLinkInTx(tx, { ...event.data, linked: true }, event.subjectversion),
  'civil-registry.person.split.v1': (tx, event) =>
    saveChildLinkInTx(tx, { ...event.data, linked: false }, event.subjectversion),
} satisfies Handlers

const fromSocial = {
  'social.child.presented.v1': keepKnown,
  'social.child.protected.v1': (tx, event) =>
    saveChildLevelInTx(tx, ChildId.parse(event.subject), event.data.level, event.subjectversion),
} satisfies Handlers

const fromCoordination = {
  'coordination.referral.created.v1': (tx, event) =>
    openGrantInTx(
      tx,
      {
        referralId: event.data.referralId,
        child: ChildId.parse(event.subject),
        agency: event.data.to,
        parts: event.data.grants,
        expiresAt: Temporal.Instant.from(event.data.expiresAt),
      },
      event.subjectversion,
    ),
  'coordination.referral.rejected.v1': shutGrant,
  'coordination.referral.completed.v1': shutGrant,
} satisfies Handlers

type Ended = EventOf<'coordination.referral.rejected.v1' | 'coordination.referral.completed.v1'>

function shutGrant(tx: Tx, { subject, subjectversion, data: { referralId, to } }: Ended): Promise<void> {
  return keepGrantShutInTx(tx, { referralId, child: ChildId.parse(subject), agency: to }, subjectversion)
}

const fromEducation = {
  'education.child.presented.v1': keepKnown,
  'education.enrolment.started.v1': (tx, event) =>
    saveChildSchoolInTx(tx, event.data.enrolmentId, ChildId.parse(event.subject), event.data.npsn),
  'education.enrolment.ended.v1': (tx, event) =>
    endChildSchoolInTx(tx, { ...event.data, child: ChildId.parse(event.subject) }),
} satisfies Handlers

function keepKnown(tx: Tx, { subject }: EventOf<EventType>): Promise<void> {
  return saveChildKnownInTx(tx, ChildId.parse(subject))
}

const FROM = {
  'civil-registry': fromCivilRegistry,
  education: fromEducation,
  social: fromSocial,
  coordination: fromCoordination,
} as const satisfies Partial<Record<ServiceName, Handlers>>

/** The reactions that keep the projections: children told of, links, protection levels, referral grants and schools. */
export function childHandlers(): Handlers {
  return { ...fromCivilRegistry, ...fromEducation, ...fromSocial, ...fromCoordination }
}

/**
 * The service's own subscriptions with the projections' reactions woven in; where both react to a type, the
 * projection goes first and in the same transaction. What `self` publishes is left alone: an owner writes its fact
 * with the `…InTx` functions when it happens, so that its own readers never see the older state.
 */
export function followChildren<Client extends SqlClient>(
  self: ServiceName,
  own: readonly Subscription<Client>[],
): Subscription<Client>[] {
  const followed: Partial<Record<ServiceName, Handlers>> = { ...FROM, [self]: undefined }
  const sources = new Set([...own.map(({ from }) => from), ...(Object.keys(FROM) as ServiceName[])])
  return [...sources]
    .filter((from) => followed[from] !== undefined || own.some((one) => one.from === from))
    .map((from) => ({
      from,
      handlers: own
        .filter((one) => one.from === from)
        .reduce<Handlers<Client>>((before, { handlers }) => inTurn(before, handlers), followed[from] ?? {}),
    }))
}

type Handler<Type extends EventType, Client extends SqlClient> = (tx: Tx<Client>, event: EventOf<Type>) => Promise<void>

function inTurn<Client extends SqlClient>(first: Handlers<Client>, second: Handlers<Client>): Handlers<Client> {
  const inBoth = Object.keys(second).filter((type): type is EventType => type in first)
  return inBoth.reduce((joined, type) => withBoth(joined, type, first, second), { ...first, ...second })
}

function withBoth<Type extends EventType, Client extends SqlClient>(
  joined: Handlers<Client>,
  type: Type,
  first: Handlers<Client>,
  second: Handlers<Client>,
): Handlers<Client> {
  const one: Handler<Type, Client> | undefined = first[type]
  const two: Handler<Type, Client> | undefined = second[type]
  const both: Handler<Type, Client> = async (tx, event) => {
    await one?.(tx, event)
    await two?.(tx, event)
  }
  return { ...joined, [type]: both }
}
