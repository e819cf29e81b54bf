import { readWholeXml } from './xml-events.ts'

/** Number formats that show a date without being written out in the file (ECMA-376 Part 1, 18.8.30). */
const BUILT_IN: ReadonlySet<number> = new Set([14, 15, 16, 17, 22, ...range(27, 36), ...range(50, 58)])

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, at) => from + at)
}

/** Which cell styles (by the cell's `s`) show their number as a date. */
export async function readDateStyles(stream: AsyncIterable<Uint8Array>): Promise<ReadonlySet<number>> {
  const dates = new Set(BUILT_IN)
  const styles: number[] = []
  let inCells = false
  await readWholeXml(stream, {
    open: (name, { numFmtId, formatCode }) => {
      if (name === 'numFmt' && showsDate(formatCode ?? '')) dates.add(Number(numFmtId))
      if (name === 'cellXfs') inCells = true
      if (name === 'xf' && inCells) styles.push(Number(numFmtId))
    },
    close: (name) => {
      if (name === 'cellXfs') inCells = false
    },
  })
  return new Set(styles.flatMap((format, style) => (dates.has(format) ? [style] : [])))
}

/** A format with a day or a year in it, outside of quoted words, escapes and colours. */
export function showsDate(format: string): boolean {
  return /[dy]/i.test(format.replace(/"[^"]*"|\\.|\[[^\]]*\]|_.|\*./g, ''))
}
