import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { bothOf, pairOf, prepared } from './test-case.ts'
import { type Dice, diceOf } from './test-dice.ts'
import type { Weather } from './test-subgraph.ts'

/** Four times this many cases are carried out compiled, at least. */
const CASES = 5_000
const OPERATIONS = 8
/** How each operation is answered: whole, with some faults, with many. */
const WEATHER: readonly Weather[] = [
  { seed: 'clear', faults: { fields: 0, answers: 0 } },
  { seed: 'fair', faults: { fields: 0, answers: 0 } },
  { seed: 'rain', faults: { fields: 15, answers: 0 } },
  { seed: 'hail', faults: { fields: 30, answers: 5 } },
  { seed: 'wind', faults: { fields: 0, answers: 25 } },
  { seed: 'gale', faults: { fields: 60, answers: 10 } },
  { seed: 'storm', faults: { fields: 150, answers: 20 } },
  { seed: 'flood', faults: { fields: 60, answers: 0 } },
]

/** The same in every run; `SEED=…` draws others. */
const first = Number(process.env.SEED ?? 20_261_128)

beforeAll(() => {
  // Nothing is reported to the gateway's maker.
  process.env.APOLLO_TELEMETRY_DISABLED = 'true'
})

/** Cases by what became of them. */
type Tally = Map<string, number>

async function compareOne(dice: Dice, tally: Tally): Promise<void> {
  const note = (name: string, count = 1) => tally.set(name, (tally.get(name) ?? 0) + count)
  const pair = await pairOf(dice)
  if (typeof pair === 'string') throw new Error(`The model does not compose: ${pair}`)
  for (let index = 0; index < OPERATIONS; index += 1) {
    const operation = await prepared(pair, dice)
    if (!operation) continue
    for (const weather of WEATHER) {
      const { stock, compiled } = await bothOf(pair, operation, weather)
      const where = () => `${weather.seed}\n${operation.query}\n${JSON.stringify(operation.variables)}`
      expect(compiled, where()).toEqual(stock)
      const kind = 'thrown' in stock ? 'thrown' : stock.errors.length > 0 ? 'errors' : 'without'
      note(kind === 'without' && 'completion' in stock && stock.completion.length > 0 ? 'completed' : kind)
    }
  }
  note('compiled', pair.tally.get('compiled') ?? 0)
  const left = [...pair.tally.keys()].filter((reason) => reason !== 'compiled' && reason !== 'first')
  expect(left, 'operations left to the stock executor').toEqual([])
}

describe.each([0, 1, 2, 3])('generated supergraphs, operations and answers, part %i', (part) => {
  test('the compiled executor answers what the stock executor answers', async () => {
    const tally: Tally = new Map()
    const seed = first + part
    const property = fc.asyncProperty(fc.gen(), (gen) => compareOne(diceOf(gen), tally))
    await fc.assert(property, { numRuns: 95, seed, endOnFailure: true })
    const told = [...tally].map(([name, count]) => `${count} ${name}`).join(', ')
    process.stdout.write(`supergraphs: seed ${seed}, ${told}\n`)
    expect(tally.get('compiled')).toBeGreaterThan(CASES)
  }, 180_000)
})
