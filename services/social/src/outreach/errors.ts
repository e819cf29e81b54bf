import { Refusal } from '@satuanak/domain-kit'

/** The same child on the same day is one contact (EC-30). */
export class ContactAlreadyRecorded extends Refusal {
  readonly code = 'CONTACT_ALREADY_RECORDED'
  /** The contact that stands. */
  readonly contactId: string

  constructor(contactId: string) {
    super(
      {
        id: 'Anak ini sudah dicatat pada hari yang sama. Satu hari satu kontak: tambahkan keterangan Anda pada asesmen.',
        en: 'This child was already recorded on that day. One contact a day: put what you have to add into the assessment.',
      },
      { field: 'metOn', rule: 'EC-30' },
    )
    this.contactId = contactId
  }
}

/** Nobody has told of such a child, or none that this caller may know of (PV-14): one answer for both. */
export class ChildNotFound extends Refusal {
  readonly code = 'CHILD_NOT_FOUND'

  constructor() {
    super(
      {
        id: 'Anak ini belum dikenal di sini. Periksa pilihan Anda; bila baru saja didaftarkan, coba lagi sebentar lagi.',
        en: 'This child is not known here. Check your choice; if it was registered just now, try again in a moment.',
      },
      { field: 'childId', rule: 'DESIGN-4' },
    )
  }
}

/** No contact with this child, or none that the caller may know of (PV-14). */
export class ChildNotMet extends Refusal {
  readonly code = 'CHILD_NOT_MET'

  constructor() {
    super(
      {
        id: 'Belum ada kontak penjangkauan dengan anak ini. Catat kontak lebih dahulu, lalu isi asesmen.',
        en: 'There is no outreach contact with this child yet. Record the contact first, then the assessment.',
      },
      { field: 'childId', rule: 'TPI-03' },
    )
  }
}

/** An assessment follows the meeting it is about. */
export class AssessedBeforeMet extends Refusal {
  readonly code = 'ASSESSED_BEFORE_MET'

  constructor() {
    super(
      {
        id: 'Tanggal asesmen lebih awal dari kontak pertama. Periksa kedua tanggal itu.',
        en: 'The assessment is dated before the first contact. Check both dates.',
      },
      { field: 'doneOn', rule: 'TPI-03' },
    )
  }
}
