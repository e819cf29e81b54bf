import { ledgerDrift } from '@satuanak/intake-kit/test-ledger'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RegistryNetwork, registerAs, startRegistry } from '../test-registry.ts'
import { importFile } from './import-file.ts'
import { child, csv, type Desk, DUKCAPIL, openDesk, type Row } from './test-files.ts'

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

describe('a row that goes in', () => {
  test('is a child as the desk would have registered it: particulars, papers, event, audit', async () => {
    const [one, other] = [child(), child({ NIK: '' })]
    const intake = await desk.run([one, other])
    expect([intake.state, ...counts(intake)]).toEqual(['SELESAI', 2, 2, 0, 0])
    const [id] = await desk.named(one.NAMA)
    const [person] = await sql<Record<string, unknown>>(
      `SELECT name, sex, birth_date::text, mother_name, kelurahan, nik_last4, match_verdict, registered_by,
              (SELECT array_agg(kind) FROM paper WHERE child_id = id) AS held,
              EXISTS (SELECT FROM platform.child_known WHERE child_id = id) AS known
       FROM person WHERE id = $1::uuid`,
      id,
    )
    expect(person).toEqual({
      name: one.NAMA,
      sex: 'L',
      birth_date: one.TGL_LAHIR,
      mother_name: one.NAMA_IBU,
      kelurahan: '33.75.03.1004',
      nik_last4: one.NIK.slice(-4),
      match_verdict: 'TIDAK_ADA',
      registered_by: 'DUKCAPIL',
      held: ['NIK'],
      known: true,
    })
    const [event] = await sql<{ envelope: object }>('SELECT envelope FROM platform.outbox WHERE subject = $1::uuid', id)
    expect(event?.envelope).toMatchObject({
      type: 'civil-registry.person.registered.v1',
      data: { missing: ['AKTA', 'KK', 'KIA'], kelurahan: '33.75.03.1004' },
      actor: DUKCAPIL.subject,
      correlationid: intake.id,
    })
    const audited = await sql<{ subjects: string[] }>(
      `SELECT subjects FROM platform.audit_entry WHERE action = 'person.register' AND detail->>'source' = $1`,
      intake.id,
    )
    expect(audited.map(({ subjects }) => subjects.length)).toEqual([2])
  })

  test('is found by its NIK, whose digits stand nowhere (ID-09)', async () => {
    const one = child()
    const intake = await desk.run([one])
    const { childByNik } = await network
      .subgraph('civil-registry', 'dukcapil')
      .ok<{ childByNik: { id: string } }>('query ($nik: String!) { childByNik(nik: $nik) { id } }', { nik: one.NIK })
    expect([childByNik.id]).toEqual(await desk.named(one.NAMA))
    const kept = await sql<{ text: string }>(
      `SELECT concat(i, r, p, a) AS text FROM intake i LEFT JOIN intake_row r ON r.intake_id = i.id
       LEFT JOIN intake_print p ON true
       LEFT JOIN platform.audit_entry a ON a.detail->>'source' = i.id::text OR a.detail->>'intake' = i.id::text
       WHERE i.id = $1::uuid`,
      intake.id,
    )
    const text = kept.map((row) => row.text).join()
    expect(text).toContain(intake.id)
    expect(text).not.toContain(one.NIK)
    expect(text.toUpperCase()).not.toContain(one.NAMA.toUpperCase())
  })

  test('that cannot go in is told with its number, its rule and its column, and keeps nobody else out', async () => {
    const intake = await desk.run([child({ NIK: '3.37501E+15' }), child(), child({ NAMA: '' }), child({ JK: 'x' })])
    expect(counts(intake)).toEqual([4, 1, 0, 3])
    expect(await desk.rowsOf(intake.id)).toEqual([
      '2 DITOLAK E ID-07',
      '3 BARU',
      '4 DITOLAK E ID-19',
      '5 DITOLAK E TUN-03',
    ])
  })
})

describe('who is there already', () => {
  test('the same file again is the same intake: its result once more, and nothing written (EC-46)', async () => {
    const path = await desk.fileOf(csv(children(3)))
    const first = await importFile(desk.app, DUKCAPIL, { path, dryRun: false })
    const audited = async () => (await sql('SELECT 1 FROM platform.audit_entry')).length
    const before = await audited()
    expect(await importFile(desk.app, DUKCAPIL, { path, dryRun: false })).toEqual(first)
    expect(await audited()).toBe(before)
  })

  test('the same rows in another file are known by NIK, or by all that stands in them, and nobody is doubled', async () => {
    const rows = [...children(2), ...children(2, { NIK: '' })]
    await desk.run(rows)
    const again = await desk.run([...rows.toReversed(), child()])
    expect(counts(again)).toEqual([5, 1, 4, 0])
    for (const { NAMA } of rows) expect(await desk.named(NAMA)).toHaveLength(1)
    expect((await desk.rowsOf(again.id)).slice(0, 4)).toEqual([2, 3, 4, 5].map((no) => `${no} SUDAH_ADA`))
  })

  test('the same name in another spelling is the same person, where NIK and birth date agree (ID-20, EC-08)', async () => {
    const one = child({ NAMA: 'Moch. Ubaidillahqu' })
    await desk.run([one])
    expect(counts(await desk.run([{ ...one, NAMA: 'MUHAMMAD UBAIDILLAHQU' }]))).toEqual([1, 0, 1, 0])
  })

  test('a NIK held by someone with another name or birth date is refused, and its holder stays (EC-01, ID-08)', async () => {
    const one = child()
    await desk.run([one])
    const intake = await desk.run([
      { ...one, NAMA: 'Orang Lainnya' },
      { ...one, TGL_LAHIR: '2013-01-02' },
    ])
    expect(await desk.rowsOf(intake.id)).toEqual(['2 DITOLAK E EC-01', '3 DITOLAK W ID-05 E EC-01'])
    expect(await desk.named('Orang Lainnya')).toEqual([])
  })

  test('of two rows of one file with one NIK the first holds it: the other is that person, or refused', async () => {
    const one = child()
    const intake = await desk.run([one, { ...one, KELURAHAN: '33.75.03.1002' }, { ...one, NAMA: 'Orang Ketiga' }])
    expect(await desk.rowsOf(intake.id)).toEqual(['2 BARU', '3 SUDAH_ADA', '4 DITOLAK E EC-01'])
  })

  test('the same row without a NIK twice in one file is one child', async () => {
    const one = child({ NIK: '' })
    const intake = await desk.run([one, child(), one])
    expect(counts(intake)).toEqual([3, 2, 1, 0])
    expect(await desk.named(one.NAMA)).toHaveLength(1)
  })

  test('who looks like a registered child, or like one further up in the file, goes in and waits for an officer (ID-21)', async () => {
    const [one, other] = [child({ NIK: '' }), child({ NIK: '' })]
    await desk.run([one])
    const intake = await desk.run([{ ...one, KELURAHAN: '33.75.03.1002' }, other, { ...other, NAMA_IBU: '' }])
    expect(await desk.rowsOf(intake.id)).toEqual(['2 BARU W ID-21', '4 BARU W ID-21'])
    const [before, after] = await desk.named(one.NAMA)
    expect(
      await sql('SELECT verdict, state FROM match_pair WHERE low_id = $1::uuid AND high_id = $2::uuid', before, after),
    ).toEqual([{ verdict: 'SANGAT_MUNGKIN', state: 'MENUNGGU' }])
    expect(await sql('SELECT match_verdict FROM person WHERE id = $1::uuid', after)).toEqual([
      { match_verdict: 'SANGAT_MUNGKIN' },
    ])
  })

  test('of a file and a desk that bring the same NIK at the same moment one comes in (ID-08)', async () => {
    const some = children(3)
    const atDesk = some.map(({ NAMA: name, TGL_LAHIR: birthDate, NAMA_IBU: motherName, NIK: nik, KELURAHAN }) =>
      registerAs(network)({ name, sex: 'L', birthDate, motherName, nik, address: { kelurahan: KELURAHAN } }),
    )
    await Promise.all([desk.run(some), ...atDesk])
    for (const { NAMA } of some) expect(await desk.named(NAMA)).toHaveLength(1)
  })
})

describe('an intake that does not come to its end', () => {
  test('goes on where it stopped, with nobody twice and nobody left out', async () => {
    const rows = [...children(5), ...children(2, { NIK: '' })]
    const path = await desk.fileOf(csv(rows))
    const stop = new AbortController()
    const file = { path, dryRun: false, batch: 2 }
    const half = await importFile(desk.app, DUKCAPIL, { ...file, signal: stop.signal, onProgress: () => stop.abort() })
    expect([half.state, ...counts(half)]).toEqual(['BERJALAN', 2, 2, 0, 0])
    const whole = await importFile(desk.app, DUKCAPIL, file)
    expect([whole.id, whole.state, ...counts(whole)]).toEqual([half.id, 'SELESAI', 7, 7, 0, 0])
    for (const { NAMA } of rows) expect(await desk.named(NAMA)).toHaveLength(1)
  })

  test('a batch that fails leaves nothing of itself, and is taken again', async () => {
    const rows = children(4)
    const path = await desk.fileOf(csv(rows))
    const file = { path, dryRun: false, batch: 2 }
    await sql(`ALTER TABLE intake_print ADD CONSTRAINT trouble CHECK (false) NOT VALID`)
    const troubled = await desk.fileOf(csv([...rows, child({ NIK: '' })]))
    await expect(importFile(desk.app, DUKCAPIL, { ...file, path: troubled, batch: 3 })).rejects.toThrow()
    await sql('ALTER TABLE intake_print DROP CONSTRAINT trouble')
    const whole = await importFile(desk.app, DUKCAPIL, { ...file, path: troubled, batch: 3 })
    expect(counts(whole)).toEqual([5, 5, 0, 0])
    expect(counts(await importFile(desk.app, DUKCAPIL, file))).toEqual([4, 0, 4, 0])
  })

  test('two that run the same file at once: one does, the other is told so, and nobody is doubled', async () => {
    const rows = children(6)
    const path = await desk.fileOf(csv(rows))
    const both = await Promise.allSettled(
      [1, 2].map(() => importFile(desk.app, DUKCAPIL, { path, dryRun: false, batch: 1 })),
    )
    const refused = both.filter(({ status }) => status === 'rejected') as PromiseRejectedResult[]
    for (const { reason } of refused) expect(reason).toMatchObject({ code: 'INTAKE_AT_WORK' })
    await importFile(desk.app, DUKCAPIL, { path, dryRun: false })
    for (const { NAMA } of rows) expect(await desk.named(NAMA)).toHaveLength(1)
  })
})

test("the ledger's tables are those of the kit, though older migrations made them", async () => {
  expect(await ledgerDrift(desk.app)).toEqual([])
})
