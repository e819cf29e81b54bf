import type { ChildId, KtpSiakField } from '@satuanak/contracts'
import { type Entry, takeStep } from '@satuanak/sop'
import { BY_OFFICER, type SiakCheck } from './siak.ts'
import { AT_SCHOOL, type PupilStepId, type StepId } from './sop.ts'

/** A pupil in a session (KT-08). */
export const PUPIL_STATES = [
  'BELUM_DICEK',
  'TIDAK_ADA_NIK',
  'DATA_TIDAK_SESUAI',
  'SIAP_REKAM',
  'DIREKAM',
  'TIDAK_HADIR',
  'TERTUNDA_UMUR',
  'SIAP_CETAK',
  'DICETAK',
  'DISERAHKAN',
  'KEMBALI',
] as const
export type PupilState = (typeof PUPIL_STATES)[number]

/** KT-08, BLG-03 to BLG-08. An absent pupil who comes after all goes on where it stood. */
const NEXT = {
  BELUM_DICEK: ['TIDAK_ADA_NIK', 'DATA_TIDAK_SESUAI', 'SIAP_REKAM', 'DIREKAM', 'DICETAK', 'TIDAK_HADIR'],
  TIDAK_ADA_NIK: [],
  DATA_TIDAK_SESUAI: ['SIAP_REKAM', 'TIDAK_HADIR'],
  SIAP_REKAM: ['DIREKAM', 'TIDAK_HADIR'],
  TIDAK_HADIR: ['BELUM_DICEK', 'TIDAK_ADA_NIK', 'DATA_TIDAK_SESUAI', 'SIAP_REKAM', 'DIREKAM', 'DICETAK'],
  DIREKAM: ['TERTUNDA_UMUR', 'SIAP_CETAK'],
  TERTUNDA_UMUR: ['SIAP_CETAK'],
  SIAP_CETAK: ['DICETAK'],
  DICETAK: ['DISERAHKAN'],
  DISERAHKAN: ['KEMBALI'],
  KEMBALI: ['DISERAHKAN'],
} as const satisfies Record<PupilState, readonly PupilState[]>

export const mayPupilBecome = (from: PupilState, to: PupilState): boolean =>
  (NEXT[from] as readonly PupilState[]).includes(to)

/** Why a pupil was not recorded that day (KT-05, KT-09, EC-50). */
export const ABSENCES = ['TIDAK_DATANG', 'MENOLAK', 'PERLU_KUNJUNGAN_RUMAH', 'WAKTU_HABIS'] as const
export type Absence = (typeof ABSENCES)[number]

/** What stands in the way of a whole recording (EC-50). Kept as a code; no biometrics are (KT-04). */
export const EXCEPTIONS = ['JARI_TIDAK_LENGKAP', 'PENYAKIT_MATA', 'CEREBRAL_PALSY', 'TIDAK_DAPAT_TANDA_TANGAN'] as const
export type RecordingException = (typeof EXCEPTIONS)[number]

/**
 * What a pupil hands in: the form F-1.02 and a copy of the KK (Perpres 96/2018 art. 15), by Balangan's SOP a copy of the
 * akta too (KT-06). Kept as codes; the sheets stay at the desk.
 */
export const HANDED_IN = ['FORMULIR_F_1_02', 'SALINAN_KK', 'SALINAN_AKTA'] as const
export type HandedIn = (typeof HANDED_IN)[number]

/** What is still to be brought, in the order of the SOP; recording does not wait for a sheet of paper [D]. */
export const notHandedIn = ({ papers }: { readonly papers: readonly HandedIn[] }): HandedIn[] =>
  HANDED_IN.filter((paper) => !papers.includes(paper))

/** Where it was recorded: at home where the pupil cannot come (EC-50). */
export const PLACES = ['SEKOLAH', 'RUMAH'] as const
export type Place = (typeof PLACES)[number]

export interface StepEntry<Id extends StepId = StepId> extends Entry<Id> {
  readonly officer: string
}

export interface PupilEntry extends StepEntry<PupilStepId> {
  readonly endedAt: Temporal.Instant
}

/** A pupil of a session. */
export interface SessionPupil {
  readonly childId: ChildId
  readonly number: number
  readonly state: PupilState
  readonly reason: string | null
  readonly carriedFrom: string | null
  readonly sixteenOn: Temporal.PlainDate | null
  readonly everMarried: boolean
  /** Handed in by now (KT-06). */
  readonly papers: readonly HandedIn[]
  readonly siakFields: readonly KtpSiakField[]
  /** Null before BLG-04. */
  readonly siak: SiakCheck | null
  readonly exceptions: readonly RecordingException[]
  readonly place: Place | null
  readonly printFrom: Temporal.PlainDate | null
  /** In the order in which they were done. */
  readonly steps: readonly PupilEntry[]
}

/** What the school is told of it. */
export const PROGRESS = ['MENUNGGU', 'TERTUNDA', 'DIREKAM', 'TIDAK_HADIR'] as const
export type Progress = (typeof PROGRESS)[number]

const PROGRESS_OF = {
  BELUM_DICEK: 'MENUNGGU',
  TIDAK_ADA_NIK: 'TERTUNDA',
  DATA_TIDAK_SESUAI: 'MENUNGGU',
  SIAP_REKAM: 'MENUNGGU',
  TIDAK_HADIR: 'TIDAK_HADIR',
  // A card before the 17th birthday, or none after recording at 16: either would tell who is married (KT-10).
  DIREKAM: 'DIREKAM',
  TERTUNDA_UMUR: 'DIREKAM',
  SIAP_CETAK: 'DIREKAM',
  DICETAK: 'DIREKAM',
  DISERAHKAN: 'DIREKAM',
  KEMBALI: 'DIREKAM',
} as const satisfies Record<PupilState, Progress>

export const progressOf = (state: PupilState): Progress => PROGRESS_OF[state]

/** Not done with: these wait for the next session (KT-05), but for those who will not (KT-09). */
export const isUnfinished = ({ state, reason }: Pick<SessionPupil, 'state' | 'reason'>): boolean =>
  mayPupilBecome(state, 'TIDAK_HADIR') || (state === 'TIDAK_HADIR' && reason !== 'MENOLAK')

export const isRecorded = ({ steps }: Pick<SessionPupil, 'steps'>): boolean =>
  steps.some(({ step }) => step === 'BLG-06')

/** What is known of the card, by the feature that follows it: states and days, no reasons. */
export interface CardStanding {
  readonly state: 'BELUM' | 'DITAHAN' | 'PERLU_PETUGAS' | 'SIAP_CETAK' | 'TANPA_KARTU' | 'SUDAH_CETAK'
  /** The 17th birthday, where the card waits for it (BLG-R3). */
  readonly until: Temporal.PlainDate | null
  /** It was given to the pupil. */
  readonly isIssued: boolean
}

const AFTER_RECORDING = {
  BELUM: 'DIREKAM',
  DITAHAN: 'TERTUNDA_UMUR',
  PERLU_PETUGAS: 'DIREKAM',
  SIAP_CETAK: 'SIAP_CETAK',
  TANPA_KARTU: 'DIREKAM',
  SUDAH_CETAK: 'DICETAK',
} as const satisfies Record<CardStanding['state'], PupilState>

/** From the recording on the pupil is where the card is (KT-08): each state follows from the card's. */
export function followCard(pupil: SessionPupil, card: CardStanding | null): SessionPupil {
  if (card === null || progressOf(pupil.state) !== 'DIREKAM') return pupil
  const state = card.isIssued ? 'DISERAHKAN' : AFTER_RECORDING[card.state]
  return { ...pupil, state, printFrom: card.state === 'DITAHAN' ? card.until : null }
}

/** What a step found besides its outcome. */
export interface Finding {
  /** With BLG-03, or what came late with BLG-06: handed in, besides what was before (KT-06). */
  readonly papers?: readonly HandedIn[]
  /** With TIDAK_COCOK: what SIAK has otherwise than the akta. */
  readonly siakFields?: readonly KtpSiakField[]
  /** With BLG-04: by whose word. Absent: the officer's alone. */
  readonly siak?: SiakCheck
  readonly exceptions?: readonly RecordingException[]
  readonly place?: Place
}

/** Why a step is not taken for a pupil. */
export type StepFault = 'NOT_ITS_TURN' | 'UNKNOWN_OUTCOME' | 'ENDS_BEFORE_IT_STARTS' | 'BEFORE_THE_LAST'

/** What the steps at the school read and change of a pupil. */
export type AtTheTable = Pick<
  SessionPupil,
  'state' | 'reason' | 'papers' | 'siakFields' | 'siak' | 'exceptions' | 'place' | 'steps'
>

export type Worked<Pupil = SessionPupil> =
  | { readonly ok: true; readonly pupil: Pupil }
  | { readonly ok: false; readonly why: StepFault; readonly expected: string | null }

/** One step of the SOP for one pupil: in its turn, with one of its outcomes, not before the step before it ended. */
export function workPupil<Pupil extends AtTheTable>(pupil: Pupil, entry: PupilEntry, finding: Finding): Worked<Pupil> {
  const taken = takeStep(AT_SCHOOL, pupil.steps, entry)
  if (!taken.ok) {
    return { ok: false, why: taken.why === 'UNKNOWN_STEP' ? 'NOT_ITS_TURN' : taken.why, expected: taken.expected }
  }
  if (isBeforeTheLast(pupil, entry.startedAt)) {
    return { ok: false, why: 'BEFORE_THE_LAST', expected: entry.step }
  }
  const state = stateAfter(entry)
  if (state !== pupil.state && !mayPupilBecome(pupil.state, state)) {
    return { ok: false, why: 'NOT_ITS_TURN', expected: null }
  }
  return {
    ok: true,
    pupil: {
      ...pupil,
      state,
      reason: entry.outcome === 'SUDAH_CETAK' ? 'SUDAH_CETAK' : null,
      papers: HANDED_IN.filter((one) => pupil.papers.includes(one) || finding.papers?.includes(one)),
      siakFields: finding.siakFields ?? pupil.siakFields,
      siak: finding.siak ?? (entry.step === 'BLG-04' ? BY_OFFICER : pupil.siak),
      exceptions: finding.exceptions ?? pupil.exceptions,
      place: finding.place ?? pupil.place,
      steps: taken.entries,
    },
  }
}

/** Before what was last done with the pupil had ended. */
export function isBeforeTheLast({ steps }: Pick<AtTheTable, 'steps'>, at: Temporal.Instant): boolean {
  const last = steps.at(-1)
  return last !== undefined && Temporal.Instant.compare(at, last.endedAt) < 0
}

/** Not recorded that day, and why; null where the pupil is dealt with already (KT-05). */
export function leaveOut<Pupil extends AtTheTable>(pupil: Pupil, reason: Absence): Pupil | null {
  return mayPupilBecome(pupil.state, 'TIDAK_HADIR') ? { ...pupil, state: 'TIDAK_HADIR', reason } : null
}

/** A step says what only another one finds, or not what it must: a mismatch names what differs (BLG-04, EC-50). */
export function contradicts({ step, outcome }: Pick<PupilEntry, 'step' | 'outcome'>, finding: Finding): boolean {
  const { papers = [], siakFields = [], exceptions = [], place } = finding
  if ((outcome === 'TIDAK_COCOK') !== siakFields.length > 0) return true
  if (papers.length > 0 && step !== 'BLG-03' && step !== 'BLG-06') return true
  return step !== 'BLG-06' && (exceptions.length > 0 || place !== undefined)
}

function stateAfter({ step, outcome }: PupilEntry): PupilState {
  switch (step) {
    case 'BLG-03':
      return AFTER_CHECK[outcome ?? ''] ?? 'BELUM_DICEK'
    case 'BLG-04':
      return AFTER_SIAK[outcome ?? ''] ?? 'DATA_TIDAK_SESUAI'
    case 'BLG-05':
      return 'SIAP_REKAM'
    case 'BLG-06':
      return 'DIREKAM'
  }
}

/** BLG-03's four branches. Recorded and not printed is "recorded": from there the card decides (BLG-R3). */
const AFTER_CHECK: Readonly<Record<string, PupilState>> = {
  BELUM_REKAM: 'BELUM_DICEK',
  SUDAH_REKAM: 'DIREKAM',
  SUDAH_CETAK: 'DICETAK',
  NIK_TIDAK_ADA: 'TIDAK_ADA_NIK',
}

const AFTER_SIAK: Readonly<Record<string, PupilState>> = { COCOK: 'SIAP_REKAM', NIK_TIDAK_ADA: 'TIDAK_ADA_NIK' }

/** What the outcome of a step says of the national status (DOMAIN §5); null where it says nothing. */
export function statusTold({
  step,
  outcome,
}: PupilEntry): 'BIO_CAPTURED' | 'PRINT_READY_RECORD' | 'CARD_PRINTED' | null {
  if (step === 'BLG-06') return 'BIO_CAPTURED'
  if (outcome === 'SUDAH_REKAM') return 'PRINT_READY_RECORD'
  return outcome === 'SUDAH_CETAK' ? 'CARD_PRINTED' : null
}
