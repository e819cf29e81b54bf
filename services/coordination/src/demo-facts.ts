import { createHash } from 'node:crypto'
import {
  AGENCY_OF,
  type AgencyCode,
  type EventData,
  EventId,
  type EventOf,
  type FactType,
  ServiceName,
} from '@satuanak/contracts'
import type { CityChild, CityReferral } from '@satuanak/demo-city'

/** An event that an agency of the demo city would have told, before it is numbered. */
type Told = { [Type in FactType]: { type: Type; at: string; org: AgencyCode; data: EventData<Type> } }[FactType]

/** What every agency would have told of a child of the demo city, in order: facts for the timeline, not for the bus. */
export function factsAbout(child: CityChild): EventOf<FactType>[] {
  const told = [
    ...registration(child),
    ...street(child),
    ...schooling(child),
    ...child.referrals.flatMap((referral) => [...paper(child, referral), ...referralFacts(referral)]),
  ]
  return told
    .map((fact) => ({ fact, at: Date.parse(fact.at) }))
    .sort((one, other) => one.at - other.at)
    .map(({ fact }, index) => eventOf(child, fact, index + 1))
}

function eventOf(child: CityChild, { type, at, org, data }: Told, subjectversion: number): EventOf<FactType> {
  const id = idOf(Date.parse(at), `${child.id} ${subjectversion}`)
  return {
    id,
    type,
    source: ServiceName.parse(type.slice(0, type.indexOf('.'))),
    subject: child.id,
    subjectversion,
    time: at,
    zone: 'Asia/Jakarta',
    dataschema: 1,
    actor: 'system',
    org,
    sensitivity: child.level,
    correlationid: id,
    causationid: null,
    traceparent: null,
    data,
  } as EventOf<FactType>
}

/** A UUIDv7 that carries its moment and is the same at every loading. */
function idOf(milliseconds: number, of: string): EventId {
  const time = milliseconds.toString(16).padStart(12, '0')
  const rest = createHash('sha256').update(of).digest('hex')
  return EventId.parse(
    `${time.slice(0, 8)}-${time.slice(8)}-7${rest.slice(0, 3)}-8${rest.slice(3, 6)}-${rest.slice(6, 18)}`,
  )
}

function registration({ met: { by, at }, missing, particulars }: CityChild): Told[] {
  const kelurahan = particulars.address?.kelurahan ?? null
  const registered: Told = {
    type: 'civil-registry.person.registered.v1',
    at,
    org: 'DUKCAPIL',
    data: { missing: [...missing], kelurahan },
  }
  if (by === 'civil-registry') return [registered]
  return [{ type: `${by}.child.presented.v1`, at, org: AGENCY_OF[by], data: { sealed: '' } }, registered]
}

function street({ outreach }: CityChild): Told[] {
  if (outreach === null) return []
  const { contacts, assessment } = outreach
  const met = contacts.map(
    ({ id, at, kelurahan, repeat }): Told => ({
      type: 'social.street.contact.recorded.v1',
      at,
      org: 'DINSOS',
      data: { contactId: id, kelurahan, repeat },
    }),
  )
  if (assessment === null) return met
  const { id, at, droppedOut, needs } = assessment
  const data = { assessmentId: id, droppedOut, needs: [...needs], kelurahan: null }
  return [...met, { type: 'social.street.assessment.completed.v1', at, org: 'DINSOS', data }]
}

function schooling({ enrolment, ats }: CityChild): Told[] {
  const org = 'DISDIK'
  const facts: Told[] = []
  if (ats !== null) {
    const { id: recordId, category, source, kelurahan, reportedAt: at, verified, reentered } = ats
    facts.push({ type: 'education.ats.record.created.v1', at, org, data: { recordId, category, source, kelurahan } })
    if (verified !== null) {
      const data = { recordId, outOfSchool: verified.outOfSchool }
      facts.push({ type: 'education.ats.record.verified.v1', at: verified.at, org, data })
    }
    if (reentered !== null) {
      const { npsn, level } = reentered
      const data = { recordId, npsn, level, date: enrolment?.startedOn ?? reentered.at.slice(0, 10) }
      facts.push({ type: 'education.ats.child.reentered.v1', at: reentered.at, org, data })
    }
  }
  if (enrolment === null) return facts
  const { id: enrolmentId, npsn, level, startedOn } = enrolment
  const at = ats?.reentered?.at ?? `${startedOn}T01:00:00Z`
  return [{ type: 'education.enrolment.started.v1', at, org, data: { enrolmentId, npsn, level, startedOn } }, ...facts]
}

/** What a completed RF-02 changed: the NIK is there. */
function paper({ missing }: CityChild, { type, completed }: CityReferral): Told[] {
  if (type !== 'RF-02' || completed === null || missing.includes('NIK')) return []
  const data = { paper: 'NIK' as const, missing: [...missing] }
  return [{ type: 'civil-registry.paper.issued.v1', at: completed.at, org: 'DUKCAPIL', data }]
}

function referralFacts(referral: CityReferral): Told[] {
  const { id: referralId, type, from, to, grants, sentAt, dueAt, expiresAt } = referral
  const { acknowledgedAt, rejected, completed } = referral
  const common = { referralId, type, from, to }
  const facts: Told[] = [
    {
      type: 'coordination.referral.created.v1',
      at: sentAt,
      org: from,
      data: { ...common, grants: [...grants], dueAt, expiresAt },
    },
  ]
  if (acknowledgedAt !== null) {
    facts.push({ type: 'coordination.referral.acknowledged.v1', at: acknowledgedAt, org: to, data: common })
  }
  if (rejected !== null) {
    const { at, reason, proposed } = rejected
    facts.push({ type: 'coordination.referral.rejected.v1', at, org: to, data: { ...common, reason, proposed } })
  }
  if (completed !== null) {
    const { at, outcome } = completed
    facts.push({ type: 'coordination.referral.completed.v1', at, org: to, data: { ...common, outcome } })
  }
  return facts
}
