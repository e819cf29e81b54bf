import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { ZipFile } from 'yazl'

/** Workbooks as Excel writes them (ECMA-376), with as little in them as a reader needs. */

/** A cell: a text, a number, a date by its serial day, or nothing. */
export type SheetCell = string | number | { readonly day: number } | null

/** The parts of a workbook by their names, zipped. */
export function zipped(parts: Readonly<Record<string, string>>): Promise<Buffer> {
  const zip = new ZipFile()
  for (const [name, text] of Object.entries(parts)) zip.addBuffer(Buffer.from(text), name)
  zip.end()
  return buffer(zip.outputStream as Readable)
}

export const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
const DOCUMENT = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

/** What stands around the sheet `xl/worksheets/sheet1.xml`; style 1 shows a date. */
export const AROUND = {
  'xl/workbook.xml': `${DOCUMENT}<workbook ${MAIN} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Penduduk" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  'xl/_rels/workbook.xml.rels': `${DOCUMENT}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>`,
  'xl/styles.xml': `${DOCUMENT}<styleSheet ${MAIN}><numFmts count="1"><numFmt numFmtId="164" formatCode="dd\\-mm\\-yyyy"/></numFmts><cellStyleXfs><xf numFmtId="164"/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="14"/></cellXfs></styleSheet>`,
}

export const sheet = (rows: string): string =>
  `${DOCUMENT}<worksheet ${MAIN}><sheetData>${rows}</sheetData></worksheet>`
export const strings = (items: readonly string[]): string => `${DOCUMENT}<sst ${MAIN}>${items.join('')}</sst>`

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

/** A workbook of one sheet, its texts shared as Excel shares them. */
export function workbook(rows: readonly (readonly SheetCell[])[]): Promise<Buffer> {
  const shared = new Map<string, number>()
  const cellOf = (cell: SheetCell, at: number, row: number): string => {
    const r = `${String.fromCharCode(65 + at)}${row}`
    if (cell === null || cell === '') return ''
    if (typeof cell === 'object') return `<c r="${r}" s="1"><v>${cell.day}</v></c>`
    if (typeof cell === 'number') return `<c r="${r}"><v>${cell}</v></c>`
    const index = shared.get(cell) ?? shared.size
    shared.set(cell, index)
    return `<c r="${r}" t="s"><v>${index}</v></c>`
  }
  const written = rows.map(
    (row, n) => `<row r="${n + 1}">${row.map((cell, at) => cellOf(cell, at, n + 1)).join('')}</row>`,
  )
  return zipped({
    ...AROUND,
    'xl/worksheets/sheet1.xml': sheet(written.join('')),
    'xl/sharedStrings.xml': strings([...shared.keys()].map((text) => `<si><t>${escaped(text)}</t></si>`)),
  })
}
