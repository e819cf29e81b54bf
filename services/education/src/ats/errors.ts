import { Refusal } from '@satuanak/domain-kit'

/** A child has one open record at a time, whoever reports it (EC-07: it is transferred, not reported anew). */
export class AtsAlreadyOpen extends Refusal {
  readonly code = 'ATS_ALREADY_OPEN'
  /** The record that is open. */
  readonly recordId: string

  constructor(recordId: string) {
    super(
      {
        id: 'Anak ini sudah ada di daftar ATS dan belum selesai. Lanjutkan verifikasi data itu.',
        en: 'This child is already on the out-of-school list. Go on with the verification of that record.',
      },
      { field: 'childId', rule: 'TUN-03' },
    )
    this.recordId = recordId
  }
}

/** Dapodik has the child in a school (EC-18). */
export class StillEnrolled extends Refusal {
  readonly code = 'STILL_ENROLLED'

  constructor() {
    super(
      {
        id: 'Anak ini tercatat masih bersekolah. Tanyakan ke sekolahnya; bila benar berhenti, minta Dinas Pendidikan mencatatnya lebih dahulu.',
        en: 'This child is on record as a pupil. Ask the school; if the child has left, have the Education Office record that first.',
      },
      { field: 'childId', rule: 'EC-18' },
    )
  }
}

/** No such record, or none that this caller may know of (PV-14). */
export class AtsRecordNotFound extends Refusal {
  readonly code = 'ATS_RECORD_NOT_FOUND'

  constructor() {
    super(
      {
        id: 'Data ATS ini tidak ditemukan. Pilih dari daftar verifikasi-validasi.',
        en: 'This out-of-school record was not found. Choose it from the verification list.',
      },
      { field: 'recordId', rule: 'TUN-04' },
    )
  }
}

/** Verification happens once (TUN-R1). */
export class AtsAlreadyVerified extends Refusal {
  readonly code = 'ATS_ALREADY_VERIFIED'

  constructor() {
    super(
      {
        id: 'Data ATS ini sudah selesai diverifikasi. Muat ulang daftar untuk melihat hasilnya.',
        en: 'This record has been verified already. Load the list again to see the result.',
      },
      { field: 'recordId', rule: 'TUN-R1' },
    )
  }
}

/** AT-04: a child counts as not found only after two visits on different dates. */
export class SecondVisitNeeded extends Refusal {
  readonly code = 'SECOND_VISIT_NEEDED'

  constructor() {
    super(
      {
        id: 'Anak baru dinyatakan tidak ditemukan setelah dua kunjungan pada tanggal berbeda. Kunjungi lagi di hari lain.',
        en: 'A child counts as not found only after two visits on different dates. Visit again on another day.',
      },
      { field: 'fieldCheck.date', rule: 'AT-04' },
    )
  }
}
