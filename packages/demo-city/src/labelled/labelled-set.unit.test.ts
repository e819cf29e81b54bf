import { enoughToIdentify, mayBeSameName } from '@satuanak/domain-kit'
import { expect, test } from 'vitest'
import { TODAY } from '../test-city.ts'
import { labelledSet } from './labelled-set.ts'
import { MISTAKES } from './mistakes.ts'

const plan = { seed: 11, records: 6_000, duplicates: 0.2, today: TODAY }
const set = await labelledSet(plan)
const seconds = set.filter(({ id, truth }) => id !== truth)
const byId = new Map(set.map((record) => [record.id, record]))

test('it has as many records, and as many of them second ones, as asked for', () => {
  expect(set).toHaveLength(6_000)
  expect(seconds).toHaveLength(1_200)
  expect(byId.size).toBe(6_000)
  expect(seconds.filter(({ truth }) => byId.get(truth)?.truth !== truth)).toEqual([])
})

test('the same seed makes the same set, another seed another', async () => {
  expect(await labelledSet(plan)).toEqual(set)
  expect(await labelledSet({ ...plan, seed: 12 })).not.toEqual(set)
})

test('every mistake is made, and each second record has one to four', () => {
  const made = new Set(seconds.flatMap(({ mistakes }) => mistakes))
  expect([...made].sort()).toEqual(Object.keys(MISTAKES).sort())
  expect(seconds.filter(({ mistakes }) => mistakes.length > 4)).toEqual([])
  expect(seconds.filter(({ mistakes }) => mistakes.length === 0).length).toBeLessThan(10)
})

test('every second record is enough to tell the child by: less no desk accepts (ID-15)', () => {
  const short = seconds.filter(({ particulars: { birthDate, ...known } }) =>
    enoughToIdentify({ ...known, birthYear: birthDate === null ? null : Number(birthDate.slice(0, 4)) }),
  )
  expect(short).toEqual([])
})

test('some twins have names that go together, none one name; a NIK now and then is a sibling’s (EC-06, EC-01)', () => {
  const twins = set.filter(({ id, truth, birthOrder }) => id === truth && birthOrder !== null)
  const pairs = [...Map.groupBy(twins, ({ family, particulars }) => `${family} ${particulars.birthDate}`).values()]
  const lastWords = pairs
    .filter((pair) => pair.length === 2)
    .map((pair) => pair.map(({ particulars }) => particulars.name))
  expect(
    lastWords.filter(([one = '', other = '']) => one.split(' ').at(-1) === other.split(' ').at(-1)).length,
  ).toBeGreaterThan(5)
  expect(lastWords.filter(([one = '', other = '']) => mayBeSameName(one, other))).toEqual([])
  const holders = Map.groupBy(
    set.filter(({ id, truth, particulars }) => id === truth && particulars.nik !== null),
    ({ particulars }) => particulars.nik,
  )
  for (const two of [...holders.values()].filter((all) => all.length > 1)) {
    expect(new Set(two.map(({ family }) => family)).size).toBe(1)
  }
})
