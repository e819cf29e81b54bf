import type { AtsReason } from '@satuanak/contracts'
import { Refusal } from '@satuanak/domain-kit'

/** Causes are mapped by what the family was asked (TUN-06 before TUN-07). */
export class InstrumentMissing extends Refusal {
  readonly code = 'INSTRUMENT_MISSING'

  constructor() {
    super(
      {
        id: 'Instrumen anak ini belum diisi. Isi instrumen lebih dahulu, lalu petakan penyebabnya.',
        en: 'The instrument of this child is not filled in. Fill it in first, then map the causes.',
      },
      { field: 'recordId', rule: 'TUN-06' },
    )
  }
}

/** What is on an OPD's desk stays as it was proposed, until the OPD gives it back (TUN-08, RF-R2). */
export class CauseAtOpd extends Refusal {
  readonly code = 'CAUSE_AT_OPD'

  constructor(reason: AtsReason) {
    super(
      {
        id: `Penyebab ${reason} sedang ditangani OPD. Pertahankan penyebab itu dengan OPD yang sama; tambahkan penyebab lain bila perlu.`,
        en: `Cause ${reason} is with its agency. Keep it, with the same agency; add other causes where needed.`,
      },
      { field: 'causes', rule: 'TUN-08' },
    )
  }
}

/** Bapperida decides of A13 alone, and only until it is proposed. */
export class NothingToDecide extends Refusal {
  readonly code = 'NOTHING_TO_DECIDE'

  constructor() {
    super(
      {
        id: 'Tidak ada penyebab lainnya (A13) yang menunggu keputusan OPD pada data ini. Muat ulang daftar.',
        en: 'No other cause (A13) of this record waits for an agency to be decided. Load the list again.',
      },
      { field: 'recordId', rule: 'DOMAIN-4.2' },
    )
  }
}

/** A13 has no OPD until Bapperida decides (DOMAIN §4.2). */
export class OpdUndecided extends Refusal {
  readonly code = 'OPD_UNDECIDED'

  constructor() {
    super(
      {
        id: 'Penyebab lainnya (A13) belum punya OPD pengampu. Tunggu keputusan Bapperida, atau petakan ulang dengan penyebab dari daftar.',
        en: 'The other cause (A13) has no agency yet. Wait for Bapperida’s decision, or map it again by a reason of the list.',
      },
      { field: 'recordId', rule: 'DOMAIN-4.2' },
    )
  }
}
