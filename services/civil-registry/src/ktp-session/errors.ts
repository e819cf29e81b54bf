import { Refusal } from '@satuanak/domain-kit'

/** No such session, or none that this caller may know of. */
export class SessionNotFound extends Refusal {
  readonly code = 'KTP_SESSION_NOT_FOUND'

  constructor() {
    super(
      {
        id: 'Sesi perekaman tidak ditemukan. Pilih dari jadwal.',
        en: 'This recording session is not there. Choose from the schedule.',
      },
      { field: 'sessionId', rule: 'KT-08' },
    )
  }
}

/** Nobody is confirmed who could be recorded on that day (BLG-01). */
export class NobodyReady extends Refusal {
  readonly code = 'KTP_NOBODY_READY'

  constructor() {
    super(
      {
        id: 'Belum ada murid terkonfirmasi yang genap 16 tahun pada tanggal itu dan belum masuk sesi lain. Konfirmasi daftar sekolah lebih dahulu.',
        en: 'No confirmed pupil is 16 on that day and in no other session. Confirm the school’s list first.',
      },
      { field: 'npsn', rule: 'BLG-01' },
    )
  }
}
