import { Refusal } from '@satuanak/domain-kit'

/** The same KK, issued on the same day, stands with this child already. */
export class KkAlreadyRecorded extends Refusal {
  readonly code = 'KK_ALREADY_RECORDED'

  constructor() {
    super(
      {
        id: 'KK dengan nomor dan tanggal terbit ini sudah tercatat untuk anak ini. Untuk KK pengganti, isi tanggal terbit yang baru.',
        en: 'A KK with this number and issue date stands with this child already. For a replacement, give its new issue date.',
      },
      { field: 'kk.number', rule: 'ID-10' },
    )
  }
}
