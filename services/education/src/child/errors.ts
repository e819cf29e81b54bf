import { Refusal } from '@satuanak/domain-kit'

/** No such child, or none that this caller may know of (PV-14). */
export class ChildNotFound extends Refusal {
  readonly code = 'CHILD_NOT_FOUND'

  constructor() {
    super(
      {
        id: 'Anak tidak ditemukan. Periksa pilihan Anda, atau tanyakan kepada instansi yang memberi Anda datanya.',
        en: 'This child was not found. Check your choice, or ask the agency that told you of the child.',
      },
      { field: 'childId', rule: 'DESIGN-4' },
    )
  }
}
