import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Cell } from '../rows/index.ts'
import { AROUND, MAIN, sheet, strings, workbook, zipped } from '../test-workbooks.ts'
import { showsDate } from './date-formats.ts'
import { readXlsx } from './read-xlsx.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'xlsx-'))
})
afterAll(() => rm(folder, { recursive: true }))

let serial = 0
async function rowsOf(content: Uint8Array) {
  const path = join(folder, `${++serial}.xlsx`)
  await writeFile(path, content)
  const table = await readXlsx(path)
  const rows: (readonly [number, ...Cell[]])[] = []
  for await (const { no, cells } of table.rows) rows.push([no, ...cells])
  expect(table.fraction()).toBe(1)
  return rows
}
const inSheet = async (rows: string, more: Readonly<Record<string, string>> = {}) =>
  rowsOf(await zipped({ ...AROUND, 'xl/worksheets/sheet1.xml': sheet(rows), ...more }))

describe('a workbook', () => {
  test('keeps texts apart from numbers, and a date is its day (ID-07)', async () => {
    const rows = await rowsOf(
      await workbook([
        ['NIK', 'TGL', 'RT'],
        ['9901010904150001', { day: 42_103 }, 1],
        [9_901_010_904_150_000, '09-04-2015', null],
      ]),
    )
    expect(rows).toEqual([
      [1, 'NIK', 'TGL', 'RT'],
      [2, '9901010904150001', '2015-04-09', 1],
      [3, 9_901_010_904_150_000, '09-04-2015'],
    ])
  })

  test('is read where cells and rows are left out, and where they do not say where they stand', async () => {
    expect(
      await inSheet(
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="4"><c r="C4"><v>3</v></c><c r="AB4"><v>28</v></c></row><row><c><v>5</v></c><c><v>6</v></c></row>',
      ),
    ).toEqual([
      [1, 1],
      [4, null, null, 3, ...Array.from({ length: 24 }, () => null), 28],
      [5, 5, 6],
    ])
  })

  test('texts in pieces, in the cell itself, with furigana and with signs of XML are whole', async () => {
    expect(
      await inSheet(
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="inlineStr"><is><t>Nur&apos;aini</t></is></c><c r="D1" t="str"><f>A1</f><v>Hasil</v></c></row>',
        {
          'xl/sharedStrings.xml': strings([
            '<si><r><t>Siti </t></r><r><rPr><b/></rPr><t>Aminah</t></r></si>',
            '<si><t>A &amp; B</t><rPh sb="0" eb="1"><t>lain</t></rPh></si>',
          ]),
        },
      ),
    ).toEqual([[1, 'Siti Aminah', 'A & B', "Nur'aini", 'Hasil']])
  })

  test('of another maker, who writes prefixes, is read as well', async () => {
    const prefixed = `<x:worksheet xmlns:x="${MAIN.slice(7, -1)}"><x:sheetData><x:row r="1"><x:c r="A1"><x:v>7</x:v></x:c></x:row></x:sheetData></x:worksheet>`
    expect(await rowsOf(await zipped({ ...AROUND, 'xl/worksheets/sheet1.xml': prefixed }))).toEqual([[1, 7]])
  })

  test('of an old Mac counts its days from 1904', async () => {
    const book = AROUND['xl/workbook.xml'].replace('<sheets>', '<workbookPr date1904="1"/><sheets>')
    expect(await inSheet('<row r="1"><c r="A1" s="1"><v>40641</v></c></row>', { 'xl/workbook.xml': book })).toEqual([
      [1, '2015-04-09'],
    ])
  })

  test('with a hidden first sheet is read by the first that can be seen', async () => {
    const book = AROUND['xl/workbook.xml'].replace(
      '<sheet name',
      '<sheet name="x" sheetId="9" state="hidden" r:id="rId9"/><sheet name',
    )
    expect(await inSheet('<row r="1"><c r="A1"><v>1</v></c></row>', { 'xl/workbook.xml': book })).toEqual([[1, 1]])
  })

  test('is read a piece at a time: the first rows come while most of the file is unread', async () => {
    const rows = Array.from({ length: 20_000 }, (_, n) => [`Anak ${n}`, n])
    const path = join(folder, 'long.xlsx')
    await writeFile(path, await workbook(rows))
    const table = await readXlsx(path)
    for await (const { cells } of table.rows) {
      expect(cells).toEqual(['Anak 0', 0])
      break
    }
    expect(table.fraction()).toBeLessThan(0.2)
  })

  test('without its parts, or no archive at all, is refused as no table', async () => {
    await expect(rowsOf(await zipped({ 'word/document.xml': '<a/>' }))).rejects.toThrow('neither a CSV nor an XLSX')
    await expect(rowsOf(Buffer.from('PK\u0003\u0004 broken'))).rejects.toThrow('neither a CSV nor an XLSX')
    await expect(rowsOf(await zipped({ ...AROUND, 'xl/workbook.xml': '<workbook' }))).rejects.toThrow('neither a CSV')
  })

  test('that breaks off is told with its last whole row', async () => {
    await expect(inSheet('<row r="1"><c r="A1"><v>1</v></c></row></wrong>')).rejects.toThrow(/broken after row [01]:/)
  })
})

test.each([
  ['dd\\-mm\\-yyyy', true],
  ['[$-421]d mmmm yyyy;@', true],
  ['General', false],
  ['0'.repeat(16), false],
  ['"day "0', false],
  ['[Red]0.00', false],
  ['#,##0_d', false],
])('the number format %s shows a date: %s', (format, shows) => {
  expect(showsDate(format)).toBe(shows)
})
