import { Refusal } from '@satuanak/domain-kit'

/** No such bundle was taken. */
export class BundleNotFound extends Refusal {
  readonly code = 'KTP_BUNDLE_NOT_FOUND'

  constructor(field: 'bundleId' | 'result') {
    super(
      {
        id: 'Paket sesi ini tidak dikenal. Pilih dari daftar paket sesi itu.',
        en: 'This bundle is not known. Choose from the bundles of the session.',
      },
      { field, rule: 'EC-49' },
    )
  }
}

/** The device was lost, or its bundle is not to be used any more: nothing that it sends is taken. */
export class BundleRevoked extends Refusal {
  readonly code = 'KTP_BUNDLE_REVOKED'

  constructor(field: 'requestId' | 'result') {
    super(
      {
        id: 'Paket sesi ini sudah dicabut. Isi hasilnya dari catatan kertas, atau ambil paket baru.',
        en: 'This bundle was revoked. Enter its result from the paper notes, or take a new bundle.',
      },
      { field, rule: 'EC-49' },
    )
  }
}

/** So long ago that nothing of it is taken any more. */
export class BundleExpired extends Refusal {
  readonly code = 'KTP_BUNDLE_EXPIRED'

  constructor(field: 'requestId' | 'result') {
    super(
      {
        id: 'Masa berlaku paket sesi ini sudah habis. Isi hasilnya dari catatan kertas, atau ambil paket baru.',
        en: 'This bundle has expired. Enter its result from the paper notes, or take a new bundle.',
      },
      { field, rule: 'EC-49' },
    )
  }
}

/** Not signed by the device that the bundle was issued to, changed on the way, or of another session. */
export class ResultNotGenuine extends Refusal {
  readonly code = 'KTP_RESULT_NOT_GENUINE'

  constructor() {
    super(
      {
        id: 'Hasil ini bukan dari alat yang mengambil paket sesi itu, atau rusak. Kirim ulang dari alat yang sama.',
        en: 'This result is not from the device that took the bundle, or is damaged. Send it again from that device.',
      },
      { field: 'result', rule: 'EC-49' },
    )
  }
}
