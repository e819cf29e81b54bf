import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PERSONAS } from '@satuanak/demo-city'
import { importFile } from '@satuanak/intake-kit'
import { ledgerDrift } from '@satuanak/intake-kit/test-ledger'
import { workbook } from '@satuanak/intake-kit/test-workbooks'
import { statementsOf } from '@satuanak/testkit'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { type House, KRAPYAK, openHouse, PANJANG_WETAN, PKBM } from '../../test-house.ts'
import { importCommand } from '../import-command.ts'
import { counts, type Desk, DISDIK, openDesk } from '../test-desk.ts'
import { SCHOOLS } from './take-schools.ts'

let house: House
let desk: Desk
beforeAll(async () => {
  house = await openHouse(inject('postgresUrl'))
  desk = await openDesk(house.app, SCHOOLS)
})
afterAll(async () => {
  await desk?.close()
  await house?.close()
})

const HEADING = 'No,NPSN,Nama Sekolah,Bentuk Pendidikan,Status Sekolah,Kelurahan,Kode Desa/Kelurahan,Daya Tampung'
let serial = 0
const newNpsn = () => `991${String(++serial).padStart(5, '0')}`
interface Row {
  readonly npsn: string
  readonly name?: string
  readonly form?: string
  readonly kelurahan?: string
  readonly capacity?: string
}
const line = ({ npsn, name = `SMP Contoh ${npsn}`, form = 'SMP', kelurahan = KRAPYAK, capacity = '90' }: Row) =>
  `1,${npsn},${name},${form},SWASTA,Krapyak,${kelurahan},${capacity}`
const list = (...rows: readonly Row[]) => [HEADING, ...rows.map(line)]
const schoolOf = (npsn: string) => house.app.db.school.findUnique({ where: { npsn } })
const fresh = (count: number): Row[] => Array.from({ length: count }, () => ({ npsn: newNpsn() }))

describe('a school of the list', () => {
  test('is added with what Dapodik says of it, whatever the office calls its columns (ID-13, ID-14)', async () => {
    const [npsn, other] = [newNpsn(), newNpsn()]
    const intake = await desk.run([
      'nama_satuan_pendidikan;KODE-DAGRI;BP;kapasitas;npsn',
      `MTs Contoh 7;3375031002;MTs;120;${npsn}`,
      `SLB Contoh;${PANJANG_WETAN};Sekolah Luar Biasa;40;${other}`,
    ])
    expect([intake.state, ...counts(intake)]).toEqual(['SELESAI', 2, 2, 0, 0])
    expect(await schoolOf(npsn)).toEqual({
      npsn,
      name: 'MTs Contoh 7',
      levels: ['SMP'],
      kind: 'MTS',
      provider: 'MADRASAH',
      kelurahan: KRAPYAK,
      capacity: 120,
      latitude: null,
      longitude: null,
      closedOn: null,
      mergedInto: null,
    })
    expect(await schoolOf(other)).toMatchObject({ provider: 'SLB', levels: ['PAUD', 'SD', 'SMP', 'SMA'] })
  })

  test('is changed by what the list says, and keeps what it does not say', async () => {
    const [npsn] = [newNpsn()]
    await desk.run(list({ npsn }))
    const intake = await desk.run(list({ npsn, name: 'SMP Nama Baru', kelurahan: '', capacity: '' }))
    expect(counts(intake)).toEqual([1, 1, 0, 0])
    expect(await schoolOf(npsn)).toMatchObject({ name: 'SMP Nama Baru', kelurahan: KRAPYAK, capacity: 90 })
  })

  test('keeps the levels that somebody chose, where its form may teach them (ID-14)', async () => {
    const before = await schoolOf(PKBM)
    await desk.run(list({ npsn: PKBM, name: 'PKBM Harapan Baru', form: 'PKBM', kelurahan: '', capacity: '' }))
    expect(await schoolOf(PKBM)).toEqual({ ...before, name: 'PKBM Harapan Baru' })
  })

  test('that is there as the list has it is left alone, also in another file (EC-46)', async () => {
    const rows = fresh(3)
    await desk.run(list(...rows))
    const again = await desk.run(list(...rows.toReversed()))
    expect(counts(again)).toEqual([3, 0, 3, 0])
    expect(await desk.rowsOf(again)).toEqual(['2 SUDAH_ADA', '3 SUDAH_ADA', '4 SUDAH_ADA'])
  })

  test('without a word on its seats is added with none, and told so (EC-32)', async () => {
    const npsn = newNpsn()
    const intake = await desk.run(list({ npsn, capacity: '' }))
    expect(await desk.rowsOf(intake)).toEqual(['2 BARU W EC-32 DAYA_TAMPUNG'])
    expect(await schoolOf(npsn)).toMatchObject({ capacity: 0 })
  })
})

const BAD_ROWS = [
  ['an NPSN of 3 digits', { npsn: '123' }, 'E ID-13 NPSN'],
  ['no NPSN', { npsn: '' }, 'E ID-13 NPSN'],
  ['a letter before the number of a formal school', { npsn: 'P9912345' }, 'E ID-13 NPSN'],
  ['no name', { name: '' }, 'E ID-13 NAMA'],
  ['hidden characters in its name', { name: 'SMP \u202eContoh' }, 'E ID-13 NAMA'],
  ['a NIK in its name', { name: 'SMP 9901010101140999' }, 'E ID-09 NAMA'],
  ['letters lost in saving', { name: 'SMP Conto\ufffd' }, 'E ID-19 NAMA'],
  ['a form that nobody knows', { form: 'Universitas' }, 'E ID-14 BENTUK'],
  ['a course provider', { form: 'LKP' }, 'E ID-14 BENTUK'],
  ['the name of a property of objects as its form', { form: 'constructor' }, 'E ID-14 BENTUK'],
  ['a regency for a kelurahan', { kelurahan: '33.75' }, 'E ID-23 KODE_KELURAHAN'],
  ['no place, and new', { kelurahan: '' }, 'E ID-23 KODE_KELURAHAN'],
  ['seats that are no number', { capacity: 'banyak' }, 'E EC-32 DAYA_TAMPUNG'],
  ['fewer seats than none', { capacity: '-1' }, 'E EC-32 DAYA_TAMPUNG'],
  ['more seats than a school has', { capacity: '10001' }, 'E EC-32 DAYA_TAMPUNG'],
] as const

describe('a row with', () => {
  test.for(BAD_ROWS)('%s is refused with rule and column, and keeps no other out', async ([, bad, said]) => {
    const before = await house.app.db.school.count()
    const intake = await desk.run(list({ npsn: newNpsn(), ...bad }, { npsn: newNpsn() }))
    expect(await desk.rowsOf(intake)).toEqual([`2 DITOLAK ${said}`])
    expect(counts(intake)).toEqual([2, 1, 0, 1])
    expect(await house.app.db.school.count()).toBe(before + 1)
  })

  test('the NPSN of an earlier one: the same is a repetition, another is refused, also in another batch', async () => {
    const npsn = newNpsn()
    const rows = list({ npsn }, { npsn: newNpsn() }, { npsn }, { npsn, capacity: '10' })
    for (const dryRun of [true, false]) {
      const intake = await desk.run(rows, { dryRun, batch: 1 })
      expect(await desk.rowsOf(intake)).toEqual(['4 SUDAH_ADA I ID-13 NPSN', '5 DITOLAK E ID-13 NPSN'])
    }
    expect(await schoolOf(npsn)).toMatchObject({ capacity: 90 })
  })
})

describe('an intake', () => {
  test('says in a dry run of every row what the run then does, and writes no school', async () => {
    const [known, changed] = fresh(2)
    await desk.run(list(...[known, changed].flatMap((row) => row ?? [])))
    const path = await desk.fileOf(
      list({ npsn: known?.npsn ?? '' }, { npsn: changed?.npsn ?? '', capacity: '91' }, ...fresh(2), { npsn: 'x' }).join(
        '\n',
      ),
    )
    const before = await house.app.db.school.findMany({ orderBy: { npsn: 'asc' } })
    const tried = await desk.runFile(path, { dryRun: true, batch: 2 })
    expect(await house.app.db.school.findMany({ orderBy: { npsn: 'asc' } })).toEqual(before)
    const done = await desk.runFile(path, { batch: 2 })
    expect(counts(done)).toEqual([5, 3, 1, 1])
    expect([counts(tried), await desk.rowsOf(tried)]).toEqual([counts(done), await desk.rowsOf(done)])
    expect(await house.app.db.school.count()).toBe(before.length + 2)
  })

  test('that was stopped goes on where it was; of a finished one the result comes once more (EC-46)', async () => {
    const rows = fresh(5)
    const path = await desk.fileOf(list(...rows).join('\n'))
    const half = await desk.runFile(path, { batch: 2, stopping: true })
    expect([half.state, ...counts(half)]).toEqual(['BERJALAN', 2, 2, 0, 0])
    const whole = await desk.runFile(path, { batch: 2 })
    expect([whole.id, whole.state, ...counts(whole)]).toEqual([half.id, 'SELESAI', 5, 5, 0, 0])
    expect(await desk.runFile(path)).toEqual(whole)
    const met = await house.app.db.intakeDryPrint.count()
    expect(met).toBe(0)
  })

  test('of two lists that bring the same schools at the same moment ends with each once', async () => {
    const rows = fresh(20)
    const both = await Promise.all([desk.run(list(...rows)), desk.run(list(...rows.toReversed()))])
    expect(both.map(({ refused }) => refused)).toEqual([0, 0])
    expect(await house.app.db.school.count({ where: { npsn: { in: rows.map(({ npsn }) => npsn) } } })).toBe(20)
  })

  test('costs the same statements whatever its number of rows (no N+1)', async () => {
    const few = await statementsOf(() => desk.run(list(...fresh(2))))
    const many = await statementsOf(() => desk.run(list(...fresh(200))))
    expect(many.length).toBe(few.length)
  })

  test('reads a workbook, whose NPSN may be a number', async () => {
    const npsn = newNpsn()
    const book = await workbook([
      ['NPSN', 'NAMA', 'BENTUK PENDIDIKAN', 'KODE KELURAHAN', 'DAYA TAMPUNG'],
      [Number(npsn), 'SD Contoh 5', 'SD', 3375031002, 168],
    ])
    const intake = await desk.runFile(await desk.fileOf(book, 'xlsx'))
    expect([intake.format, ...counts(intake)]).toEqual(['XLSX', 1, 1, 0, 0])
    expect(await schoolOf(npsn)).toMatchObject({ levels: ['SD'], kelurahan: KRAPYAK, capacity: 168 })
  })

  test('without its columns is refused with what is missing', async () => {
    await expect(desk.run(['NAMA,ALAMAT', 'SD,Jalan'])).rejects.toThrow('Missing: NPSN, BENTUK')
  })

  test('is audited as one entry a batch, with counts and no row (PV-05)', async () => {
    const { id } = await desk.run(list(...fresh(3)), { batch: 2 })
    const rows = await house.app.db.$queryRawUnsafe<object[]>(
      `SELECT actor, detail ->> 'created' AS created FROM platform.audit_entry
       WHERE action = 'school.import' AND detail ->> 'intake' = $1 ORDER BY detail ->> 'created'`,
      id,
    )
    expect(rows).toEqual(['1', '2'].map((created) => ({ actor: DISDIK.subject, created })))
  })

  test("is the Education Office's alone (PV-18)", async () => {
    const path = await desk.fileOf(list(...fresh(1)).join('\n'))
    for (const persona of ['panitia-sekolah', 'pkbm', 'bapperida', 'dukcapil'] as const) {
      const tried = importFile(house.app, PERSONAS[persona].caller, { path, kind: SCHOOLS, dryRun: true })
      await expect(tried).rejects.toMatchObject({ code: 'NOT_PERMITTED' })
    }
  })
})

test("the ledger's tables are those of the kit", async () => {
  expect(await ledgerDrift(house.app)).toEqual([])
})

test('the command says what came of the rows, and row by row in a report in the order of the file', async () => {
  const path = await desk.fileOf(
    list({ npsn: newNpsn() }, { npsn: '12' }, { npsn: newNpsn(), capacity: '' }).join('\n'),
  )
  const report = join(desk.folder, 'report.csv')
  const printed: string[] = []
  const run = (argv: readonly string[]) =>
    importCommand(argv, {
      app: house.app,
      caller: DISDIK,
      signal: new AbortController().signal,
      print: (said) => printed.push(said),
      progress: () => undefined,
    })
  expect(await run([path, '--as', 'sekolah', '--report', report])).toBe(0)
  expect(printed.join('\n')).toContain('3 rows: 2 added or changed (1 to look at again), 0 there already, 1 refused')
  const lines = (await readFile(report, 'utf8')).split('\r\n')
  expect(lines[1]).toMatch(/^"3";"DITOLAK";"E";"NPSN";"ID-13";"NPSN harus 8 angka[^;]+";"An NPSN has 8 digits/)
  expect(lines[2]).toMatch(/^"4";"BARU";"W";"DAYA_TAMPUNG";"EC-32"/)
  for (const argv of [[path], [path, '--as', 'penduduk'], [path, '--as', 'toString'], ['--as', 'sekolah']]) {
    expect(await run(argv)).toBe(2)
  }
  expect(printed.at(-1)).toContain('Usage: npm run import')
})
