import type { Table } from './rounds.ts'

type Print = (line: string) => void

const HEAD = ['answers/s', 'p50 ms', 'p99 ms', 'CPU µs', 'others µs', 'fetches', 'RSS MB', '× plain', 'CPU ×']

/** One block for each question and number of clients, a line for each candidate. */
export function printTable(print: Print, table: Table, base: string): void {
  for (const [question, byClients] of table) {
    for (const [clients, byName] of byClients) {
      print(`\n  ${`${question}, ${clients} client${clients === 1 ? '' : 's'}`.padEnd(46)} ${row(HEAD)}`)
      const plain = byName.get(base)
      for (const [name, { rate, p50, p99, gatewayUs, othersUs, fetches, rssMb }] of byName) {
        const ratios = plain ? [rate / plain.rate, plain.gatewayUs / gatewayUs] : []
        const figures = [
          Math.round(rate).toLocaleString('en'),
          p50.toFixed(2),
          p99.toFixed(2),
          gatewayUs.toFixed(0),
          othersUs.toFixed(0),
          Number.isNaN(fetches) ? '' : fetches.toFixed(2),
          rssMb.toFixed(0),
          ...ratios.map((ratio) => ratio.toFixed(2)),
        ]
        print(`    ${name.padEnd(44)} ${row(figures)}`)
      }
    }
  }
}

const row = (cells: readonly string[]): string => cells.map((cell) => cell.padStart(9)).join(' ')
