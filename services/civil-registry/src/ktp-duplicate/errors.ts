import { Refusal } from '@satuanak/domain-kit'
import type { DuplicateStepCode } from './domain.ts'

/** Nothing is open of this child, or nothing that this caller may know of (PV-14). */
export class KtpDuplicateNotFound extends Refusal {
  readonly code = 'KTP_DUPLICATE_NOT_FOUND'

  constructor() {
    super(
      {
        id: 'Tidak ada rekaman ganda yang masih diurus untuk anak ini. Buka lagi daftar rekaman ganda dan pilih dari sana.',
        en: 'No duplicate record of this child is being dealt with. Open the list of duplicates again and choose from there.',
      },
      { field: 'childId', rule: 'KT-03' },
    )
  }
}

const NAMED = {
  HAPUS_DIMINTA: { id: 'minta hapus ke daerah asal', en: 'ask the first office to delete it' },
  DITOLAK_DAERAH_ASAL: { id: 'catat penolakan daerah asal', en: 'write down its refusal' },
  PINDAH_MASUK: { id: 'catat pindah masuk', en: 'write down the move-in' },
  KARTU_DI_DAERAH_ASAL: { id: 'catat bahwa kartunya ada di daerah asal', en: 'write down that the card is there' },
} as const satisfies Record<DuplicateStepCode, object>

/** Not what comes next; says what may. */
export class DuplicateStepNotTaken extends Refusal {
  readonly code = 'KTP_DUPLICATE_STEP_NOT_TAKEN'

  constructor(next: readonly DuplicateStepCode[]) {
    const list = (language: 'id' | 'en') => next.map((step) => NAMED[step][language])
    super(
      {
        id: `Langkah ini belum gilirannya. Sekarang dapat: ${list('id').join('; ')}.`,
        en: `This step is not next. Now you may: ${list('en').join('; ')}.`,
      },
      { field: 'step', rule: 'KT-03' },
    )
  }
}
