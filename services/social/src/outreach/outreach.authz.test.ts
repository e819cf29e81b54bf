import type { AgencyCode, ChildId, Sensitivity } from '@satuanak/contracts'
import { loader } from '@satuanak/graphql-kit'
import { assertPermissions } from '@satuanak/graphql-kit/testing'
import { contextOf } from '@satuanak/testkit'
import { expect, test } from 'vitest'
import { schema } from '../graphql/schema.ts'

const NEAR = '33.75.03.1004'
const FAR = '33.75.01.1001'

/** One child per level, place and grant; each its own id, as a loader knows it. */
function sample(level: Sensitivity, kelurahan: string, agency: AgencyCode | null, index: number) {
  const id = `01930000-0000-7000-8000-${String(index).padStart(12, '0')}` as ChildId
  const grants = agency === null ? [] : [{ referralId: id, agency, parts: ['outreach', 'assessment'] }]
  return {
    id,
    group: { canonical: id, ids: [id], level, grants },
    contacts: [{ id, childId: id, kelurahan }],
    assessments: [{ id, childId: id }],
  }
}
const LEVELS = [2, 3, 4] as const
const CHILDREN = [NEAR, FAR].flatMap((place, p) =>
  [null, 'DISDIK' as const, 'DINKES' as const].flatMap((agency, a) =>
    LEVELS.map((level) => sample(level, place, agency, p * 100 + a * 10 + level)),
  ),
)
const BY_ID = new Map(CHILDREN.map((child) => [child.id, child]))

test('every field of the social subgraph lets through exactly whom the permissions table lets through, role by role', async () => {
  const walked = await assertPermissions({
    schema,
    contextFor: (role) => {
      const context = contextOf(role, { kelurahan: [NEAR] })
      // Contacts and assessments find their child's facts through the loader: it answers with the samples.
      loader(context, 'child', async (ids: readonly ChildId[]) => new Map(ids.flatMap((id) => found(id))))
      return context
    },
    parents: {
      Child: CHILDREN,
      Outreach: CHILDREN,
      StreetContact: CHILDREN.flatMap((child) => child.contacts),
      Assessment: CHILDREN.flatMap((child) => child.assessments),
    },
  })
  expect(walked).toBeGreaterThan(5_000)
})

function found(id: ChildId): [ChildId, object][] {
  const child = BY_ID.get(id)
  return child ? [[id, child]] : []
}
