import { type ChildGroup, groupOf } from '@satuanak/child-kit'
import {
  ChildId,
  type EventOf,
  type FactType,
  KelurahanCode,
  type Notice,
  type Sensitivity,
  type Topic,
} from '@satuanak/contracts'
import type { Permission } from '@satuanak/identity'
import type { Tx } from '@satuanak/messaging'
import type { CoordinationClient } from '../app.ts'
import { readReferral } from '../referral/list-referrals.ts'
import { GUARDED_BY } from '../timeline/guarded-by.ts'
import { findPlacesOfChildren } from '../timeline/list-timeline.ts'
import { HEARD_AS, type Hearing } from './domain.ts'

/** What a topic asks of its listeners besides the permission that guards the fact. */
const ASKED_BY = { inbox: ['inbox.read'], case: [], session: [] } as const satisfies Record<
  Topic,
  readonly Permission[]
>

/**
 * The notices that this fact gives, none where it tells nobody anything: whom it concerns, by the facts of this moment,
 * the event's own effects included. Ids and codes only; the level is the larger of the child's and the event's (PV-14).
 */
export async function noticesOf(
  tx: Tx<CoordinationClient>,
  event: EventOf<FactType>,
  now: Temporal.Instant,
): Promise<Notice[]> {
  const heard: Hearing | null = HEARD_AS[event.type]
  if (heard === null) return []
  const told = await subjectsOf(tx, event, heard, now)
  return heard.topics.flatMap((topic) =>
    told.map(({ ids, facts }) => ({
      topic,
      about: event.type,
      at: event.time,
      ids,
      permissions: [...ASKED_BY[topic], GUARDED_BY[event.type]],
      facts,
    })),
  )
}

type Told = Pick<Notice, 'ids' | 'facts'>

async function subjectsOf(
  tx: Tx<CoordinationClient>,
  event: EventOf<FactType>,
  { subject }: Hearing,
  now: Temporal.Instant,
): Promise<Told[]> {
  if (subject !== 'childId') return [{ ids: { [subject]: event.subject }, facts: ofSchool(event) }]
  const groups = await groupOf(tx, childrenOf(event), now)
  const persons = new Map([...groups.values()].map((group) => [group.canonical, group]))
  return Promise.all([...persons.values()].map((group) => ofPerson(tx, event, group)))
}

/** A person taken apart is two from now on, and each has readers of its own. */
const childrenOf = ({ subject, type, data }: EventOf<FactType>): ChildId[] =>
  type === 'civil-registry.person.split.v1' && 'alias' in data
    ? [ChildId.parse(subject), data.alias]
    : [ChildId.parse(subject)]

async function ofPerson(tx: Tx<CoordinationClient>, event: EventOf<FactType>, group: ChildGroup): Promise<Told> {
  const { data, sensitivity } = event
  const level = Math.max(group.level, sensitivity) as Sensitivity
  const grants = group.grants.map(({ agency, parts }) => ({ agency, parts: [...parts] }))
  const facts = { level, grants, schools: [...group.schools], agencies: [] }
  const ids = { childId: group.canonical }
  if (!('referralId' in data)) return { ids, facts: { ...facts, kelurahan: await placesOf(tx, group) } }
  const { referralId, from, to } = data
  const offices = await officesOf(tx, referralId)
  return { ids: { ...ids, referralId }, facts: { ...facts, agencies: [from, to], kelurahan: offices } }
}

async function placesOf(tx: Tx<CoordinationClient>, { ids }: ChildGroup): Promise<Notice['facts']['kelurahan']> {
  return [...new Set([...(await findPlacesOfChildren(tx, ids)).values()].flat())]
}

/** Of a kelurahan, the office that sent or received it, as its readers are told apart in the graph (TUN-R3). */
async function officesOf(tx: Tx<CoordinationClient>, id: Parameters<typeof readReferral>[1]) {
  const referral = await readReferral({ db: tx }, id)
  return [referral?.fromKelurahan, referral?.toKelurahan].flatMap((code) => KelurahanCode.safeParse(code).data ?? [])
}

/** A day or a batch of cards is a school's; no child is named. */
function ofSchool({ data, sensitivity }: EventOf<FactType>): Notice['facts'] {
  const schools = 'npsn' in data && data.npsn !== null ? [data.npsn] : []
  return { level: sensitivity, kelurahan: [], schools, agencies: [], grants: [] }
}
