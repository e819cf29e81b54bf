import { Refusal } from '@satuanak/domain-kit'

/** What SIAK was not found to say otherwise is not corrected: ask SIAK first (BLG-04, then BLG-05). */
export class NotDifferent extends Refusal {
  readonly code = 'NOT_DIFFERENT'

  constructor() {
    super(
      {
        id: 'Data yang dipilih belum terbukti berbeda di SIAK. Periksa dahulu NIK anak ini di SIAK, lalu pilih hanya data yang berbeda.',
        en: 'SIAK was not found to say otherwise of what you chose. Check the NIK in SIAK first, then choose only what differs.',
      },
      { field: 'fields', rule: 'BLG-05' },
    )
  }
}

/** A correction of this child waits for SIAK: it goes by itself (RF-22). */
export class CorrectionWaits extends Refusal {
  readonly code = 'CORRECTION_WAITS'

  constructor() {
    super(
      {
        id: 'Perbaikan data anak ini sudah diajukan dan menunggu SIAK. Tidak perlu diulang; sistem mengirimnya sendiri.',
        en: 'A correction of this child waits for SIAK. It need not be sent again; it goes by itself.',
      },
      { field: 'childId', rule: 'RF-22' },
    )
  }
}
