import { Refusal } from '@satuanak/domain-kit'

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
