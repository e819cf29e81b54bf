import { type Cell, NOTHING_SEEN, readCells, readHeading, remarksOn, seeRow } from '@satuanak/intake-kit/rows'
import { describe, expect, test } from 'vitest'
import { checkRow } from './persons/check-row.ts'
import { PERSON_COLUMNS } from './persons/domain.ts'

const TODAY = Temporal.PlainDate.from('2026-11-26')

const RASYA = {
  NAMA: 'Rasya Pratama',
  JK: 'L',
  TGL_LAHIR: '2015-04-09',
  NAMA_IBU: 'Siti Aminah',
  NIK: '9901010904150001',
  KELURAHAN: '33.75.03.1004',
  RT: '1',
  RW: '02',
}

/** One row under a heading of just its columns. */
function row(change: Readonly<Record<string, Cell>> = {}) {
  const cells: Readonly<Record<string, Cell>> = { ...RASYA, ...change }
  const { heading } = readHeading(PERSON_COLUMNS, Object.keys(cells))
  const read = readCells(PERSON_COLUMNS, heading, { no: 2, cells: Object.values(cells) })
  if (read === null) throw new Error('a blank row')
  return checkRow(read, TODAY)
}

const said = (change: Readonly<Record<string, Cell>>) =>
  row(change).problems.map(({ level, rule, column }) => `${level} ${rule} ${column}`)

describe('the heading', () => {
  test('columns are known by the names that offices use, in any case and with any separator', () => {
    const { heading, missing, unread } = readHeading(PERSON_COLUMNS, [
      'No.',
      'Nama Lengkap',
      'jenis kelamin',
      'TGL LAHIR',
      'no.kk',
    ])
    expect([...heading]).toEqual([
      ['NAMA', 1],
      ['JK', 2],
      ['TGL_LAHIR', 3],
      ['NO_KK', 4],
    ])
    expect([missing, unread]).toEqual([[], 1])
  })

  test('no two columns share a name', () => {
    const names = Object.values(PERSON_COLUMNS.names).flat()
    const { twice } = readHeading(
      PERSON_COLUMNS,
      Object.values(PERSON_COLUMNS.names).map(([first = null]) => first),
    )
    expect([new Set(names).size, twice]).toEqual([names.length, []])
  })

  test('what nobody can be registered without is missed, and a column that stands there twice is told', () => {
    expect(readHeading(PERSON_COLUMNS, ['NIK', 'NO_NIK']).missing).toEqual(['NAMA', 'JK'])
    expect(readHeading(PERSON_COLUMNS, ['NIK', 'NO_NIK']).twice).toEqual(['NIK'])
  })
})

describe('a row', () => {
  test('is read as a form would be, and the papers whose number stands in it are held (RF-02)', () => {
    const { particulars, held } = row({ NO_KK: '9901012003180002', NO_AKTA: '3375-LU-20052015-0001' })
    expect(particulars).toMatchObject({
      name: 'Rasya Pratama',
      sex: 'L',
      birthDate: '2015-04-09',
      birthDatePrecision: 'HARI',
      nik: '9901010904150001',
      address: { kelurahan: '33.75.03.1004', rt: '001', rw: '002' },
    })
    expect(held).toEqual(['NIK', 'KK', 'AKTA'])
  })

  test.each([
    ['ID-02', { NIK: '990101' }, 'E ID-02 NIK'],
    ['ID-02', { NIK: '9'.repeat(16) }, 'E ID-02 NIK'],
    ['ID-03', { NIK: '9901013213150001' }, 'E ID-03 NIK'],
    ['ID-07, scientific', { NIK: '3.37501E+15' }, 'E ID-07 NIK'],
    ['ID-07, a numeric cell', { NIK: 9_901_010_904_150_000 }, 'E ID-07 NIK'],
    ['ID-07, EC-14', { NO_KK: '9,90101E+15' }, 'E ID-07 NO_KK'],
    ['ID-10', { NO_KK: '9901014503180002' }, 'E ID-10 NO_KK'],
    ['ID-15', { NIK: null, NAMA_IBU: null, KELURAHAN: null, RT: null, RW: null }, 'E ID-15 null'],
    ['ID-17', { NO_AKTA: 'x'.repeat(51) }, 'E ID-17 NO_AKTA'],
    ['ID-19', { NAMA: '' }, 'E ID-19 NAMA'],
    ['ID-22', { TGL_LAHIR: '31-02-2015' }, 'E ID-22 TGL_LAHIR'],
    ['ID-23', { KELURAHAN: 'Panjang Wetan' }, 'E ID-23 KELURAHAN'],
    ['ID-24', { RT: '1234' }, 'E ID-24 RT'],
    ['EC-17', { TGL_LAHIR: '2030-01-01' }, 'E EC-17 TGL_LAHIR'],
    ['TUN-03', { JK: 'X' }, 'E TUN-03 JK'],
  ])('%s: %o is refused', (_rule, change, expected) => {
    expect(said(change)).toContain(expected)
    expect(row(change).particulars).toBeNull()
  })

  test.each([
    ['ID-06, EC-15', {}, 'W ID-06 NIK'],
    ['ID-05, EC-03', { TGL_LAHIR: '2015-04-10' }, 'W ID-05 null'],
    ['ID-05, EC-04', { JK: 'P' }, 'W ID-05 null'],
    ['ID-22, EC-11', { NIK: null, TGL_LAHIR: '2015-07-01' }, 'W EC-11 TGL_LAHIR'],
    ['EC-12', { NAMA_IBU: 'Tidak diketahui' }, 'W EC-12 NAMA_IBU'],
    ['EC-17', { NIK: null, TGL_LAHIR: '1980-01-02' }, 'W EC-17 TGL_LAHIR'],
  ])('%s: %o is taken, with a second look', (_rule, change, expected) => {
    expect(said(change)).toContain(expected)
    expect(row(change).particulars).not.toBeNull()
  })

  test('all that is wrong is told at once, each with its column, its rule and what to do, and never what stood there', () => {
    const { problems } = row({ NIK: '3.37501E+15', TGL_LAHIR: '2015-13-40', RT: 'abc' })
    expect(problems.map(({ column }) => column).sort()).toEqual(['NIK', 'RT', 'TGL_LAHIR'])
    for (const { message } of problems) expect(`${message.id}${message.en}`).not.toMatch(/3\.37501E|13-40|abc/)
  })

  test('without a NIK a child comes in all the same (EC-05)', () => {
    expect(row({ NIK: '-' }).particulars).toMatchObject({ nik: null })
    expect(row({ NIK: null }).held).toEqual([])
  })

  test('one-word and clan names stay whole (EC-09, EC-10)', () => {
    expect(row({ NAMA: 'Suyatno' }).particulars?.name).toBe('Suyatno')
    expect(row({ NAMA: 'I Gede Putra' }).particulars?.name).toBe('I Gede Putra')
  })

  test.each([
    ['L', 'L'],
    ['laki-laki', 'L'],
    ['1', 'L'],
    [1, 'L'],
    ['Perempuan', 'P'],
    ['2', 'P'],
    ['pr.', 'P'],
  ])('sex %s is %s', (cell, sex) => {
    expect(row({ JK: cell }).particulars?.sex).toBe(sex)
  })

  test.each([
    [42_103, '2015-04-09', 'HARI'],
    ['09/04/2015', '2015-04-09', 'HARI'],
    [2015, '2015-07-01', 'TAHUN'],
    ['±2015', '2015-07-01', 'TAKSIRAN'],
  ])(
    'the birth date %s is %s, known to the %s (ID-22): a number is a spreadsheet’s day, or a year',
    (cell, date, precision) => {
      expect(row({ TGL_LAHIR: cell }).particulars).toMatchObject({ birthDate: date, birthDatePrecision: precision })
    },
  )

  test('Excel’s mark for text before a NIK, and the spaces people put, carry no meaning (ID-02, ID-07)', () => {
    expect(row({ NIK: "'9901 0109 0415 0001" }).particulars?.nik).toBe('9901010904150001')
  })

  test('a mother nobody knows is left empty: no two foundlings look alike by her (EC-12)', () => {
    expect(row({ NAMA_IBU: 'TIDAK DIKETAHUI' }).particulars?.motherName).toBeNull()
  })

  test('letters that were lost in saving are told, in whatever column', () => {
    expect(said({ NAMA: 'Ren\ufffd Putra' })).toEqual(['E ID-19 NAMA'])
  })

  test('a row of nothing is no row', () => {
    expect(
      readCells(PERSON_COLUMNS, readHeading(PERSON_COLUMNS, ['NAMA', 'JK']).heading, { no: 9, cells: ['', ' ', null] }),
    ).toBeNull()
  })
})

describe('a column as a whole', () => {
  const remarks = (numbers: readonly Cell[]) => {
    const { heading } = readHeading(PERSON_COLUMNS, ['NAMA', 'JK', 'NIK'])
    const seen = numbers.reduce((before, nik) => {
      const cells = readCells(PERSON_COLUMNS, heading, { no: 2, cells: ['Rasya', 'L', nik] })
      return cells ? seeRow(before, cells) : before
    }, NOTHING_SEEN)
    return remarksOn(seen).map(({ level, rule, column }) => `${level} ${rule} ${column}`)
  }

  test('in which every NIK ends in 0 has lost the last digits in Excel (ID-07)', () => {
    expect(remarks(['9901010904150010', null, '9901010904150020', '9901010904150030'])).toEqual(['W ID-07 NIK'])
  })

  test('in which one NIK does not is no sign', () => {
    expect(remarks(['9901010904150010', '9901010904150021', '9901010904150030'])).toEqual([])
  })
})
