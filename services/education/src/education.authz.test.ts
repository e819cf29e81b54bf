import type { AgencyCode, ChildId, Sensitivity } from '@satuanak/contracts'
import { loader } from '@satuanak/graphql-kit'
import { assertPermissions } from '@satuanak/graphql-kit/testing'
import { contextOf } from '@satuanak/testkit'
import { expect, test } from 'vitest'
import { schema } from './graphql/schema.ts'

const NEAR = '33.75.03.1004'
const FAR = '33.75.01.1001'
const MINE = '99000001'
const OTHER = '99000002'
const LEVELS = [2, 3, 4] as const
/** Whom a referral opened which parts. */
const GRANTS = [null, ['DISDIK', 'ats'], ['DINKES', 'ats'], ['DINKES', 'school']] as const

interface Sampled {
  readonly level: Sensitivity
  readonly kelurahan: string
  readonly npsn: string
  readonly grant: readonly [AgencyCode, string] | null
}

/** One child per level, place, school and grant; each its own id, as a loader knows it. */
function sample({ level, kelurahan, npsn, grant }: Sampled, index: number) {
  const id = `01930000-0000-7000-8000-${String(index).padStart(12, '0')}` as ChildId
  const grants = grant === null ? [] : [{ referralId: id, agency: grant[0], parts: [grant[1]] }]
  const enrolment = { id, childId: id, npsn, startedOn: Temporal.PlainDate.from('2026-07-15'), endedOn: null }
  const record = { id, childId: id, kelurahan, closedAt: null, fieldChecks: [] }
  return {
    id,
    group: { canonical: id, ids: [id], level, grants },
    enrolments: [enrolment],
    current: enrolment,
    records: [record],
  }
}
const CHILDREN = [NEAR, FAR]
  .flatMap((kelurahan) => [MINE, OTHER].map((npsn) => ({ kelurahan, npsn })))
  .flatMap((place) => GRANTS.flatMap((grant) => LEVELS.map((level) => ({ ...place, grant, level }))))
  .map(sample)
const BY_ID = new Map(CHILDREN.map((child) => [child.id, child]))

test('every field of the education subgraph lets through exactly whom the permissions table lets through, role by role', async () => {
  const walked = await assertPermissions({
    schema,
    contextFor: (role) => {
      const context = contextOf(role, { kelurahan: [NEAR], schools: [MINE] })
      // Enrolments and records find their child's facts through the loader: it answers with the samples.
      loader(context, 'child', async (ids: readonly ChildId[]) => new Map(ids.flatMap((id) => found(id))))
      return context
    },
    parents: {
      Child: CHILDREN,
      Enrolment: CHILDREN.flatMap((child) => child.enrolments),
      AtsRecord: CHILDREN.flatMap((child) => child.records),
    },
  })
  expect(walked).toBeGreaterThan(20_000)
})

function found(id: ChildId): [ChildId, object][] {
  const child = BY_ID.get(id)
  return child ? [[id, child]] : []
}
