import type { Figures, Table } from './rounds.ts'

type Print = (line: string) => void

interface Column {
  readonly head: string
  readonly cell: (figures: Figures, base: Figures | undefined) => string
}

const against = (base: Figures | undefined, ratio: (base: Figures) => number): string =>
  base ? ratio(base).toFixed(2) : ''

const COLUMNS: readonly Column[] = [
  { head: 'answers/s', cell: ({ rate }) => Math.round(rate).toLocaleString('en') },
  { head: 'p50 ms', cell: ({ p50 }) => p50.toFixed(2) },
  { head: 'p99 ms', cell: ({ p99 }) => p99.toFixed(2) },
  { head: 'gateway µs', cell: ({ gatewayUs }) => gatewayUs.toFixed(0) },
  { head: 'subgr. µs', cell: ({ subgraphsUs }) => subgraphsUs.toFixed(0) },
  { head: 'clients µs', cell: ({ clientsUs }) => clientsUs.toFixed(0) },
  { head: 'fetches', cell: ({ fetches }) => (Number.isNaN(fetches) ? '' : fetches.toFixed(2)) },
  { head: 'RSS MB', cell: ({ rssMb }) => rssMb.toFixed(0) },
  { head: '× plain', cell: ({ rate }, base) => against(base, (plain) => rate / plain.rate) },
  { head: 'gateway ×', cell: ({ gatewayUs }, base) => against(base, (plain) => plain.gatewayUs / gatewayUs) },
  { head: 'both ×', cell: (figures, base) => against(base, (plain) => bothUs(plain) / bothUs(figures)) },
]

/** Microseconds of the gateway and of the subgraphs. */
export const bothUs = ({ gatewayUs, subgraphsUs }: Figures): number => gatewayUs + subgraphsUs

/** One block for each question and number of clients, a line for each candidate. */
export function printTable(print: Print, table: Table, base: string): void {
  for (const [question, byClients] of table) {
    for (const [clients, byName] of byClients) {
      const title = `${question}, ${clients} client${clients === 1 ? '' : 's'}`
      print(`\n  ${title.padEnd(46)} ${row(COLUMNS.map(({ head }) => head))}`)
      const plain = byName.get(base)
      for (const [name, figures] of byName) {
        print(`    ${name.padEnd(44)} ${row(COLUMNS.map(({ cell }) => cell(figures, plain)))}`)
      }
    }
  }
}

const row = (cells: readonly string[]): string => cells.map((cell) => cell.padStart(10)).join(' ')
