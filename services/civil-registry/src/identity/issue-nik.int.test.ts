import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { boy, ISSUE, nextNik, type RegistryNetwork, registerAs, startRegistry } from '../test-registry.ts'

let network: RegistryNetwork
let register: ReturnType<typeof registerAs>

beforeAll(async () => {
  network = await startRegistry()
  register = registerAs(network)
})
afterAll(() => network?.close())

interface Issued {
  readonly __typename: string
  readonly code?: string
  readonly data?: { child: { id: string; papers: { held: string[] } }; warnings: { rule: string }[] }
}

const issue = (input: object) =>
  network
    .subgraph('civil-registry', 'dukcapil')
    .ok<{ issueNik: Issued }>(ISSUE, { input: { requestId: randomUUID(), ...input } })
    .then((data) => data.issueNik)

test('a NIK is issued once to a child without one, and RF-02 is closed by it (ID-05)', async () => {
  const { data } = await register(boy({ name: 'Menunggu Nik' }))
  const childId = data?.child.id
  expect((await issue({ childId, nik: nextNik() })).data?.child.papers.held).toContain('NIK')
  expect((await issue({ childId, nik: nextNik() })).code).toBe('NIK_ALREADY_ISSUED')
})

test('a person has one NIK under all ids: who has it under a linked id is given no other (ID-05, DESIGN §4)', async () => {
  const [held, linked] = [await register(boy({ name: 'Satu Orang', nik: nextNik() })), await register(boy())]
  await network
    .service('civil-registry')
    .app.db.$executeRawUnsafe(
      'INSERT INTO platform.child_alias (alias_id, canonical_id) VALUES ($1::uuid, $2::uuid)',
      held.data?.child.id,
      linked.data?.child.id,
    )
  expect((await issue({ childId: linked.data?.child.id, nik: nextNik() })).code).toBe('NIK_ALREADY_ISSUED')
})

test('a NIK that disagrees with the birth date warns, also when the answer got lost and is asked for again (ID-05, EC-46)', async () => {
  const { data } = await register(boy({ name: 'Beda Tanggal', birthDate: '2013-04-09' }))
  const input = { requestId: randomUUID(), childId: data?.child.id, nik: nextNik() }
  const [first, again] = [await issue(input), await issue(input)]
  expect(first.data?.warnings.map(({ rule }) => rule)).toContain('ID-05')
  expect(again.data?.warnings).toEqual(first.data?.warnings)
})
