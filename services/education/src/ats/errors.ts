import { Refusal, type Sentence } from '@satuanak/domain-kit'
import { type AtsState, isFinal, isVerified } from './domain-states.ts'

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

/** What comes next for this record is something else (TUN-R1). */
export class AtsNotReady extends Refusal {
  readonly code = 'ATS_NOT_READY'
  /** Where it stands. */
  readonly state: AtsState

  constructor(state: AtsState) {
    super(remedyIn(state), { field: 'recordId', rule: 'TUN-R1' })
    this.state = state
  }
}

function remedyIn(state: AtsState): Sentence {
  if (isFinal(state)) {
    return {
      id: 'Data ATS ini sudah ditutup. Bila anak tidak sekolah lagi, laporkan sebagai data baru.',
      en: 'This record is closed. Should the child be out of school again, report it anew.',
    }
  }
  if (!isVerified(state)) {
    return {
      id: 'Data ATS ini belum diverifikasi. Catat hasil cek lapangan lebih dahulu.',
      en: 'This record is not verified yet. Write down a field check first.',
    }
  }
  if (state === 'TERVERIFIKASI') {
    return {
      id: 'Penyebabnya belum dipetakan. Isi instrumen dan petakan penyebab lebih dahulu.',
      en: 'Its causes are not mapped yet. Fill in the instrument and map the causes first.',
    }
  }
  return {
    id: 'Data ATS ini sudah diusulkan ke OPD. Tunggu jawaban OPD.',
    en: 'This record is proposed to its agencies already. Wait for their answer.',
  }
}
