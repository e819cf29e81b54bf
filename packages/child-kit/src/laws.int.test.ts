import { type AgencyCode, ChildId, ReferralId, type Sensitivity } from '@satuanak/contracts'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { groupOf } from './index.ts'
import { hearIn, openTestDatabase, type TestDatabase } from './test-database.ts'

const NOW = Temporal.Instant.from('2026-07-15T03:00:00Z')
const LATER = '2026-08-15T03:00:00Z'
const OLDEST = ChildId.parse('01900000-0000-7000-8000-000000000000')
const CHILDREN = [OLDEST, ...[1, 2, 3, 4, 5].map((n) => ChildId.parse(`01900000-0000-7000-8000-00000000000${n}`))]
const REFERRALS = [1, 2, 3].map((n) => ReferralId.parse(`01900000-0000-7000-9000-00000000000${n}`))

let database: TestDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

type Fact =
  | { readonly kind: 'merged'; readonly alias: number; readonly canonical: number }
  | { readonly kind: 'split'; readonly alias: number; readonly canonical: number }
  | { readonly kind: 'protected'; readonly child: number; readonly level: Sensitivity }
  | { readonly kind: 'created'; readonly referral: number; readonly to: AgencyCode }
  | { readonly kind: 'completed'; readonly referral: number; readonly to: AgencyCode }

/** What is left of a story when every fact is simply believed in order. */
function believe(story: readonly Fact[]) {
  const links = new Map<string, readonly [number, number]>()
  const levels = new Map<number, Sensitivity>()
  const grants = new Map<number, AgencyCode>()
  for (const fact of story) {
    if (fact.kind === 'merged') links.set(`${fact.alias}>${fact.canonical}`, [fact.alias, fact.canonical])
    else if (fact.kind === 'split') links.delete(`${fact.alias}>${fact.canonical}`)
    else if (fact.kind === 'protected') levels.set(fact.child, fact.level)
    else if (fact.kind === 'created') grants.set(fact.referral, fact.to)
    else grants.delete(fact.referral)
  }
  const person = (start: number) => {
    const members = new Set([start])
    for (const member of members) {
      for (const [one, other] of links.values()) {
        if (one === member) members.add(other)
        if (other === member) members.add(one)
      }
    }
    return [...members].sort()
  }
  const isAlias = (child: number) => [...links.values()].some(([alias]) => alias === child)
  return (child: number) => {
    const ids = person(child).sort((x, y) => Number(isAlias(x)) - Number(isAlias(y)) || x - y)
    return {
      ids: ids.map((n) => CHILDREN[n]),
      level: Math.max(2, ...ids.map((n) => levels.get(n) ?? 2)),
      // Referral n is about child n throughout, as a referral never changes its child.
      grants: ids.flatMap((n) => (grants.has(n) ? [`${REFERRALS[n]} ${grants.get(n)}`] : [])).sort(),
    }
  }
}

const child = fc.nat({ max: CHILDREN.length - 1 })
const fact: fc.Arbitrary<Fact> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom('merged', 'split'), alias: child, canonical: child }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('protected'), child, level: fc.constantFrom(1, 2, 3, 4) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom('created', 'completed'),
      referral: fc.nat({ max: REFERRALS.length - 1 }),
      to: fc.constantFrom('DISDIK', 'DUKCAPIL'),
    }),
  },
) as fc.Arbitrary<Fact>
const story = fc
  .array(fact, { maxLength: 25 })
  .map((facts) => facts.filter((one) => !('alias' in one) || one.alias !== one.canonical))

/** Tell a fact; the version is its place in the story, which grows per subject as the outbox's does. */
function tell(one: Fact, version: number): Promise<void> {
  const hear = hearIn(database.tx)
  const id = (n: number) => CHILDREN[n] ?? OLDEST
  switch (one.kind) {
    case 'merged':
    case 'split': {
      const link = { alias: id(one.alias), canonical: id(one.canonical) }
      return hear(`civil-registry.person.${one.kind}.v1`, link.canonical, version, link)
    }
    case 'protected':
      return hear('social.child.protected.v1', id(one.child), version, { level: one.level })
    case 'created':
      return hear('coordination.referral.created.v1', id(one.referral), version, {
        ...party(one),
        grants: ['identity'],
        dueAt: LATER,
        expiresAt: LATER,
      })
    case 'completed':
      return hear('coordination.referral.completed.v1', id(one.referral), version, {
        ...party(one),
        outcome: 'SELESAI',
      })
  }
}

function party(one: { readonly referral: number; readonly to: AgencyCode }) {
  const referralId = REFERRALS[one.referral] ?? ReferralId.parse(OLDEST)
  return { referralId, type: 'RF-01', from: 'DINSOS', to: one.to } as const
}

async function everyone() {
  const groups = await groupOf(database.tx, CHILDREN, NOW)
  return CHILDREN.map((id) => {
    const group = groups.get(id)
    const grants = group?.grants.map(({ referralId, agency }) => `${referralId} ${agency}`).sort()
    return { ids: group?.ids, level: group?.level, grants }
  })
}

describe('laws of the projection (DESIGN §4)', () => {
  test('any story, with old messages delivered again at any time, ends as if each fact had been heard once', async () => {
    const again = fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 15 })
    await fc.assert(
      fc.asyncProperty(story, again, async (facts, repeats) => {
        await database.empty()
        for (const [at, one] of facts.entries()) {
          await tell(one, at + 1)
          for (const [when, which] of repeats) {
            const old = facts[which % (at + 1)]
            if (when % facts.length === at && old) await tell(old, (which % (at + 1)) + 1)
          }
        }
        const expected = believe(facts)
        expect(await everyone()).toEqual(CHILDREN.map((_, n) => expected(n)))
      }),
      { numRuns: 150 },
    )
  })

  test('any story heard in any order, each fact once or more, ends as if it had been heard in its own', async () => {
    const disordered = story.chain((facts) => {
      const places = [...facts.keys()]
      const heard = fc.tuple(fc.shuffledSubarray(places, { minLength: places.length }), fc.shuffledSubarray(places))
      return fc.tuple(fc.constant(facts), heard)
    })
    await fc.assert(
      fc.asyncProperty(disordered, async ([facts, [once, again]]) => {
        await database.empty()
        for (const at of [...once, ...again]) {
          const one = facts[at]
          if (one) await tell(one, at + 1)
        }
        const expected = believe(facts)
        expect(await everyone()).toEqual(CHILDREN.map((_, n) => expected(n)))
      }),
      { numRuns: 100 },
    )
  })

  test('link then unlink is nothing, whatever was linked before', async () => {
    await fc.assert(
      fc.asyncProperty(story, child, child, async (facts, alias, canonical) => {
        fc.pre(alias !== canonical)
        const known = facts.some((one) => 'alias' in one && one.alias === alias && one.canonical === canonical)
        fc.pre(!known)
        await database.empty()
        for (const [at, one] of facts.entries()) await tell(one, at + 1)
        const before = await everyone()
        await tell({ kind: 'merged', alias, canonical }, facts.length + 1)
        await tell({ kind: 'split', alias, canonical }, facts.length + 2)
        expect(await everyone()).toEqual(before)
      }),
      { numRuns: 100 },
    )
  })
})
