import { Refusal } from '@satuanak/domain-kit'

/** The number is another child's (ID-12); whose is not told (PV-14). */
export class NisnTaken extends Refusal {
  readonly code = 'NISN_TAKEN'

  constructor() {
    super(
      {
        id: 'NISN ini sudah tercatat untuk anak lain. Cocokkan dengan rapor dan data referensi kementerian.',
        en: 'This NISN is on record for another child. Compare with the report card and the ministry’s reference.',
      },
      { field: 'nisn', rule: 'ID-12' },
    )
  }
}
