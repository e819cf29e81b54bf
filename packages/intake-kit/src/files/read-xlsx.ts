import type { Readable } from 'node:stream'
import { type Entry, openPromise, type ZipFile } from 'yauzl'
import { brokenAfter, notATable, UnreadableFile } from '../errors.ts'
import type { RawRow } from '../rows/index.ts'
import { readDateStyles } from './date-formats.ts'
import { NO_STRINGS, readSharedStrings } from './shared-strings.ts'
import { sheetRows, type Workbook } from './sheet-rows.ts'
import type { Table } from './table.ts'
import { readWholeXml } from './xml-events.ts'

const [BOOK, RELATIONS] = ['xl/workbook.xml', 'xl/_rels/workbook.xml.rels']
const [STRINGS, STYLES] = ['xl/sharedStrings.xml', 'xl/styles.xml']

/**
 * Reads the first sheet of an XLSX workbook (ECMA-376) as a stream. Only the texts that its cells share are held, as
 * bytes. Of readers on npm none streams both and is kept up (docs/adr/0019).
 * @throws UnreadableFile where it is no workbook, or, from the rows, where it breaks off.
 */
export async function readXlsx(path: string): Promise<Table> {
  const zip = await openPromise(path, { lazyEntries: true, autoClose: false }).catch(() => {
    throw notATable()
  })
  try {
    const parts = await partsOf(zip)
    const { sheet, from1904 } = await firstSheet(zip, parts)
    const [strings, styles] = [parts.get(STRINGS), parts.get(STYLES)]
    const workbook: Workbook = {
      strings: strings ? await readSharedStrings(await open(zip, strings)) : NO_STRINGS,
      dates: styles ? await readDateStyles(await open(zip, styles)) : new Set(),
      from1904,
    }
    const stream = await open(zip, sheet)
    let read = 0
    async function* counted() {
      for await (const chunk of stream) {
        read += (chunk as Uint8Array).length
        yield chunk as Uint8Array
      }
    }
    return {
      format: 'XLSX',
      fraction: () => Math.min(1, read / Math.max(1, sheet.uncompressedSize)),
      rows: rowsOf(counted(), workbook, () => zip.close()),
    }
  } catch (error) {
    zip.close()
    if (error instanceof UnreadableFile) throw error
    throw notATable()
  }
}

async function* rowsOf(
  stream: AsyncIterable<Uint8Array>,
  workbook: Workbook,
  close: () => void,
): AsyncGenerator<RawRow> {
  let last = 0
  try {
    for await (const row of sheetRows(stream, workbook)) {
      last = row.no
      yield row
    }
  } catch {
    throw brokenAfter(last)
  } finally {
    close()
  }
}

/** More parts than a workbook of persons has by far. */
const MOST_PARTS = 10_000

async function partsOf(zip: ZipFile): Promise<ReadonlyMap<string, Entry>> {
  if (zip.entryCount > MOST_PARTS) throw notATable()
  const parts = new Map<string, Entry>()
  for await (const entry of zip.eachEntry()) parts.set(entry.fileName.replace(/^\//, ''), entry)
  return parts
}

const open = (zip: ZipFile, entry: Entry): Promise<Readable> => zip.openReadStreamPromise(entry)

/** The part that holds the first sheet in the order in which a person sees them. */
async function firstSheet(zip: ZipFile, parts: ReadonlyMap<string, Entry>) {
  const [book, relations] = [parts.get(BOOK), parts.get(RELATIONS)]
  if (!book || !relations) throw notATable()
  let [relation, from1904]: [string | null, boolean] = [null, false]
  await readWholeXml(await open(zip, book), {
    open: (name, attributes) => {
      if (name === 'workbookPr') from1904 = ['1', 'true'].includes(attributes.date1904 ?? '')
      if (name === 'sheet' && attributes.state !== 'hidden') relation ??= relationIn(attributes)
    },
  })
  let target: string | undefined
  await readWholeXml(await open(zip, relations), {
    open: (name, { Id, Target }) => {
      if (name === 'Relationship' && Id === relation) target = Target
    },
  })
  const sheet = parts.get(target?.startsWith('/') ? target.slice(1) : `xl/${target}`)
  if (!sheet) throw notATable()
  return { sheet, from1904 }
}

/** `r:id`, whatever the prefix. */
function relationIn(attributes: Readonly<Record<string, string>>): string | null {
  return Object.entries(attributes).find(([name]) => name.endsWith(':id'))?.[1] ?? null
}
