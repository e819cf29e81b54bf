import { Refusal } from '@satuanak/domain-kit'

/** The request id stands for another request already: the client made the id too early or used it twice. */
export class RequestIdReused extends Refusal {
  readonly code = 'REQUEST_ID_REUSED'

  constructor() {
    super(
      {
        id: 'Nomor permintaan ini sudah dipakai untuk isian lain. Kirim lagi dengan nomor permintaan baru.',
        en: 'This request id was already used for another input. Send again with a new request id.',
      },
      { field: 'requestId', rule: 'EC-46' },
    )
  }
}
