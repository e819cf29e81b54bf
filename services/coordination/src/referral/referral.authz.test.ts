import type { AgencyCode, ChildId, Sensitivity } from '@satuanak/contracts'
import { loader } from '@satuanak/graphql-kit'
import { assertPermissions } from '@satuanak/graphql-kit/testing'
import { contextOf } from '@satuanak/testkit'
import { expect, test } from 'vitest'
import { schema } from '../graphql/schema.ts'

const NEAR = '33.75.03.1004'
const FAR = '33.75.01.1001'
const PAIRS = [
  ['DINSOS', 'DISDIK'],
  ['KELURAHAN', 'DINKES'],
  ['DUKCAPIL', 'KELURAHAN'],
  ['RPPSA', 'BAPPERIDA'],
] as const satisfies readonly (readonly [AgencyCode, AgencyCode])[]

/** One child per level, place and pair of agencies, with one referral between them. */
function sample(level: Sensitivity, kelurahan: string, [from, to]: (typeof PAIRS)[number], index: number) {
  const id = `01930000-0000-7000-8000-${String(index).padStart(12, '0')}` as ChildId
  const office = (agency: AgencyCode) => (agency === 'KELURAHAN' ? kelurahan : null)
  return {
    id,
    group: { canonical: id, ids: [id], level, grants: [], schools: [] },
    referrals: [{ childId: id, from, to, fromKelurahan: office(from), toKelurahan: office(to) }],
    kelurahan: [kelurahan],
  }
}
const LEVELS = [2, 3, 4] as const
const CHILDREN = [NEAR, FAR].flatMap((place, p) =>
  PAIRS.flatMap((pair, a) => LEVELS.map((level) => sample(level, place, pair, p * 100 + a * 10 + level))),
)
const BY_ID = new Map(CHILDREN.map((child) => [child.id, child]))

test('every field of coordination lets through exactly whom the permissions table lets through, role by role', async () => {
  const walked = await assertPermissions({
    schema,
    contextFor: (role) => {
      const context = contextOf(role, { kelurahan: [NEAR] })
      // A referral finds its child's level through the loader: it answers with the samples.
      loader(context, 'child', async (ids: readonly ChildId[]) => new Map(ids.flatMap((id) => found(id))))
      return context
    },
    parents: { Child: CHILDREN, Referral: CHILDREN.flatMap((child) => child.referrals) },
  })
  expect(walked).toBeGreaterThan(5_000)
})

function found(id: ChildId): [ChildId, object][] {
  const child = BY_ID.get(id)
  return child ? [[id, child]] : []
}
