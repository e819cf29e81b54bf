import { type ChildGroup, groupOf } from '@satuanak/child-kit'
import { AGENCIES, type AgencyCode, type ChildId } from '@satuanak/contracts'
import type { Sentence } from '@satuanak/domain-kit'
import { loader } from '@satuanak/graphql-kit'
import type { Facts } from '@satuanak/identity'
import type { Agency } from '../agency/domain.ts'
import { listAgencies } from '../agency/list-agencies.ts'
import type { CoordinationContext } from '../app.ts'
import { DECLINE_WORDS, type Referral } from '../referral/domain.ts'
import { flowOf, isReferralType, OUTCOMES } from '../referral/domain-referral-types.ts'
import { listReferralsOfChildren } from '../referral/list-referrals.ts'
import { findPlacesOfChildren } from '../timeline/list-timeline.ts'
import { builder } from './builder.ts'

export const AgencyKind = builder.enumType('AgencyCode', {
  description: 'Every agency of the house (DOMAIN §8).',
  values: AGENCIES,
})

export const AgencyType = builder.objectRef<Agency>('Agency')

/** The directory is read once in a request, whoever asks. */
export function agencyOf(context: CoordinationContext): (code: AgencyCode) => Promise<Agency | null> {
  return loader(context, 'agency', async () => {
    const agencies = await listAgencies(context.app)
    return new Map(agencies.map((agency) => [agency.code, agency]))
  })
}

/** One child as coordination sees it: who it is, what was sent about it, and where it was heard of. */
export interface Child {
  /** The id that was asked for; `group.canonical` is the one to show. */
  readonly id: ChildId
  readonly group: ChildGroup
  /** Every referral of every id of the person, oldest first. */
  readonly referrals: readonly Referral[]
  /** Kelurahan that registry and education named for the child; null where nobody spoke of the child at all. */
  readonly kelurahan: readonly string[] | null
}

/** Any number of children in three statements: their groups, their referrals, their places. */
export function childOf(context: CoordinationContext): (id: ChildId) => Promise<Child | null> {
  const { app } = context
  return loader(context, 'child', async (ids: readonly ChildId[]) => {
    const groups = await groupOf(app.db, ids, app.now())
    const members = [...new Set([...groups.values()].flatMap((group) => group.ids))]
    const [referrals, places] = await Promise.all([
      listReferralsOfChildren(app, members),
      findPlacesOfChildren(app.db, members),
    ])
    return new Map([...groups].map(([id, group]) => [id, assemble(id, group, referrals, places)]))
  })
}

function assemble(
  id: ChildId,
  group: ChildGroup,
  referrals: readonly Referral[],
  places: ReadonlyMap<ChildId, readonly string[]>,
): Child {
  const members = new Set(group.ids)
  const heard = group.ids.flatMap((member) => (places.has(member) ? [places.get(member) ?? []] : []))
  return {
    id,
    group,
    referrals: referrals.filter((referral) => members.has(referral.childId)),
    kelurahan: heard.length === 0 ? null : [...new Set(heard.flat())],
  }
}

/** What the fields of a child are measured against; null where coordination knows nothing of it. */
function factsOfChild({ group, referrals, kelurahan }: Omit<Child, 'id'>): Facts | null {
  if (referrals.length === 0 && kelurahan === null) return null
  const offices = referrals.flatMap(({ fromKelurahan, toKelurahan }) => [fromKelurahan ?? [], toKelurahan ?? []].flat())
  return {
    level: group.level,
    agencies: [...new Set(referrals.flatMap(({ from, to }) => [from, to]))],
    kelurahan: [...new Set([...(kelurahan ?? []), ...offices])],
    grants: group.grants,
  }
}

export const ChildType = builder.objectRef<Child>('Child')
ChildType.implement({
  permission: 'child.refer',
  facts: factsOfChild,
  fields: (t) => ({
    id: t.expose('id', { type: 'UUID', nullable: false, permission: 'child.refer' }),
  }),
})
builder.asEntity(ChildType, {
  key: builder.selection<{ id: string }>('id'),
  resolveReference: ({ id }, context) => childOf(context)(id as ChildId),
})

/** What a type of referral is called; a type that is new to this version is called by its code. */
export const referralTitle = (type: string): Sentence =>
  isReferralType(type) ? flowOf(type).title : { id: type, en: type }

const ANSWERS: Readonly<Record<string, Sentence>> = { ...DECLINE_WORDS, ...OUTCOMES }

/** A decline reason or an outcome in words; one that is new to this version is told by its code. */
export const answerWords = (code: string): Sentence => ANSWERS[code] ?? { id: code, en: code }
