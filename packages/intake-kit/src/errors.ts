import { Refusal } from '@satuanak/domain-kit'

/** The file cannot be read as a table of rows; nothing of it was taken in. */
export class UnreadableFile extends Refusal {
  readonly code = 'INTAKE_UNREADABLE'
}

/** Neither a CSV nor an XLSX file: an old XLS, a workbook under a password, something else. */
export const notATable = (): UnreadableFile =>
  new UnreadableFile(
    {
      id: 'File ini bukan CSV atau XLSX. Simpan dari Excel sebagai "CSV UTF-8" atau "Excel Workbook (.xlsx)".',
      en: 'This is neither a CSV nor an XLSX file. Save it from Excel as “CSV UTF-8” or “Excel Workbook (.xlsx)”.',
    },
    { rule: 'ID-07' },
  )

/** The first row does not say which column is which. */
export const headingLacks = (columns: readonly string[]): UnreadableFile =>
  new UnreadableFile(
    {
      id: `Baris pertama harus berisi judul kolom. Yang belum ada: ${columns.join(', ')}. Tambahkan judul itu.`,
      en: `The first row must hold the names of the columns. Missing: ${columns.join(', ')}. Add them.`,
    },
    { rule: 'ID-15' },
  )

/** Two columns of one meaning: which of them counts nobody can tell. */
export const headingTwice = (columns: readonly string[]): UnreadableFile =>
  new UnreadableFile(
    {
      id: `Ada dua kolom untuk: ${columns.join(', ')}. Sisakan satu saja.`,
      en: `There are two columns for: ${columns.join(', ')}. Keep one of each.`,
    },
    { rule: 'ID-15' },
  )

/** The file breaks off within a row. What was taken in before stays; mended, the file goes on from there. */
export const brokenAfter = (row: number): UnreadableFile =>
  new UnreadableFile(
    {
      id: `File rusak setelah baris ${row}: tanda kutip tidak ditutup atau file terpotong. Perbaiki lalu impor lagi; baris yang sudah masuk tidak digandakan.`,
      en: `The file is broken after row ${row}: a quotation mark is not closed, or the file is cut off. Mend it and import it again; rows that went in are not doubled.`,
    },
    { rule: 'ID-07' },
  )

/** Somebody else is taking in the same file at this moment. */
export class IntakeAtWork extends Refusal {
  readonly code = 'INTAKE_AT_WORK'

  constructor() {
    super(
      {
        id: 'File ini sedang diimpor oleh proses lain. Tunggu sampai selesai, lalu jalankan lagi untuk melihat hasilnya.',
        en: 'Another process is importing this file right now. Wait for it, then run this again to see the result.',
      },
      { rule: 'EC-46' },
    )
  }
}
