import { Refusal } from '@satuanak/domain-kit'

/** One open request per child and paper: the one that waits is the one to follow (RF-02, RF-R4). */
export class PaperRequestOpen extends Refusal {
  readonly code = 'PAPER_REQUEST_OPEN'

  constructor() {
    super(
      {
        id: 'Dokumen ini sudah diajukan untuk anak ini dan belum diputus. Ikuti pengajuan yang ada; tidak perlu mengajukan lagi.',
        en: 'This paper has been requested for this child and is not decided yet. Follow that request; no other is needed.',
      },
      { field: 'paper', rule: 'RF-R4' },
    )
  }
}

/** The child holds the paper. A correction is another act. */
export class PaperHeld extends Refusal {
  readonly code = 'PAPER_HELD'

  constructor() {
    super(
      {
        id: 'Anak ini sudah memiliki dokumen tersebut. Bila isinya keliru, ajukan perbaikan data dengan akta, bukan penerbitan baru.',
        en: 'The child holds this paper. If what it says is wrong, ask for a correction by the akta and not for a new one.',
      },
      { field: 'paper', rule: 'RF-02' },
    )
  }
}

/** A KIA ends at 17 or with a marriage; what this child needs is a KTP-el (ID-31, ID-30). */
export class KiaNotForThisChild extends Refusal {
  readonly code = 'KIA_NOT_FOR_THIS_CHILD'

  constructor() {
    super(
      {
        id: 'KIA hanya untuk anak di bawah 17 tahun dan belum pernah kawin. Anak ini perlu KTP-el: daftarkan ke perekaman.',
        en: 'A KIA is for a child under 17 who never married. This one needs a KTP-el: put them on the list for recording.',
      },
      { field: 'paper', rule: 'ID-31' },
    )
  }
}

/** No such request, or of a child that this caller may not know of (PV-14). */
export class PaperRequestNotFound extends Refusal {
  readonly code = 'PAPER_REQUEST_NOT_FOUND'

  constructor() {
    super(
      {
        id: 'Pengajuan ini tidak ditemukan. Buka lagi daftar pengajuan dokumen dan pilih dari sana.',
        en: 'This request was not found. Open the list of requests again and choose from there.',
      },
      { field: 'paperRequestId', rule: 'RF-02' },
    )
  }
}

/** Decided already: an outcome stands; what changed since is a new request. */
export class PaperRequestDecided extends Refusal {
  readonly code = 'PAPER_REQUEST_DECIDED'

  constructor() {
    super(
      {
        id: 'Pengajuan ini sudah diputus. Lihat hasilnya; bila ada bukti baru, ajukan lagi sebagai pengajuan baru.',
        en: 'This request is decided. See its outcome; with new proof, send a new request.',
      },
      { field: 'paperRequestId', rule: 'RF-02' },
    )
  }
}

/** A NIK comes from SIAK and is recorded by itself; that closes the request. */
export class NikIsIssuedBySiak extends Refusal {
  readonly code = 'NIK_IS_ISSUED_BY_SIAK'

  constructor() {
    super(
      {
        id: 'NIK diterbitkan SIAK. Catat nomornya lewat "Terbitkan NIK"; pengajuan ini lalu tertutup dengan sendirinya.',
        en: 'A NIK comes from SIAK. Record its number with “Issue NIK”; this request is then closed by itself.',
      },
      { field: 'decision', rule: 'RF-02' },
    )
  }
}
