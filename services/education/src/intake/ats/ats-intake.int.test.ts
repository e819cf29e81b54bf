import { randomUUID } from 'node:crypto'
import { ChildId } from '@satuanak/contracts'
import { PERSONAS } from '@satuanak/demo-city'
import { importFile } from '@satuanak/intake-kit'
import { workbook } from '@satuanak/intake-kit/test-workbooks'
import { statementsOf } from '@satuanak/testkit'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { protectedAt } from '../../test-events.ts'
import { type House, openHouse, PANJANG_WETAN, SMP } from '../../test-house.ts'
import { counts, type Desk, DISDIK, openDesk } from '../test-desk.ts'
import { MINISTRY_LIST } from './take-listed.ts'

let house: House
let desk: Desk
beforeAll(async () => {
  house = await openHouse(inject('postgresUrl'))
  desk = await openDesk(house.app, MINISTRY_LIST)
})
afterAll(async () => {
  await desk?.close()
  await house?.close()
})

/** AT-13, as the ministry writes it, with columns that are not read among them. */
const COLUMNS = [
  'sekolah_id',
  'tahun',
  'peserta_didik_id',
  'nisn',
  'nik',
  'no_kk',
  'nama',
  'jenis_kelamin',
  'tempat_lahir',
  'tanggal_lahir',
  'nama_ibu_kandung',
  'kode_wilayah',
  'kode_dagri',
  'alamat_jalan',
  'rt',
  'rw',
  'status_approval',
  'status',
  'soft_delete_ats',
] as const
type Row = Readonly<Record<(typeof COLUMNS)[number], string>>

let serial = 0
/** A pupil like no other test's. */
function pupil(more: Partial<Row> = {}): Row {
  serial += 1
  return {
    sekolah_id: '',
    tahun: '2026',
    peserta_didik_id: randomUUID(),
    nisn: '',
    nik: `990101030713${String(serial).padStart(4, '0')}`,
    no_kk: '',
    nama: 'Bagaskoro Wijanarko',
    jenis_kelamin: 'L',
    tempat_lahir: 'Pekalongan',
    tanggal_lahir: '2013-07-03',
    nama_ibu_kandung: 'Sumarniyati',
    kode_wilayah: '036401AA',
    kode_dagri: '3375031004',
    alamat_jalan: 'Jalan Contoh 4',
    rt: '1',
    rw: '2',
    status_approval: '1',
    status: 'DO',
    soft_delete_ats: '0',
    ...more,
  }
}
const list = (...rows: readonly Row[]) => [
  COLUMNS.join(','),
  ...rows.map((row) => COLUMNS.map((column) => row[column]).join(',')),
]
const records = (since: number) => house.app.db.atsRecord.findMany({ orderBy: { id: 'asc' }, skip: since })
const pupils = (count: number) => Array.from({ length: count }, () => pupil())
/** What is always said of a NIK of a region that is none, as every synthetic one is. */
const besides = (rows: readonly string[]) => rows.map((row) => row.replace(' W ID-06 NIK', ''))

describe('a pupil of the ministry’s list', () => {
  test('opens a record, and is presented to the registry as a child that nobody knew (AT-02, AT-13)', async () => {
    const before = await house.count('ats_record')
    const intake = await desk.run(list(pupil(), pupil({ status: 'bpb', jenis_kelamin: 'Perempuan', nik: '' })))
    expect([intake.state, ...counts(intake)]).toEqual(['SELESAI', 2, 2, 0, 0])
    const opened = await records(before)
    expect(opened.map(({ category }) => category).toSorted()).toEqual(['BPB', 'DO'])
    for (const one of opened) {
      expect(one).toMatchObject({ source: 'MINISTRY', state: 'BELUM_VERIFIKASI', kelurahan: PANJANG_WETAN })
      expect(await house.eventsAbout(one.childId)).toEqual([
        'education.child.presented.v1',
        'education.ats.record.created.v1',
      ])
    }
    const seen = await house.see('dinas-pendidikan', opened[0]?.childId ?? '')
    expect(seen.child?.ats).toMatchObject({ source: 'MINISTRY', why: expect.stringContaining('AT-02') })
  })

  test('leaves neither NIK nor name nor the ministry’s id with education (ID-09)', async () => {
    const one = pupil({ no_kk: '9901010101140001' })
    const { id } = await desk.run(list(one, pupil({ nama: '' })))
    const tables = await house.app.db.$queryRawUnsafe<{ name: string }[]>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname IN ('public', 'platform')`,
    )
    let whole = ''
    for (const { name } of tables) {
      const rows = await house.app.db.$queryRawUnsafe<{ text: string }[]>(`SELECT one::text AS text FROM ${name} one`)
      whole += rows.map(({ text }) => text).join()
    }
    expect(whole).toContain(id)
    for (const secret of [one.nik, one.no_kk, one.peserta_didik_id, one.nama, one.nama_ibu_kandung]) {
      expect(whole).not.toContain(secret)
    }
  })

  test('who came in before is left alone, in another file too, and whatever became of the record (AT-03, EC-46)', async () => {
    const rows = pupils(3)
    const before = await house.count('ats_record')
    await desk.run(list(...rows))
    const [first, second] = await records(before)
    await house.enrol({ childId: first?.childId })
    await house.hear(protectedAt(ChildId.parse(second?.childId), 4))
    const again = await desk.run(list(...rows.toReversed(), pupil()))
    expect(counts(again)).toEqual([4, 1, 3, 0])
    const told = ['2', '3', '4'].map((no) => `${no} SUDAH_ADA I AT-03 PESERTA_DIDIK_ID`)
    expect(besides(await desk.rowsOf(again)).slice(0, 3)).toEqual(told)
    expect(await house.count('ats_record')).toBe(before + 4)
    expect((await house.see('dinas-pendidikan', first?.childId ?? '')).child?.school).toEqual({ npsn: SMP })
  })

  test('who stands there once for each year is one child', async () => {
    const one = pupil()
    const rows = list(one, pupil(), { ...one, tahun: '2025', status: 'LTM' })
    for (const dryRun of [true, false]) {
      const before = await house.count('ats_record')
      expect(counts(await desk.run(rows, { dryRun, batch: 1 }))).toEqual([3, 2, 1, 0])
      expect(await house.count('ats_record')).toBe(dryRun ? before : before + 2)
    }
  })

  test('without a kelurahan is on nobody’s list but the Education Office’s, and the officer is told (ID-23)', async () => {
    const before = await house.count('ats_record')
    const intake = await desk.run(list(pupil({ kode_dagri: '' })))
    expect(besides(await desk.rowsOf(intake))).toEqual(['2 BARU W ID-23 KODE_DAGRI'])
    expect(await records(before)).toMatchObject([{ kelurahan: null }])
  })
})

const BAD_ROWS = [
  ['no id of the ministry’s', { peserta_didik_id: '' }, 'E AT-13 PESERTA_DIDIK_ID'],
  ['an id that is none', { peserta_didik_id: '17' }, 'E AT-13 PESERTA_DIDIK_ID'],
  ['a status that nobody knows', { status: 'PINDAH' }, 'E AT-01 STATUS'],
  ['no name', { nama: '' }, 'E ID-19 NAMA'],
  ['a sex that is none', { jenis_kelamin: 'x' }, 'E TUN-03 JENIS_KELAMIN'],
  ['a grown-up of 40', { tanggal_lahir: '1986-01-05', nik: '' }, 'E EC-17 TANGGAL_LAHIR'],
  ['a NIK that Excel wrote', { nik: '9.9010E+15' }, 'E ID-07 NIK'],
  ['the ministry’s own code for a kelurahan', { kode_dagri: '036401AA' }, 'E ID-23 KODE_DAGRI'],
  ['letters lost in saving', { nama_ibu_kandung: 'Sumarn\ufffd' }, 'E ID-19 NAMA_IBU_KANDUNG'],
  ['the ministry’s mark that it was taken back', { soft_delete_ats: '1' }, 'E AT-13 SOFT_DELETE_ATS'],
] as const

describe('a row with', () => {
  test.for(BAD_ROWS)('%s is refused with rule and column, and keeps no other out', async ([, bad, said]) => {
    const before = await house.count('ats_record')
    const intake = await desk.run(list(pupil(bad), pupil()))
    expect(besides(await desk.rowsOf(intake)).filter((row) => row !== '3 BARU')).toEqual([`2 DITOLAK ${said}`])
    expect(await house.count('ats_record')).toBe(before + 1)
  })
})

describe('an intake', () => {
  test('says in a dry run what the run then does, and writes no child', async () => {
    const known = pupil()
    await desk.run(list(known))
    const path = await desk.fileOf(list(known, ...pupils(2), pupil({ nama: '' })).join('\n'))
    const [before, outbox] = [
      await house.count('ats_record'),
      await house.app.db.$queryRawUnsafe('TABLE platform.outbox'),
    ]
    const tried = await desk.runFile(path, { dryRun: true, batch: 2 })
    expect(await house.app.db.$queryRawUnsafe('TABLE platform.outbox')).toHaveLength((outbox as object[]).length)
    expect(await house.count('ats_record')).toBe(before)
    const done = await desk.runFile(path, { batch: 2 })
    expect(counts(done)).toEqual([4, 2, 1, 1])
    expect([counts(tried), await desk.rowsOf(tried)]).toEqual([counts(done), await desk.rowsOf(done)])
  })

  test('that was stopped goes on where it was, with nobody twice (EC-46)', async () => {
    const before = await house.count('ats_record')
    const path = await desk.fileOf(list(...pupils(5)).join('\n'))
    const half = await desk.runFile(path, { batch: 2, stopping: true })
    expect([half.state, ...counts(half)]).toEqual(['BERJALAN', 2, 2, 0, 0])
    expect(counts(await desk.runFile(path, { batch: 2 }))).toEqual([5, 5, 0, 0])
    expect(await house.count('ats_record')).toBe(before + 5)
  })

  test('of two lists that bring the same pupils at the same moment opens each once', async () => {
    const [rows, before] = [pupils(20), await house.count('ats_record')]
    await Promise.all([desk.run(list(...rows)), desk.run(list(...rows.toReversed()))])
    expect(await house.count('ats_record')).toBe(before + 20)
  })

  test('costs the same statements whatever its number of rows (no N+1)', async () => {
    const few = await statementsOf(() => desk.run(list(...pupils(2))))
    const many = await statementsOf(() => desk.run(list(...pupils(100))))
    expect(many.length).toBe(few.length)
  })

  test('of a workbook refuses a NIK in a numeric cell, which has lost its last digit (ID-07)', async () => {
    const one = pupil()
    const cells = COLUMNS.map((column) => (column === 'nik' ? Number(one.nik) : one[column]))
    const intake = await desk.runFile(await desk.fileOf(await workbook([[...COLUMNS], cells]), 'xlsx'))
    expect(await desk.rowsOf(intake)).toEqual(['2 DITOLAK E ID-07 NIK'])
  })

  test('is audited with every child it wrote (PV-05)', async () => {
    const { id } = await desk.run(list(...pupils(3)))
    const rows = await house.app.db.$queryRawUnsafe<{ actor: string; subjects: string[] }[]>(
      `SELECT actor, subjects FROM platform.audit_entry WHERE action = 'ats.report' AND detail ->> 'source' = $1`,
      id,
    )
    expect(rows.map(({ actor, subjects }) => [actor, subjects.length])).toEqual([[DISDIK.subject, 3]])
  })

  test("is the Education Office's alone: a kelurahan reports its own children one by one (TUN-R3, PV-18)", async () => {
    const path = await desk.fileOf(list(pupil()).join('\n'))
    for (const persona of ['kelurahan-panjang-wetan', 'relawan', 'panitia-sekolah', 'bapperida'] as const) {
      const tried = importFile(house.app, PERSONAS[persona].caller, { path, kind: MINISTRY_LIST, dryRun: true })
      await expect(tried).rejects.toMatchObject({ code: 'NOT_PERMITTED' })
    }
  })
})
