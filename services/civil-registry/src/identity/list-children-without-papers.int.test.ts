import type { ChildId } from '@satuanak/contracts'
import { PERSONAS } from '@satuanak/demo-city'
import { statementsOf } from '@satuanak/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RegistryNetwork, startRegistry } from '../test-registry.ts'
import { listChildrenWithoutPapers } from './list-children-without-papers.ts'

let network: RegistryNetwork

const OFFICER = PERSONAS['kelurahan-panjang-wetan'].caller
const [OWN = ''] = OFFICER.kelurahan
const PERSONS = 50_000
/** Of so many kelurahan one is the officer's own; every 20th child there lacks the NIK. */
const PLACES = 50

beforeAll(async () => {
  network = await startRegistry()
  const { db } = network.service('civil-registry').app
  await db.$executeRaw`
    INSERT INTO person (id, name, name_key, sex, birth_precision, kelurahan, match_verdict, registered_by, registered_at)
    SELECT ('0199d000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, 'Anak', 'ANAK', 'L', 'TAKSIRAN',
           CASE WHEN n % ${PLACES} = 0 THEN ${OWN} ELSE '99.75.01.1' || lpad((n % ${PLACES})::text, 3, '0') END,
           'TIDAK_ADA', 'DUKCAPIL', now()
    FROM generate_series(1, ${PERSONS}) n`
  await db.$executeRaw`
    INSERT INTO paper (child_id, kind, recorded_by, recorded_at)
    SELECT id, 'NIK', 'DUKCAPIL', now() FROM person WHERE (right(id::text, 12)::int / ${PLACES}) % 20 <> 0`
  await db.$executeRawUnsafe('ANALYZE')
})
afterAll(() => network?.close())

const idOf = (n: number) => `0199d000-0000-7000-8000-${String(n).padStart(12, '0')}` as ChildId

test('a kelurahan’s officer is listed the own kelurahan, read by its index in the order of the list (RF-02)', async () => {
  const { app } = network.service('civil-registry')
  const [statement = ''] = await statementsOf(async () => {
    const first = await listChildrenWithoutPapers(app, OFFICER, { missing: 'NIK', after: null, limit: 3 })
    expect(first).toEqual([1000, 2000, 3000].map(idOf))
  })
  const plan = JSON.stringify(await app.db.$queryRawUnsafe(`EXPLAIN ${statement}`, 'NIK', OWN, 2, 3))
  expect(plan).toContain('person_kelurahan_idx')
  expect(plan).not.toContain('Sort')
})
