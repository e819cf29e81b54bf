import { Refusal } from '@satuanak/domain-kit'

/** No record here under this id, or none that this caller may know of (PV-14). */
export class ReviewedChildNotFound extends Refusal {
  readonly code = 'CHILD_NOT_FOUND'

  constructor(field: string) {
    super(
      {
        id: 'Catatan anak ini tidak ada di data kependudukan. Pilih lagi kedua catatan dari daftar telaah.',
        en: 'The civil registry has no record of this child. Choose the two records again from the review list.',
      },
      { field, rule: 'DESIGN-4' },
    )
  }
}

/** The two ids are one person already, by an earlier link. */
export class AlreadyOnePerson extends Refusal {
  readonly code = 'ALREADY_ONE_PERSON'

  constructor(field: string) {
    super(
      {
        id: 'Kedua catatan ini sudah ditautkan sebagai satu anak. Bila keliru, batalkan tautannya dahulu.',
        en: 'These two records are linked as one child already. If that is wrong, unlink them first.',
      },
      { field, rule: 'DESIGN-4' },
    )
  }
}

/** An officer declared these two persons distinct; whoever knows better takes that back first. */
export class DeclaredDistinct extends Refusal {
  readonly code = 'DECLARED_DISTINCT'

  constructor(field: string) {
    super(
      {
        id: 'Petugas sudah menyatakan kedua anak ini berbeda. Bila ada bukti baru, buka kembali telaahnya dengan alasan, lalu putuskan lagi.',
        en: 'An officer declared these two children distinct. With new evidence reopen their review, with a reason, and decide again.',
      },
      { field, rule: 'EC-06' },
    )
  }
}

/** Nothing to reopen: nobody declared these two distinct. */
export class NotDeclaredDistinct extends Refusal {
  readonly code = 'NOT_DECLARED_DISTINCT'

  constructor(field: string) {
    super(
      {
        id: 'Kedua anak ini tidak sedang dinyatakan berbeda, jadi tidak ada yang perlu dibuka kembali. Periksa daftar yang dinyatakan berbeda.',
        en: 'These two children are not declared distinct, so there is nothing to reopen. Look in the list of distinct pairs.',
      },
      { field, rule: 'EC-06' },
    )
  }
}

/** This id was linked to no other: there is no link to take back. */
export class NotLinked extends Refusal {
  readonly code = 'NOT_LINKED'

  constructor(field: string) {
    super(
      {
        id: 'Catatan ini tidak ditautkan ke catatan lain. Pilih catatan yang ditautkan, bukan catatan utamanya; lihat "ids" anak itu.',
        en: 'This record is not linked to another one. Choose the linked record, not the one it is shown under; see the child’s “ids”.',
      },
      { field, rule: 'DESIGN-4' },
    )
  }
}
