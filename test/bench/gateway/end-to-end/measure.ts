import { SERVICES } from '@satuanak/contracts'
import { servicesOf } from '../../subgraph/house.ts'
import type { StartPart } from '../child.ts'
import type { CityHouse } from '../city/house.ts'
import { questionsFor } from '../from-memory.ts'
import { type Cell, cellsOf, goal, rateOf } from '../goals.ts'
import { bothUs, printTable } from '../report.ts'
import { type Candidate, measure, type Setting, type Table } from '../rounds.ts'
import { PLAIN } from '../sides.ts'
import { over } from '../world.ts'

type Print = (line: string) => void

const PLAIN_BOTH = `${PLAIN} over plain Apollo Servers`
const OURS_BOTH = 'ours over our subgraph servers'
const NO_DOOR_BOTH = 'the same, nobody at the gateway’s door'
const CO_LOCATED = 'the same in one process, nothing signed'

/** Gateway and subgraph servers together, over the same resolvers in memory. */
export async function endToEnd(print: Print, city: CityHouse, start: StartPart, setting: Setting): Promise<void> {
  print('\nGateway and subgraph servers together, over the same resolvers in memory')
  print(
    '  every subgraph of a side in one process; ours with its databases, outboxes and broker, which no answer needs;',
  )
  print('  "both ×": CPU of gateway and subgraphs against that of plain Apollo')
  const { world, token } = city
  const services = Object.fromEntries(
    SERVICES.map((name) => [name, { prismaFolder: servicesOf[name].prismaFolder, env: city.given(name) }]),
  )
  const load = await start(new URL('../load.ts', import.meta.url), world)
  const apollo = await start(new URL('./apollo-subgraphs.ts', import.meta.url), world)
  const own = await start(new URL('./our-subgraphs.ts', import.meta.url), {
    ...world,
    env: { ...world.env, SERVICES: JSON.stringify(services) },
  })
  const overOwn = over(world, own.urls)
  const unguarded = { ...overOwn, env: { ...overOwn.env, SIGN: 'on' } }
  const candidates: Candidate[] = [
    {
      name: PLAIN_BOTH,
      gateway: await start(new URL('../candidates/plain.ts', import.meta.url), over(world, apollo.urls)),
      subgraphs: apollo,
    },
    {
      name: OURS_BOTH,
      gateway: await start(new URL('../candidates/ours.ts', import.meta.url), overOwn),
      subgraphs: own,
    },
    {
      name: NO_DOOR_BOTH,
      gateway: await start(new URL('../candidates/ours-no-door.ts', import.meta.url), unguarded),
      subgraphs: own,
    },
    {
      name: CO_LOCATED,
      gateway: await start(new URL('./co-located.ts', import.meta.url), overOwn),
      subgraphs: undefined,
    },
  ]
  const questions = await questionsFor(candidates[0])
  const table = await measure(candidates, questions, { load, token }, setting, (name, question, reason) =>
    print(`  ${name} cannot answer "${question}": ${reason.slice(0, 300)}`),
  )
  printTable(print, table, PLAIN_BOTH)
  goals(print, table)
}

function goals(print: Print, table: Table): void {
  const cells = cellsOf(table).filter(({ clients }) => clients >= 16)
  print('\n  goals')
  for (const [about, least] of [
    ['20 children', 6],
    ['one child', 15],
  ] as const) {
    const asked = cells.filter(({ question }) => question.startsWith(about))
    goal(print, `${about}: ${least} × plain Apollo end to end`, least, asked, (cell) => {
      return rateOf(cell, OURS_BOTH) / rateOf(cell, PLAIN_BOTH)
    })
  }
  goal(print, 'one process: more answers than gateway and subgraphs apart', 1, cells, (cell) => {
    return rateOf(cell, CO_LOCATED) / rateOf(cell, NO_DOOR_BOTH)
  })
  goal(print, 'one process: less CPU than gateway and subgraphs together', 1, cells, savedBy)
  print(`  ${recommendation(cells)}`)
}

/** How many times the CPU of one process the two take together. */
function savedBy({ figures }: Cell): number {
  const [two, one] = [figures.get(NO_DOOR_BOTH), figures.get(CO_LOCATED)]
  return two && one ? bothUs(two) / bothUs(one) : Number.NaN
}

/** Below this the operator's simpler house is no reason: agencies would share one process and one failure. */
const WORTH_OFFERING = 1.5

function recommendation(cells: readonly Cell[]): string {
  const least = Math.min(...cells.map(savedBy))
  const saved = `one process takes ${least.toFixed(2)} times less CPU at least`
  return least >= WORTH_OFFERING
    ? `${saved}: worth offering to one operator who runs all agencies, and to nobody else: who signs what is then moot`
    : `${saved}: not worth what it gives up, agencies apart and signed fetches`
}
