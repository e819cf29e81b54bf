import { Refusal } from '@satuanak/domain-kit'

/** There is no NIK to ask SIAK about. What to do is RF-02, and the child waits on the list meanwhile (BLG-R2). */
export class NoNikToVerify extends Refusal {
  readonly code = 'NO_NIK_TO_VERIFY'

  constructor() {
    super(
      {
        id: 'Anak ini belum mempunyai NIK, jadi belum bisa dicek di SIAK. Ajukan penerbitan NIK dahulu (RF-02).',
        en: 'This child has no NIK yet, so SIAK cannot be asked. Request a NIK first (RF-02).',
      },
      { field: 'childId', rule: 'BLG-R2' },
    )
  }
}
