import { workbook } from '@satuanak/intake-kit/test-workbooks'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RegistryNetwork, startRegistry } from '../test-registry.ts'
import { importFile } from './import-file.ts'
import { child, csv, type Desk, DUKCAPIL, HEADING, openDesk, type Row } from './test-files.ts'

let network: RegistryNetwork
let desk: Desk

beforeAll(async () => {
  network = await startRegistry()
  desk = await openDesk(network)
})
afterAll(async () => {
  await desk?.close()
  await network?.close()
})

const children = (count: number, more: Partial<Row> = {}) => Array.from({ length: count }, () => child(more))
const counts = ({ rowsDone, created, matched, refused }: Awaited<ReturnType<Desk['run']>>) => [
  rowsDone,
  created,
  matched,
  refused,
]
const sql = <T>(text: string, ...values: unknown[]) => desk.app.db.$queryRawUnsafe<T[]>(text, ...values)

describe('a dry run', () => {
  test('says of every row what the run itself then does, and registers nobody', async () => {
    const [there, twice, without] = [child(), child(), child({ NIK: '' })]
    await desk.run([there])
    const rows = [
      there,
      twice,
      child({ RT: '1' } as Partial<Row>),
      without,
      { ...twice, NAMA: 'Lain Sekali' },
      twice,
      without,
      child({ NAMA: '' }),
    ]
    const path = await desk.fileOf(csv(rows))
    const tried = await importFile(desk.app, DUKCAPIL, { path, dryRun: true, batch: 3 })
    expect(await desk.named(twice.NAMA)).toEqual([])
    expect(await sql('SELECT 1 FROM intake_dry_print WHERE intake_id = $1::uuid', tried.id)).toEqual([])
    expect(
      await sql(
        'SELECT 1 FROM intake_row r WHERE intake_id = $1::uuid AND child_id IS NOT NULL AND NOT EXISTS (SELECT FROM person p WHERE p.id = r.child_id)',
        tried.id,
      ),
    ).toEqual([])
    const done = await importFile(desk.app, DUKCAPIL, { path, dryRun: false, batch: 3 })
    expect(done.id).not.toBe(tried.id)
    expect(counts(done)).toEqual([8, 3, 3, 2])
    expect(counts(tried)).toEqual(counts(done))
    expect(await desk.rowsOf(tried.id)).toEqual(await desk.rowsOf(done.id))
  })

  test('once more asks the registry anew', async () => {
    const rows = children(2)
    const path = await desk.fileOf(csv(rows))
    const tries = () => importFile(desk.app, DUKCAPIL, { path, dryRun: true })
    expect(counts(await tries())).toEqual([2, 2, 0, 0])
    await desk.run(rows)
    expect(counts(await tries())).toEqual([2, 0, 2, 0])
  })

  test('tells of a column whose numbers have all lost their last digits, as the run does (ID-07)', async () => {
    const ending = (digits: string) =>
      children(3).map((row, at) => ({ ...row, NIK: `${row.NIK.slice(0, 12)}${digits}${at + 1}0` }))
    const path = await desk.fileOf(csv(ending('81')))
    for (const dryRun of [true, false]) {
      const { remarks } = await importFile(desk.app, DUKCAPIL, { path, dryRun, batch: 2 })
      expect(remarks).toMatchObject([{ level: 'W', rule: 'ID-07', column: 'NIK' }])
    }
    expect((await desk.run(children(3))).remarks).toEqual([])
  })
})

describe('a file', () => {
  test('from Excel where the comma is a decimal point, with its mark of UTF-8, is read as well', async () => {
    const rows = children(2)
    expect(counts(await desk.run(`\ufeff${csv(rows, ';')}\r\n;;;;;\r\n`))).toEqual([3, 2, 0, 0])
  })

  test('without the names of its columns is refused, with what is missing', async () => {
    await expect(desk.run('Budi;L;2014-01-02\n')).rejects.toMatchObject({ code: 'INTAKE_UNREADABLE', rule: 'ID-15' })
    await expect(desk.run('NAMA,JK,NIK,NO_NIK\nA,L,,\n')).rejects.toThrow('two columns for: NIK')
    await expect(desk.run('')).rejects.toThrow('Missing: NAMA, JK')
  })

  test('of Excel goes in as the same rows by CSV would, and a numeric NIK is refused (ID-07)', async () => {
    const [one, other] = [child(), child()]
    const days = Math.round((Date.parse(one.TGL_LAHIR) - Date.UTC(1899, 11, 30)) / 86_400_000)
    const book = await workbook([
      [...HEADING],
      HEADING.map((column) => (column === 'TGL_LAHIR' ? { day: days } : one[column])),
      HEADING.map((column) => (column === 'NIK' ? Number(other.NIK) : other[column])),
    ])
    const path = await desk.fileOf(book, 'xlsx')
    const intake = await importFile(desk.app, DUKCAPIL, { path, dryRun: false })
    expect([intake.format, ...counts(intake)]).toEqual(['XLSX', 2, 1, 0, 1])
    expect(await desk.rowsOf(intake.id)).toEqual(['2 BARU', '3 DITOLAK E ID-07'])
    expect(counts(await desk.run([one]))).toEqual([1, 0, 1, 0])
  })

  test('that breaks off is told with the last whole row; mended, it goes on and doubles nobody', async () => {
    const rows = children(3)
    const broken = `${csv(rows)}\r\n"Tidak ditutup,L,2014-01-02`
    await expect(desk.run(broken, { batch: 2 })).rejects.toThrow('broken after row 4')
    const mended = await desk.run([...rows, child()])
    expect([mended.rowsDone, mended.created + mended.matched]).toEqual([4, 4])
    for (const { NAMA } of rows) expect(await desk.named(NAMA)).toHaveLength(1)
  })

  test('that is no table is refused', async () => {
    const path = await desk.fileOf(new Uint8Array([0x25, 0x50, 0x44, 0x46, 0, 1, 2]))
    await expect(importFile(desk.app, DUKCAPIL, { path, dryRun: false })).rejects.toThrow('neither a CSV nor an XLSX')
  })

  test('is taken in by whoever may know of every child, and by nobody else (PV-14)', async () => {
    const path = await desk.fileOf(csv(children(1)))
    const kelurahan = {
      ...DUKCAPIL,
      roles: ['ADMIN_KELURAHAN'],
      kelurahan: ['33.75.03.1004'],
    } as unknown as typeof DUKCAPIL
    await expect(importFile(desk.app, kelurahan, { path, dryRun: false })).rejects.toMatchObject({
      code: 'NOT_PERMITTED',
    })
  })
})
