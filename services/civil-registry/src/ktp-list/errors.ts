import { Refusal, type Sentence } from '@satuanak/domain-kit'
import type { CandidateState } from './domain.ts'

/** No such pupil on this school's list, or none that this caller may know of (PV-14). */
export class CandidateNotFound extends Refusal {
  readonly code = 'KTP_CANDIDATE_NOT_FOUND'

  constructor(field: string) {
    super(
      {
        id: 'Murid ini tidak ada di daftar perekaman sekolah tersebut. Usulkan dahulu, atau periksa sekolahnya.',
        en: 'This pupil is not on that school’s recording list. Propose the pupil first, or check the school.',
      },
      { field, rule: 'BLG-01' },
    )
  }
}

const REMEDIES = {
  DIUSULKAN: {
    id: 'Murid ini sudah diusulkan. Konfirmasi atau keluarkan dari daftar.',
    en: 'This pupil is proposed already. Confirm the pupil, or leave the pupil out.',
  },
  PERLU_PETUGAS: {
    id: 'Tanggal lahir murid ini belum pasti. Petugas Dukcapil memeriksanya lebih dahulu.',
    en: 'This pupil’s birth date is not certain. A civil registry officer checks it first.',
  },
  TERTUNDA: {
    id: 'Murid ini belum mempunyai NIK. Terbitkan NIK dahulu (RF-02); setelah itu murid kembali ke daftar usulan.',
    en: 'This pupil has no NIK yet. Have one issued first (RF-02); the pupil then returns to the list.',
  },
  DIKONFIRMASI: {
    id: 'Murid ini sudah dikonfirmasi untuk sesi berikutnya.',
    en: 'This pupil is confirmed for the next session already.',
  },
  DIKELUARKAN: {
    id: 'Murid ini sudah dikeluarkan dari daftar. Usulkan lagi bila keliru.',
    en: 'This pupil was left out. Propose the pupil again if that was a mistake.',
  },
  SELESAI: {
    id: 'KTP-el murid ini sudah direkam; tidak ada lagi yang perlu dilakukan di daftar ini.',
    en: 'This pupil’s KTP-el is recorded; nothing more is to be done on this list.',
  },
} as const satisfies Record<CandidateState, Sentence>

/** The list has this pupil in a state that allows no such decision. */
export class CandidateNotOpen extends Refusal {
  readonly code = 'KTP_CANDIDATE_NOT_OPEN'

  constructor(field: string, state: CandidateState) {
    super(REMEDIES[state], { field, rule: state === 'TERTUNDA' ? 'RF-02' : 'BLG-01' })
  }
}
