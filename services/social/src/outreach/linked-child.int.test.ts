import { randomUUID } from 'node:crypto'
import { groupOf } from '@satuanak/child-kit'
import type { ChildId } from '@satuanak/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { deskOf, type SocialNetwork, startSocial } from '../test-outreach.ts'

let network: SocialNetwork
let { record, assess } = {} as ReturnType<typeof deskOf>

beforeAll(async () => {
  network = await startSocial()
  ;({ record, assess } = deskOf(network))
})
afterAll(() => network?.close())

const db = () => network.service('social').app.db

/** Two ids that an officer declared one person. */
async function linkedPair(): Promise<readonly [ChildId, ChildId]> {
  const met = [await record({ metOn: '2026-11-20' }), await record({ metOn: '2026-11-21' })]
  const [alias, canonical] = met.map(({ data }) => data?.child.id as ChildId)
  if (!alias || !canonical) throw new Error('both were recorded')
  await db().$executeRawUnsafe(
    'INSERT INTO platform.child_alias (alias_id, canonical_id) VALUES ($1::uuid, $2::uuid)',
    alias,
    canonical,
  )
  return [alias, canonical]
}

test('a person met on one day is one contact under all ids, also at the same moment (EC-30, DESIGN §4)', async () => {
  const ids = await linkedPair()
  const both = await Promise.all(ids.map((childId) => record({ newChild: undefined, childId })))
  expect(both.map((one) => one.__typename).sort()).toEqual(['ContactAlreadyRecorded', 'RecordContactSuccess'])
})

test('an id that nobody told of is met as the child to which an officer linked it (DESIGN §4)', async () => {
  const { data } = await record({ metOn: '2026-11-20' })
  const alias = randomUUID()
  await db().$executeRawUnsafe(
    'INSERT INTO platform.child_alias (alias_id, canonical_id) VALUES ($1::uuid, $2::uuid)',
    alias,
    data?.child.id,
  )
  expect((await record({ newChild: undefined, childId: alias })).data).toMatchObject({ repeat: true })
})

test('an assessment that asks for protection keeps its own child hidden when a link is taken back (PV-14, DESIGN §4)', async () => {
  const [alias, canonical] = await linkedPair()
  await assess({ childId: canonical, needs: ['PROTECTION'] })
  await assess({ childId: alias, needs: ['PROTECTION'] })
  await db().$executeRawUnsafe('UPDATE platform.child_alias SET linked = false')
  const groups = await groupOf(db(), [alias, canonical], network.clock.now())
  expect([...groups.values()].map(({ level }) => level)).toEqual([4, 4])
})
