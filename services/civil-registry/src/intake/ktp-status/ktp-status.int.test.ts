import { workbook } from '@satuanak/intake-kit/test-workbooks'
import { statementsOf } from '@satuanak/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { newPupil, nextPupilNik, sendAs, startBalangan } from '../../test-balangan.ts'
import { boy, keepAt, type RegistryNetwork, registerAs } from '../../test-registry.ts'
import { type ImportFile, importFile } from '../import-file.ts'
import { type Desk, DUKCAPIL, openDesk } from '../test-files.ts'
import { ktpStatuses } from './take-statuses.ts'

let network: RegistryNetwork
let desk: Desk
beforeAll(async () => {
  network = await startBalangan()
  desk = await openDesk(network)
})
afterAll(async () => {
  await desk?.close()
  await network?.close()
})
beforeEach(() => network.clock.set('2026-11-26T01:00:00Z'))

const NATIONAL = { kind: ktpStatuses('nasional') } as const
const OPENSID = { kind: ktpStatuses('opensid') } as const

/** A pupil of the school, 16 until 1 December 2026, and its NIK. */
async function pupil(more: object = {}) {
  const nik = nextPupilNik()
  return { nik, id: await newPupil(network, { nik, ...more }) }
}
const pupils = async (count: number) => {
  const some = []
  for (let n = 0; n < count; n++) some.push(await pupil())
  return some
}

const file = (...lines: readonly string[]) => ['NIK;STATUS;TGL_STATUS;SUMBER', ...lines].join('\r\n')
const take = (lines: readonly string[], more: Partial<ImportFile> = NATIONAL) => desk.run(file(...lines), more)
const counts = ({ rowsDone, created, matched, refused, unknown }: Awaited<ReturnType<Desk['run']>>) => [
  rowsDone,
  created,
  matched,
  refused,
  unknown,
]
const sql = <T>(text: string, ...values: unknown[]) => desk.app.db.$queryRawUnsafe<T[]>(text, ...values)
const recordOf = async (id: string) => {
  const [row] = await sql<{ code: string; state: string; source: string }>(
    'SELECT code, state, source FROM ktp_record WHERE child_id = $1::uuid',
    id,
  )
  return row
}
const historyOf = (id: string) =>
  sql<{ new_code: string; source: string; origin: string | null; day: string }>(
    `SELECT new_code, source, origin, (at AT TIME ZONE 'Asia/Makassar')::text AS day FROM ktp_status_change
     WHERE child_id = $1::uuid ORDER BY at, id`,
    id,
  )
const told = (id: string) =>
  sql<{ type: string }>(
    `SELECT replace(type, 'civil-registry.ktp.', '') AS type FROM platform.outbox
     WHERE type LIKE 'civil-registry.ktp.%' AND subject = $1::uuid ORDER BY seq`,
    id,
  )
const record = (childId: string, code: string, more: object = {}) =>
  sendAs(network, 'dukcapil', 'recordKtpStatus', { childId, code, ...more }, '{ child { id } }')

describe('a status out of a file (KT-01)', () => {
  test('is kept with its day and source, told, and the print queue or the hold follow from it (BLG-R3)', async () => {
    const [young, old] = [await pupil(), await pupil({ birthDate: '2009-11-20' })]
    const intake = await take([
      `${young.nik};PRR;20-11-2026;SIAK terpusat`,
      `${old.nik};Print Ready Record;2026-11-21 08:30;`,
    ])
    expect([intake.state, intake.kind, ...counts(intake)]).toEqual(['SELESAI', 'STATUS_KTP', 2, 2, 0, 0, 0])
    expect(await recordOf(young.id)).toEqual({ code: 'PRINT_READY_RECORD', state: 'DITAHAN', source: 'IMPORT' })
    expect(await recordOf(old.id)).toMatchObject({ state: 'SIAP_CETAK' })
    const step = { new_code: 'PRINT_READY_RECORD', source: 'IMPORT' }
    expect(await historyOf(young.id)).toEqual([{ ...step, origin: 'SIAK terpusat', day: '2026-11-20 00:00:00' }])
    expect(await historyOf(old.id)).toEqual([{ ...step, origin: null, day: '2026-11-21 08:30:00' }])
    expect((await told(young.id)).map(({ type }) => type)).toEqual(['status.changed.v1', 'held.v1'])
    const query = '{ printQueue(first: 100) { nodes { id } } }'
    const { printQueue } = await network
      .subgraph('civil-registry', 'operator-pencetakan')
      .ok<{ printQueue: { nodes: { id: string }[] } }>(query)
    expect(printQueue.nodes).toContainEqual({ id: old.id })
    expect(printQueue.nodes).not.toContainEqual({ id: young.id })
  })

  test('that this house does not know is kept as written and waits for an officer', async () => {
    const one = await pupil()
    const intake = await take([`${one.nik};HUB_TRANSFER_9;2026-11-20;`])
    expect(await desk.rowsOf(intake.id)).toEqual(['2 DITERAPKAN W KT-01'])
    expect(await recordOf(one.id)).toMatchObject({ code: 'HUB_TRANSFER_9', state: 'PERLU_PETUGAS' })
  })

  test('older than what is known goes to the history, once, and moves nothing', async () => {
    const one = await pupil()
    await record(one.id, 'PRR', { at: '2026-11-25T01:00:00Z' })
    const rows = [`${one.nik};PROCESSING;2026-11-18;`, `${one.nik};PROCESSING;2026-11-18;`]
    const intake = await take(rows)
    await take([...rows, ''])
    expect(await desk.rowsOf(intake.id)).toEqual(['2 SUDAH_ADA I KT-01', '3 SUDAH_ADA I KT-01'])
    expect(await recordOf(one.id)).toMatchObject({ code: 'PRINT_READY_RECORD', source: 'MANUAL' })
    expect((await historyOf(one.id)).map(({ new_code }) => new_code)).toEqual(['PROCESSING', 'PRINT_READY_RECORD'])
  })

  test('undated it never takes a status back: a card that exists is not printed again (BLG-R1)', async () => {
    const one = await pupil({ birthDate: '2008-01-01' })
    await record(one.id, 'CARD_ISSUED')
    const intake = await take([`${one.nik};PRR;;`, `${one.nik};CARD_ISSUED;;`])
    expect(await desk.rowsOf(intake.id)).toEqual(['2 DITOLAK E KT-01', '3 SUDAH_ADA'])
    expect(await recordOf(one.id)).toMatchObject({ code: 'CARD_ISSUED', state: 'SUDAH_CETAK', source: 'MANUAL' })
  })

  test('several of one person in one file follow one another', async () => {
    const one = await pupil()
    await take([`${one.nik};BIO_CAPTURED;2026-11-10;`, `${one.nik};SFE;2026-11-11;`, `${one.nik};PRR;2026-11-12;`])
    expect((await historyOf(one.id)).map(({ new_code }) => new_code)).toEqual([
      'BIO_CAPTURED',
      'SENT_FOR_ENROLLMENT',
      'PRINT_READY_RECORD',
    ])
    expect((await told(one.id)).map(({ type }) => type)).toEqual([
      'status.changed.v1',
      'status.changed.v1',
      'status.changed.v1',
      'held.v1',
    ])
  })
})

describe('OpenSID’s coding (KT-02)', () => {
  test('of a workbook its numbers are statuses; a code that says no more than what is known changes nothing', async () => {
    const [one, other] = await pupils(2)
    if (!one || !other) throw new Error('two pupils')
    await record(one.id, 'DUPLICATE_RECORD', { at: '2026-11-20T01:00:00Z' })
    const sheet = await workbook([
      ['NIK', 'Status Rekam'],
      [one.nik, 3],
      [other.nik, 5],
      [other.nik, '17'],
    ])
    const intake = await importFile(desk.app, DUKCAPIL, {
      path: await desk.fileOf(sheet, 'xlsx'),
      dryRun: false,
      ...OPENSID,
    })
    expect(await desk.rowsOf(intake.id)).toEqual(['2 SUDAH_ADA', '4 DITERAPKAN W KT-01'])
    expect(await recordOf(one.id)).toMatchObject({ code: 'DUPLICATE_RECORD' })
    expect(await recordOf(other.id)).toMatchObject({ code: 'OPENSID_17', state: 'PERLU_PETUGAS' })
    expect((await historyOf(other.id)).map(({ origin }) => origin)).toEqual(['OPENSID', 'OPENSID'])
  })

  test('its numbers are refused in a national file, which taken in as OpenSID’s is another intake', async () => {
    const one = await pupil()
    const path = await desk.fileOf(file(`${one.nik};5;;`))
    const refused = await importFile(desk.app, DUKCAPIL, { path, dryRun: false, ...NATIONAL })
    expect(await desk.rowsOf(refused.id)).toEqual(['2 DITOLAK E KT-02'])
    expect(counts(await importFile(desk.app, DUKCAPIL, { path, dryRun: false, ...OPENSID }))).toEqual([1, 1, 0, 0, 0])
  })
})

describe('a row that cannot go in', () => {
  test('is told with its column and rule, and keeps nobody else out (ID-02, ID-03, ID-07)', async () => {
    const one = await pupil()
    const intake = await take([
      '3.37501E+15;PRR;;',
      '9901013213140001;PRR;;',
      ';PRR;;',
      `${one.nik};;;`,
      `${one.nik};PRR;2026-11-27;`,
      `${one.nik};PRR;30-02-2026;`,
      `${one.nik};PRR;2010-12-31;`,
      `${nextPupilNik()};PRR;;`,
      `${one.nik};PRR;;`,
    ])
    expect(await desk.rowsOf(intake.id)).toEqual([
      '2 DITOLAK E ID-07',
      '3 DITOLAK E ID-03',
      '4 DITOLAK E ID-02',
      '5 DITOLAK E KT-01',
      '6 DITOLAK E KT-01',
      '7 DITOLAK E KT-01',
      '8 DITOLAK E KT-01',
      '9 TIDAK_DIKENAL E KT-01',
    ])
    expect(counts(intake)).toEqual([9, 1, 0, 7, 1])
  })

  test('a NIK out of a numeric cell is refused: its last digit is lost (ID-07)', async () => {
    const sheet = await workbook([
      ['NIK', 'STATUS'],
      [9901010112090000, 'PRR'],
    ])
    const path = await desk.fileOf(sheet, 'xlsx')
    const intake = await importFile(desk.app, DUKCAPIL, { path, dryRun: false, ...NATIONAL })
    expect(await desk.rowsOf(intake.id)).toEqual(['2 DITOLAK E ID-07'])
  })

  test('a NIK that two persons hold is nobody’s to decide by itself; two records of one person are one (EC-01)', async () => {
    const { nik, id } = await pupil()
    await keepAt(network, id, 4)
    const claimant = boy({ name: 'Orang Lain', motherName: 'Ibu Orang Lain', birthDate: '2009-12-01', nik })
    const { data } = await registerAs(network)(claimant, {}, 'kelurahan-panjang-wetan')
    const apart = await take([`${nik};PRR;;`])
    expect(await desk.rowsOf(apart.id)).toEqual(['2 DITOLAK E EC-01'])
    expect(await recordOf(id)).toBeUndefined()
    const link = { keepId: id, aliasId: data?.child.id, reason: 'Satu orang menurut KK.' }
    await sendAs(network, 'dukcapil', 'linkChildren', link, '{ __typename }')
    expect(counts(await take([`${nik};PRR;;x`]))).toEqual([1, 1, 0, 0, 0])
  })

  test('a file without the columns is refused as a whole', async () => {
    await expect(desk.run('NIK;NAMA\r\n1;2', NATIONAL)).rejects.toMatchObject({ code: 'INTAKE_UNREADABLE' })
  })
})

describe('an intake of statuses', () => {
  test('the same file again writes nothing; its rows in another file are there already (EC-46)', async () => {
    const [one] = await pupils(1)
    const lines = [`${one?.nik};PRR;2026-11-20;`]
    const first = await take(lines)
    expect(await take(lines)).toEqual(first)
    expect(counts(await take([...lines, '']))).toEqual([1, 0, 1, 0, 0])
    expect(await historyOf(one?.id ?? '')).toHaveLength(1)
  })

  test('goes on where it stopped, with the date on which it began', async () => {
    const some = await pupils(5)
    const path = await desk.fileOf(file(...some.map(({ nik }) => `${nik};SFE;;`)))
    const stop = new AbortController()
    const command = { path, dryRun: false, batch: 2, ...NATIONAL }
    const half = await importFile(desk.app, DUKCAPIL, {
      ...command,
      signal: stop.signal,
      onProgress: () => stop.abort(),
    })
    expect([half.state, ...counts(half)]).toEqual(['BERJALAN', 2, 2, 0, 0, 0])
    network.clock.set('2026-11-29T01:00:00Z')
    const whole = await importFile(desk.app, DUKCAPIL, command)
    expect([whole.id, whole.state, ...counts(whole)]).toEqual([half.id, 'SELESAI', 5, 5, 0, 0, 0])
    const days = await Promise.all(some.map(async ({ id }) => (await historyOf(id)).map(({ day }) => day)))
    expect(new Set(days.flat())).toEqual(new Set(['2026-11-26 09:00:00']))
  })

  test('a dry run says what would be, and writes, tells and records nothing', async () => {
    const [one, other] = await pupils(2)
    await record(other?.id ?? '', 'PRR', { at: '2026-11-20T01:00:00Z' })
    const before = await told(other?.id ?? '')
    const intake = await take([`${one?.nik};PRR;;`, `${other?.nik};SFE;2026-11-18;`, `${one?.nik};CARD_PRINTED;;`], {
      ...NATIONAL,
      dryRun: true,
    })
    expect(counts(intake)).toEqual([3, 2, 1, 0, 0])
    expect([await recordOf(one?.id ?? ''), await told(one?.id ?? '')]).toEqual([undefined, []])
    expect([await historyOf(other?.id ?? ''), await told(other?.id ?? '')]).toEqual([expect.any(Array), before])
    expect(await historyOf(other?.id ?? '')).toHaveLength(1)
  })

  test('keeps and tells no NIK, and audits whom it looked up and whom it wrote (ID-09, PV-05)', async () => {
    const [one, other] = await pupils(2)
    const intake = await take([`${one?.nik};PRR;;`, `${other?.nik};SFE;;`, `${nextPupilNik()};SFE;;`])
    const [kept] = await sql<{ text: string }>(
      `SELECT concat((SELECT json_agg(i) FROM intake i), (SELECT json_agg(r) FROM intake_row r),
                     (SELECT json_agg(c) FROM ktp_status_change c), (SELECT json_agg(a) FROM platform.audit_entry a),
                     (SELECT json_agg(o) FROM platform.outbox o)) AS text`,
    )
    expect(kept?.text).toContain(intake.id)
    for (const nik of [one?.nik, other?.nik]) expect(kept?.text).not.toContain(nik)
    const audited = await sql<{ action: string; subjects: string[] }>(
      `SELECT action, subjects FROM platform.audit_entry
       WHERE detail->>'source' = $1 OR detail->>'list' = $1 OR detail->>'intake' = $1 ORDER BY action DESC`,
      intake.id,
    )
    expect(audited.map(({ action, subjects }) => [action, subjects.length])).toEqual([
      ['nik.search', 2],
      ['ktp.status.record', 2],
      ['intake.run', 0],
    ])
  })

  test('takes as many statements for forty rows as for four', async () => {
    const some = await pupils(44)
    const lines = some.map(({ nik }) => `${nik};PRR;;`)
    const few = await statementsOf(() => take(lines.slice(0, 4)))
    const many = await statementsOf(() => take(lines.slice(4)))
    expect(many.length).toBe(few.length)
  })
})
