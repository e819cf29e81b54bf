import { Refusal } from '@satuanak/domain-kit'

/** No such child here, or none that this caller may know of (PV-14). */
export class ChildNotFound extends Refusal {
  readonly code = 'CHILD_NOT_FOUND'

  constructor(field: string) {
    super(
      {
        id: 'Anak tidak ditemukan di data kependudukan. Periksa pilihan Anda, atau daftarkan anak lebih dahulu.',
        en: 'This child is not in the civil registry. Check your choice, or register the child first.',
      },
      { field, rule: 'DESIGN-4' },
    )
  }
}

/** The NIK stands with another child: never taken over, never merged by itself (EC-01, ID-08). */
export class NikTaken extends Refusal {
  readonly code = 'NIK_TAKEN'

  constructor(field: string) {
    super(
      {
        id: 'NIK ini sudah tercatat atas anak lain. Buka data anak itu; bila memang dua orang, laporkan ke bagian data Dukcapil.',
        en: 'This NIK is already held by another child. Open that record; if these are two persons, tell the Dukcapil data section.',
      },
      { field, rule: 'EC-01' },
    )
  }
}

/** A NIK is for life: a child that has one is given no other (ID-05). */
export class NikAlreadyIssued extends Refusal {
  readonly code = 'NIK_ALREADY_ISSUED'

  constructor() {
    super(
      {
        id: 'Anak ini sudah mempunyai NIK. NIK tidak pernah berganti; bila keliru, ajukan perbaikan data di SIAK.',
        en: 'This child already has a NIK, and a NIK never changes. If it is wrong, ask for a correction in SIAK.',
      },
      { field: 'nik', rule: 'ID-05' },
    )
  }
}

/** There is nothing to reveal: the child has no NIK under any id. What to do about it is RF-02. */
export class NoNik extends Refusal {
  readonly code = 'NO_NIK'

  constructor() {
    super(
      {
        id: 'Anak ini belum mempunyai NIK. Ajukan penerbitan NIK di SIAK, lalu catat lewat "Terbitkan NIK".',
        en: 'This child has no NIK yet. Have one issued in SIAK, then record it with “Issue NIK”.',
      },
      { field: 'childId', rule: 'RF-02' },
    )
  }
}

/** The 60 seconds of this reveal are over (PV-10): to see the NIK again is another reveal, with its own audit entry. */
export class RevealExpired extends Refusal {
  readonly code = 'REVEAL_EXPIRED'

  constructor() {
    super(
      {
        id: 'Waktu 60 detik untuk melihat NIK ini sudah habis. Bila masih perlu, ajukan lagi sebagai permintaan baru (requestId baru).',
        en: 'The 60 seconds to see this NIK are over. If you still need it, ask anew with a new request id.',
      },
      { field: 'requestId', rule: 'PV-10' },
    )
  }
}
