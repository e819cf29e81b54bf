import { Refusal } from '@satuanak/domain-kit'

/** An officer settles what is in question, and that alone: whoever has something new to say states it (ID-05). */
export class ParticularNotDisputed extends Refusal {
  readonly code = 'PARTICULAR_NOT_DISPUTED'

  constructor() {
    super(
      {
        id: 'Instansi tidak berbeda pendapat tentang data ini, jadi tidak ada yang perlu diputus. Bila datanya keliru, catat data yang benar beserta dokumennya lewat "Nyatakan data".',
        en: 'No two agencies disagree on this value, so there is nothing to settle. If it is wrong, state the right one with its paper (stateParticulars).',
      },
      { field: 'field', rule: 'ID-05' },
    )
  }
}

/** An akta has spoken of the birth date: no officer decides against it (ID-05); a wrong one is put right by an akta. */
export class AktaDecides extends Refusal {
  readonly code = 'AKTA_DECIDES'

  constructor() {
    super(
      {
        id: 'Tanggal lahir ditetapkan akta kelahiran (ID-05); petugas tidak dapat memutus lain. Pilih tanggal menurut akta. Bila akta itu keliru, catat akta perbaikannya lewat "Nyatakan data", lalu perbaiki SIAK dengan akta itu (RF-22).',
        en: 'The akta decides the birth date (ID-05); an officer cannot settle against it. Choose the date of the akta. If that akta is wrong, state the corrected akta (stateParticulars) and have SIAK corrected by it (RF-22).',
      },
      { field: 'field', rule: 'ID-05' },
    )
  }
}

/** No statement of this child under this id, or none that says anything of this field. */
export class StatementNotFound extends Refusal {
  readonly code = 'STATEMENT_NOT_FOUND'

  constructor() {
    super(
      {
        id: 'Pernyataan ini tidak ditemukan pada anak dan data tersebut. Buka lagi daftar perbedaan dan pilih dari sana.',
        en: 'No such statement of this child about this value. Open the list of disagreements again and choose from there.',
      },
      { field: 'statementId', rule: 'ID-05' },
    )
  }
}
