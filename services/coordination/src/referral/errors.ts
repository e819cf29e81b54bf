import type { ReferralId } from '@satuanak/contracts'
import { Refusal, type Sentence } from '@satuanak/domain-kit'
import type { ReferralState } from './domain.ts'

/** Nobody has spoken of such a child, or none that this caller may know of (PV-14): one answer for both. */
export class ChildNotFound extends Refusal {
  readonly code = 'CHILD_NOT_FOUND'

  constructor() {
    super(
      {
        id: 'Anak ini belum dikenal di sini. Periksa pilihan Anda; bila baru saja didaftarkan, coba lagi sebentar lagi.',
        en: 'This child is not known here. Check your choice; if it was registered just now, try again in a moment.',
      },
      { field: 'childId', rule: 'DESIGN-4' },
    )
  }
}

/** No such referral, or none that this caller may know of (PV-14). */
export class ReferralNotFound extends Refusal {
  readonly code = 'REFERRAL_NOT_FOUND'

  constructor() {
    super(
      {
        id: 'Rujukan tidak ditemukan. Pilih dari kotak masuk Anda.',
        en: 'This referral was not found. Choose it from your inbox.',
      },
      { field: 'referralId', rule: 'RF-R3' },
    )
  }
}

/** The same child, type and receiver already have an open referral (RF-R4). */
export class DuplicateReferral extends Refusal {
  readonly code = 'DUPLICATE_REFERRAL'
  /** The open one. */
  readonly referralId: ReferralId

  constructor(referralId: ReferralId) {
    super(
      {
        id: 'Rujukan yang sama untuk anak ini masih berjalan di penerima. Tunggu jawabannya, atau hubungi penerima.',
        en: 'The same referral of this child is still open with its receiver. Wait for the answer, or contact the receiver.',
      },
      { field: 'childId', rule: 'RF-R4' },
    )
    this.referralId = referralId
  }
}

const REMEDY = {
  TERKIRIM: {
    id: 'Rujukan ini belum diterima. Terima dahulu, baru selesaikan.',
    en: 'This referral has not been accepted yet. Accept it first, then complete it.',
  },
  DITERIMA: {
    id: 'Rujukan ini sudah diterima. Selesaikan, atau tolak dengan alasan.',
    en: 'This referral has been accepted already. Complete it, or decline it with a reason.',
  },
  DITOLAK: {
    id: 'Rujukan ini sudah ditolak. Pengirim dapat mengirim rujukan baru.',
    en: 'This referral has been declined. Its sender may send a new one.',
  },
  SELESAI: {
    id: 'Rujukan ini sudah selesai. Bila masih perlu, minta pengirim mengirim rujukan baru.',
    en: 'This referral is completed. If more is needed, ask its sender for a new one.',
  },
} as const satisfies Record<ReferralState, Sentence>

/** This cannot happen to a referral in its present state (DOMAIN §8). */
export class WrongReferralState extends Refusal {
  readonly code = 'WRONG_REFERRAL_STATE'
  /** What it is in now. */
  readonly state: ReferralState

  constructor(state: ReferralState) {
    super(REMEDY[state], { field: 'referralId', rule: 'DOMAIN-8' })
    this.state = state
  }
}
