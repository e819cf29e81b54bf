import { type LabelledRecord, labelledSet } from '@satuanak/demo-city'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Prisma } from '../gen/prisma/client.ts'
import { boy, type RegistryNetwork, registerAs, startRegistry } from '../test-registry.ts'
import { judge } from './domain.ts'
import { compareChildren, describeChild } from './domain-compare.ts'
import { findingKeys } from './domain-keys.ts'
import { keepFindableInTx } from './find-candidates.ts'
import { idsQuery } from './repository.ts'
import { pairsOf } from './test-figures.ts'
import { candidatesOf, soughtOf, writeLabelled } from './test-labelled.ts'

let network: RegistryNetwork
let set: readonly LabelledRecord[]

beforeAll(async () => {
  network = await startRegistry()
  const today = Temporal.PlainDate.from('2026-11-23')
  set = await labelledSet({ seed: 5, records: 4_000, duplicates: 0.05, today })
  await writeLabelled(network.service('civil-registry').app, set)
})
afterAll(() => network?.close())

const found = (record: LabelledRecord) => candidatesOf(network.service('civil-registry').app, record)

test('the database finds whom the same keys find in memory, with the same score: what the benchmark measures is what runs (ID-21)', async () => {
  const children = set.map((record) => describeChild(soughtOf(record)))
  const expected = new Map<string, [string, number][]>()
  for (const [one, other] of pairsOf(children)) {
    const [a, b, first, second] = [set[one], set[other], children[one], children[other]]
    if (!(a && b && first && second) || b.id === b.truth) continue
    const { verdict, score } = judge(compareChildren(second, first))
    if (verdict !== 'TIDAK_ADA') expected.set(b.id, [...(expected.get(b.id) ?? []), [a.id, score]])
  }
  const firsts = new Set(set.filter(({ id, truth }) => id === truth).map(({ id }) => id))
  for (const second of set.filter(({ id, truth }) => id !== truth).slice(0, 60)) {
    const inDatabase = (await found(second)).filter(({ id }) => firsts.has(id))
    const inMemory = (expected.get(second.id) ?? []).filter(([id]) => firsts.has(id as LabelledRecord['id']))
    expect(Object.fromEntries(inDatabase.map(({ id, score }) => [id, score]))).toEqual(Object.fromEntries(inMemory))
  }
})

test('candidates are found by index, the tables are not read through (ID-21)', async () => {
  const { db } = network.service('civil-registry').app
  for (const record of set.slice(-20)) {
    const query = idsQuery(findingKeys(describeChild(soughtOf(record))), 'aa')
    const plan = await db.$queryRaw<{ 'QUERY PLAN': string }[]>(Prisma.sql`EXPLAIN ${query}`)
    const scans = plan.map((row) => row['QUERY PLAN']).filter((line) => line.includes('Seq Scan'))
    expect(scans).toEqual([])
  }
})

test('each candidate says field by field why it is one, the strongest first (ID-21)', async () => {
  const second = set.find(({ mistakes }) => mistakes.length <= 2 && mistakes.includes('birth date swapped'))
  if (!second) throw new Error('no such record')
  const [first, ...rest] = await found(second)
  expect(first?.id).toBe(second.truth)
  expect(first?.fields.map(({ field, outcome }) => `${field} ${outcome}`)).toEqual(
    expect.arrayContaining(['BIRTH_DATE SWAPPED', 'SEX SAME', 'NIK MISSING']),
  )
  expect(rest.every(({ score }) => score <= (first?.score ?? 0))).toBe(true)
})

test('who is written down otherwise from now on is found as written now, and no longer as before (ID-20)', async () => {
  const { app } = network.service('civil-registry')
  const [one] = set
  if (!one) throw new Error('no record')
  const renamed = { ...soughtOf(one), id: one.id, name: 'Xaverius Qomarullah', birthDate: '2001-02-03', address: null }
  const keysOf = () => app.db.matchKey.findUniqueOrThrow({ where: { childId: one.id } })
  const before = await keysOf()
  await app.inTransaction((tx) => keepFindableInTx(tx, { ...renamed, motherName: null }))
  expect((await keysOf()).keys).toEqual(findingKeys(describeChild({ ...renamed, motherName: null })))
  expect((await keysOf()).keys.some((key) => before.keys.includes(key))).toBe(false)
})

test('who comes in is found by the next one, by sound and by swapped date (ID-20, ID-21)', async () => {
  const register = registerAs(network)
  await register(boy({ name: 'Syaiful Fadhil Wirjoatmodjo', birthDate: '2015-04-09' }))
  const next = await register(boy({ name: 'Saiful Fadil Wiryoatmojo', birthDate: '2015-09-04', motherName: null }))
  expect(next.data?.child.identity.match).toBe('MUNGKIN')
})
