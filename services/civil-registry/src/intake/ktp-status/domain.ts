import { information, type Notice, problem, warning } from '@satuanak/domain-kit'
import { type Cell, type Cells, type ColumnTable, type RowProblem, readDate } from '@satuanak/intake-kit/rows'

/** The columns that are read, by the name under which an officer is told of them, and what offices call them. */
const COLUMNS = {
  NIK: ['NIK', 'NO_NIK', 'NOMOR_NIK'],
  STATUS: [
    'STATUS',
    'STATUS_KTP',
    'STATUS_KTP_EL',
    'STATUS_REKAM',
    'STATUS_REKAM_KTP',
    'STATUS_PEREKAMAN',
    'KODE_STATUS',
    'CURRENT_STATUS_CODE',
  ],
  TGL_STATUS: ['TGL_STATUS', 'TANGGAL_STATUS', 'PER_TANGGAL'],
  SUMBER: ['SUMBER', 'SUMBER_DATA', 'SISTEM', 'APLIKASI'],
} as const satisfies Readonly<Record<string, readonly string[]>>
type Column = keyof typeof COLUMNS

/** Statuses of KTP-el: whose, and which. */
export const STATUS_COLUMNS: ColumnTable<Column> = { names: COLUMNS, needed: ['NIK', 'STATUS'] }
export type StatusCells = Cells<Column>

/**
 * A date as offices write it, as ISO text: the day first or last, with a time of day or without. Anything else as it
 * stands, to be refused.
 */
export function isoOf(cell: Cell): string | null {
  const written = readDate(cell)
  const parts = /^(?<d>\d{1,2})[-/.](?<m>\d{1,2})[-/.](?<y>\d{4})(?<time>[ T].*)?$/.exec(written ?? '')?.groups
  if (parts === undefined) return written
  const { y = '', m = '', d = '', time = '' } = parts
  return `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}${time}`
}

const said = ({ level, rule, message }: Notice, column: Column): RowProblem => ({ level, rule, message, column })

/** Nobody in the registry holds the NIK. */
export const nobodyKnown = (): RowProblem => said(NOBODY, 'NIK')
const NOBODY = problem('KT-01', {
  id: 'NIK ini tidak ada di register anak. Bila anak: daftarkan lebih dahulu, lalu impor file ini lagi. Bila orang dewasa: abaikan.',
  en: 'Nobody in the children’s registry holds this NIK. A child: register it first, then import again. An adult: ignore it.',
})

/** Two persons hold it (EC-01). */
export const heldByTwo = (): RowProblem => said(HELD_BY_TWO, 'NIK')
const HELD_BY_TWO = problem('EC-01', {
  id: 'NIK ini tercatat pada dua orang. Status tidak dimasukkan: putuskan dahulu di meja telaah, lalu catat statusnya satu per satu.',
  en: 'Two persons hold this NIK. The status was not taken in: decide at the review desk first, then record it one by one.',
})

/** An undated status that lies behind what is known. */
export const goesBack = (): RowProblem => said(GOES_BACK, 'STATUS')
const GOES_BACK = problem('KT-01', {
  id: 'Status ini mundur dari yang tercatat, tanpa tanggal. Isi kolom TGL_STATUS, atau catat satu per satu bila memang mundur.',
  en: 'This status lies behind the one on record, and bears no date. Fill in TGL_STATUS, or record it one by one if it is so.',
})

/** An older status than what is known (KT-01). */
export const wasOlder = (): RowProblem => said(WAS_OLDER, 'TGL_STATUS')
const WAS_OLDER = information('KT-01', {
  id: 'Lebih lama dari status yang tercatat: disimpan dalam riwayat, tidak mengubah apa pun.',
  en: 'Older than the status on record: kept in the history, and nothing was moved.',
})

/** What an officer is to do about a status that was applied, by the reason for which its card waits. */
export const asksOfficer = (isUnknown: boolean): RowProblem =>
  isUnknown ? said(UNKNOWN_STATUS, 'STATUS') : said(NOT_DECIDED, 'NIK')
const UNKNOWN_STATUS = warning('KT-01', {
  id: 'Status ini belum dikenal aplikasi. Disimpan seperti tertulis; petugas bertanya ke pusat (antrean PERLU_PETUGAS).',
  en: 'This application does not know the status yet. Kept as written; an officer asks the centre (queue PERLU_PETUGAS).',
})
const NOT_DECIDED = warning('ID-22', {
  id: 'Status dicatat, tetapi kartu menunggu petugas: tanggal lahir tidak pasti, atau NIK dalam telaah (antrean PERLU_PETUGAS).',
  en: 'The status was recorded, but the card waits for an officer: birth date uncertain, or NIK in doubt (queue PERLU_PETUGAS).',
})
