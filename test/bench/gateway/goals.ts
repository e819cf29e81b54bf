import type { Figures, Table } from './rounds.ts'
import { FAN_OUT, NO_DOOR, OURS, PLAIN } from './sides.ts'

type Print = (line: string) => void

const TIMES_PLAIN = 10
const SHARE_OF_FAN_OUT = 0.8
/** Few clients leave a gateway waiting: there the goal is to be ahead of the peers only. */
const LOADED = 16

/** What was asked of the gateway by itself, one line each: reached or missed, and by how much at worst. */
export function memoryGoals(print: Print, table: Table, peers: readonly string[]): void {
  const cells = cellsOf(table)
  const loaded = cells.filter(({ clients }) => clients >= LOADED)
  print('\n  goals')
  for (const side of [OURS, NO_DOOR]) {
    const ratio = (over: string) => (cell: Cell) => rateOf(cell, side) / rateOf(cell, over)
    goal(print, `${side}: ${TIMES_PLAIN} × plain Apollo with 16 and 64 clients`, TIMES_PLAIN, loaded, ratio(PLAIN))
    for (const peer of peers) goal(print, `${side}: ahead of ${peer} everywhere`, 1, cells, ratio(peer))
    goal(print, `${side}: ${100 * SHARE_OF_FAN_OUT} % of the fan-out`, SHARE_OF_FAN_OUT, cells, ratio(FAN_OUT))
  }
  for (const cell of loaded) print(`  ${bound(cell)}`)
}

export interface Cell {
  readonly question: string
  readonly clients: number
  readonly figures: ReadonlyMap<string, Figures>
}

export const cellsOf = (table: Table): Cell[] =>
  [...table].flatMap(([question, byClients]) =>
    [...byClients].map(([clients, figures]) => ({ question, clients, figures })),
  )

export const rateOf = ({ figures }: Cell, side: string): number => figures.get(side)?.rate ?? Number.NaN

/** Where a side did not answer, there is nothing to compare with. */
export function goal(
  print: Print,
  what: string,
  least: number,
  cells: readonly Cell[],
  ratio: (cell: Cell) => number,
): void {
  const found = cells.filter((cell) => !Number.isNaN(ratio(cell)))
  const worst = found.toSorted((one, other) => ratio(one) - ratio(other))[0]
  if (!worst) {
    print(`    nothing to say   ${what}`)
    return
  }
  const reached = found.filter((cell) => ratio(cell) >= least).length
  const verdict = reached === found.length ? 'reached' : `missed ${found.length - reached} of ${found.length}`
  const where = `${worst.question}, ${worst.clients} client${worst.clients === 1 ? '' : 's'}`
  print(`    ${verdict.padEnd(16)} ${what.padEnd(62)} at worst ${ratio(worst).toFixed(2)} × (${where})`)
}

/** A process that works all the time is what bounds the rate; otherwise the cores are shared out. */
function bound({ question, clients, figures }: Cell): string {
  const ours = figures.get(OURS)
  if (!ours) return ''
  const busy = (ours.rate * ours.gatewayUs) / 10_000
  const others = (ours.rate * (ours.subgraphsUs + ours.clientsUs)) / 10_000
  const why = `its process is at work ${busy.toFixed(0)} % of a core, subgraphs and clients ${others.toFixed(0)} %`
  return `  what bounds ours, ${question}, ${clients} clients: ${why}`
}
