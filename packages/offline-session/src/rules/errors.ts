import { Refusal, type Sentence } from '@satuanak/domain-kit'
import type { StepFault } from './pupil.ts'
import type { SessionState } from './session.ts'
import { DIREKAM_DI_SEKOLAH } from './sop.ts'

const NOT_NOW = {
  DRAFT: {
    id: 'Sesi ini masih rancangan. Jadwalkan lebih dahulu.',
    en: 'This session is a draft. Schedule it first.',
  },
  DIJADWALKAN: {
    id: 'Sesi ini sudah dijadwalkan tetapi belum dimulai. Mulai sesi di sekolah lebih dahulu.',
    en: 'This session is scheduled and has not begun. Start it at the school first.',
  },
  BERLANGSUNG: {
    id: 'Sesi ini sedang berlangsung. Selesaikan atau batalkan.',
    en: 'This session is going on. Close it, or call it off.',
  },
  SELESAI: {
    id: 'Sesi ini sudah selesai. Buat sesi baru; murid yang belum direkam ikut serta.',
    en: 'This session is over. Draft a new one; pupils not yet recorded come along.',
  },
  BATAL: {
    id: 'Sesi ini dibatalkan. Buat sesi baru; murid yang belum direkam ikut serta.',
    en: 'This session was called off. Draft a new one; pupils not yet recorded come along.',
  },
} as const satisfies Record<SessionState, Sentence>

/** The session is in a state in which this cannot be done (KT-08). */
export class SessionNotOpen extends Refusal {
  readonly code = 'KTP_SESSION_NOT_OPEN'
  readonly state: SessionState

  constructor(state: SessionState) {
    super(NOT_NOW[state], { field: 'sessionId', rule: 'KT-08' })
    this.state = state
  }
}

/** Without these pieces nothing can be recorded, or nobody looked (BLG-02, BLG-H4). */
export class ChecklistIncomplete extends Refusal {
  readonly code = 'KTP_CHECKLIST_INCOMPLETE'
  readonly items: readonly string[]

  constructor(items: readonly string[]) {
    const names = items.map((item) => DIREKAM_DI_SEKOLAH.equipment.find(({ code }) => code === item)?.name)
    const listed = (language: 'id' | 'en') => names.map((name) => name?.[language]).join('; ')
    super(
      {
        id: `Peralatan belum lengkap diperiksa atau tidak ada: ${listed('id')}. Lengkapi daftar periksa, atau batalkan sesi dengan alasan ALAT.`,
        en: `Equipment is not checked, or not there: ${listed('en')}. Complete the checklist, or call the session off for ALAT.`,
      },
      { field: 'sessionId', rule: 'BLG-H4' },
    )
    this.items = items
  }
}

/** The child is not in this session, or the caller may not know of it (PV-14). */
export class PupilNotFound extends Refusal {
  readonly code = 'KTP_PUPIL_NOT_FOUND'

  constructor() {
    super(
      {
        id: 'Murid ini tidak ada di sesi perekaman ini. Periksa daftar sesi.',
        en: 'This pupil is not in this recording session. Check the session’s list.',
      },
      { field: 'childId', rule: 'BLG-01' },
    )
  }
}

const stepName = (id: string): Sentence => {
  const title = DIREKAM_DI_SEKOLAH.steps.find((step) => step.id === id)?.title
  return { id: `${id} (${title?.id ?? ''})`, en: `${id} (${title?.en ?? ''})` }
}

const FAULTS = {
  NOT_ITS_TURN: (expected) =>
    expected === null
      ? {
          id: 'Untuk murid ini tidak ada lagi langkah di sekolah.',
          en: 'For this pupil no step is left at the school.',
        }
      : {
          id: `Belum giliran langkah ini. Kerjakan dahulu ${stepName(expected).id}.`,
          en: `It is not this step’s turn. Do ${stepName(expected).en} first.`,
        },
  UNKNOWN_OUTCOME: () => ({
    id: 'Hasil ini bukan hasil langkah tersebut. Pilih salah satu cabang SOP.',
    en: 'This is no outcome of that step. Choose one of the SOP’s branches.',
  }),
  ENDS_BEFORE_IT_STARTS: () => ({
    id: 'Waktu selesai mendahului waktu mulai. Periksa jam alat.',
    en: 'It ends before it starts. Check the device’s clock.',
  }),
  BEFORE_THE_LAST: () => ({
    id: 'Langkah ini dimulai sebelum langkah sebelumnya selesai. Periksa waktunya.',
    en: 'This step starts before the one before it ended. Check the times.',
  }),
} as const satisfies Record<StepFault, (expected: string | null) => Sentence>

/** It is not this step's turn for this pupil, or its times cannot be (SOP BLG-03 to BLG-06). */
export class StepNotTaken extends Refusal {
  readonly code = 'KTP_STEP_NOT_TAKEN'
  readonly why: StepFault
  /** The step whose turn it is; null where none is left. */
  readonly expected: string | null

  constructor(why: StepFault, expected: string | null) {
    const field = why === 'NOT_ITS_TURN' ? 'childId' : why === 'UNKNOWN_OUTCOME' ? 'outcome' : 'startedAt'
    super(FAULTS[why](expected), { field, rule: expected ?? 'KT-08' })
    this.why = why
    this.expected = expected
  }
}

/** The pupil is recorded, left out or waiting for a NIK: there is nobody to be absent (KT-05). */
export class PupilDone extends Refusal {
  readonly code = 'KTP_PUPIL_DONE'

  constructor() {
    super(
      {
        id: 'Murid ini sudah selesai diperiksa di sesi ini, jadi tidak dapat dicatat tidak hadir.',
        en: 'This pupil is dealt with in this session, so cannot be marked absent.',
      },
      { field: 'childId', rule: 'KT-05' },
    )
  }
}
