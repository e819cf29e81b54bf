import { randomUUID } from 'node:crypto'
import { type ChildGroup, groupOf } from '@satuanak/child-kit'
import type { ChildId, KelurahanCode, Sensitivity } from '@satuanak/contracts'
import type { CoordinationApp } from '../app.ts'
import { findPlacesOfChildren } from '../timeline/list-timeline.ts'
import { NEVER_TOLD, type NoticeFacts } from './domain.ts'
import { mayHear } from './hearing.ts'
import type { WebhookTx } from './repository.ts'
import { type Claimed, claimDueInTx, settleInTx } from './repository-dispatch.ts'

/** Milliseconds that a lease outlives the portal's time, so that a slow clock or database takes nothing from a live one. */
const GRACE = 20_000

/**
 * Takes what is due now for sending. Who may hear is asked again for each message, by the child's level,
 * grants, schools and kelurahan of this moment: a child that was put under protection while its message waited is told of
 * to nobody (PV-14), and a pupil who left no longer to that school (PV-18).
 */
export function claimDeliveries(app: CoordinationApp): Promise<Claimed[]> {
  const now = app.now()
  const { atOnce, timeoutMs } = app.webhooks
  const until = now.add({ milliseconds: timeoutMs + GRACE })
  return app.inTransaction(async (tx) => {
    const claimed = await claimDueInTx(tx, { now, lease: randomUUID(), until, atOnce })
    const allowed = await allowedNow(tx, claimed, now)
    for (const { id, webhookId, lease, tries } of claimed.filter((one) => !allowed.has(one))) {
      await settleInTx(tx, { id, webhookId, lease, state: 'DITAHAN', dueAt: null, tries, at: now })
    }
    return [...allowed]
  })
}

async function allowedNow(tx: WebhookTx, claimed: readonly Claimed[], now: Temporal.Instant): Promise<Set<Claimed>> {
  const children = claimed.flatMap(({ childId }) => (childId === null ? [] : [childId as ChildId]))
  const groups = await groupOf(tx, [...new Set(children)], now)
  const members = [...new Set([...groups.values()].flatMap(({ ids }) => ids))]
  // Mostly nothing is due, and then nothing is asked.
  const places = members.length === 0 ? new Map<ChildId, KelurahanCode[]>() : await findPlacesOfChildren(tx, members)
  return new Set(
    claimed.filter(({ isTest, about, isAskedFor, childId, facts, ...one }) => {
      if (isTest) return true
      if (!isAskedFor || NEVER_TOLD.has(about)) return false
      const group = childId === null ? undefined : groups.get(childId as ChildId)
      return mayHear(one.hearer, { ...one, facts: group === undefined ? facts : factsNow(facts, group, places) })
    }),
  )
}

/** What is the child's is as it is today; what is the referral's, its agencies and the kelurahan among them, as it was. */
function factsNow(
  facts: NoticeFacts,
  { level, grants, schools, ids }: ChildGroup,
  places: ReadonlyMap<ChildId, readonly KelurahanCode[]>,
): NoticeFacts {
  const ofChild = { grants, schools, level: Math.max(facts.level, level) as Sensitivity }
  if (facts.agencies.length > 0) return { ...facts, ...ofChild }
  return { ...facts, ...ofChild, kelurahan: ids.flatMap((id) => places.get(id) ?? []) }
}
