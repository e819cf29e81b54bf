import type { Npsn } from '@satuanak/contracts'
import { Refusal } from '@satuanak/domain-kit'

/** No school of the city's list has this NPSN (ID-13). */
export class SchoolNotFound extends Refusal {
  readonly code = 'SCHOOL_NOT_FOUND'

  constructor(field = 'npsn') {
    super(
      {
        id: 'Tidak ada sekolah dengan NPSN ini di daftar kota. Pilih sekolah dari daftar, atau minta Dinas Pendidikan menambahkannya.',
        en: 'No school of the city has this NPSN. Choose one from the list, or ask the Education Office to add it.',
      },
      { field, rule: 'ID-13' },
    )
  }
}

/** The NPSN is another school's already (ID-13). */
export class SchoolExists extends Refusal {
  readonly code = 'SCHOOL_EXISTS'

  constructor() {
    super(
      {
        id: 'NPSN ini sudah dipakai sekolah lain di daftar. Periksa nomornya di data referensi kementerian.',
        en: 'This NPSN is on the list already. Check the number against the ministry’s reference.',
      },
      { field: 'npsn', rule: 'ID-13' },
    )
  }
}

/** The school was withdrawn or merged by that day: its history stays, nobody begins there (EC-36). */
export class SchoolClosed extends Refusal {
  readonly code = 'SCHOOL_CLOSED'
  /** Where to turn instead; null where the school was withdrawn. */
  readonly successor: Npsn | null

  constructor(end: { readonly closedOn: Temporal.PlainDate; readonly mergedInto: Npsn | null }, field = 'npsn') {
    const { closedOn, mergedInto } = end
    super(
      mergedInto === null
        ? {
            id: `Sekolah ini tutup sejak ${closedOn}. Pilih sekolah lain yang aktif.`,
            en: `This school is closed since ${closedOn}. Choose another one that is open.`,
          }
        : {
            id: `Sekolah ini digabung ke ${mergedInto} sejak ${closedOn}. Pakai NPSN ${mergedInto}.`,
            en: `This school was merged into ${mergedInto} on ${closedOn}. Use NPSN ${mergedInto}.`,
          },
      { field, rule: 'EC-36' },
    )
    this.successor = mergedInto
  }
}
