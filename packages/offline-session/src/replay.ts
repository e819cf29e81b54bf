import { aktaText, InvalidInput } from '@satuanak/domain-kit'
import { type BundleContent, type BundledPupil, type JournalEntry, type StepTaken, timesOf } from './format.ts'
import {
  ChecklistIncomplete,
  type ChecklistItem,
  contradicts,
  DIREKAM_DI_SEKOLAH,
  type Finding,
  isBeforeTheLast,
  lackingToStart,
  leaveOut,
  PupilDone,
  type PupilEntry,
  PupilNotFound,
  type PupilState,
  SessionNotOpen,
  type SessionState,
  type SiakCheck,
  StepNotTaken,
  workPupil,
} from './rules/index.ts'

/** A pupil as the officer at the table sees it. */
export interface PupilAtTable extends Omit<BundledPupil, 'state' | 'steps'> {
  readonly state: PupilState
  /** The officer's word, of a check on this device; what the register says it says online. */
  readonly siak: SiakCheck | null
  readonly steps: readonly PupilEntry[]
}

/** A session as it stands on the device. */
export interface Standing {
  readonly state: SessionState
  readonly checklist: readonly ChecklistItem[]
  readonly pupils: readonly PupilAtTable[]
}

/** The session as it was taken. Who did a step is not in a bundle. */
export function atTheTable({ state, checklist, pupils }: BundleContent): Standing {
  return {
    state,
    checklist,
    pupils: pupils.map((pupil) => ({
      ...pupil,
      siak: null,
      steps: pupil.steps.map((step) => ({
        ...step,
        startedAt: Temporal.Instant.from(step.startedAt),
        endedAt: Temporal.Instant.from(step.endedAt),
        officer: '',
      })),
    })),
  }
}

/** A step of a journal as the rules take it. */
export function workOf(entry: StepTaken): { readonly step: Omit<PupilEntry, 'officer'>; readonly finding: Finding } {
  const { step, outcome, papers, siakFields, exceptions, place } = entry
  const { from: startedAt, to: endedAt } = timesOf(entry)
  // Only what the step finds: of a pupil corrected by the akta it stays known what SIAK had otherwise (BLG-05).
  const found = step === 'BLG-04' ? { siakFields } : step === 'BLG-06' ? { exceptions, ...(place && { place }) } : {}
  const finding = { ...found, papers }
  return { step: { step, outcome, startedAt, endedAt }, finding }
}

const EQUIPMENT: readonly string[] = DIREKAM_DI_SEKOLAH.equipment.map(({ code }) => code)

/** Whether an entry cannot be, whatever the session: a step that says what is not its to say, a piece that is none. */
export function isUnsound(entry: JournalEntry): boolean {
  if (entry.kind === 'CHECKLIST') return !entry.items.every((item) => EQUIPMENT.includes(item))
  if (entry.kind !== 'STEP') return false
  const { step, outcome, papers, siakFields, exceptions, place } = entry
  if (lacksAkta(entry)) return true
  return contradicts({ step, outcome }, { papers, siakFields, exceptions, ...(place && { place }) })
}

/** SIAK is corrected by an akta in hand, and nothing else needs one (BLG-05, ID-17). */
const lacksAkta = ({ step, aktaNumber }: StepTaken): boolean =>
  step === 'BLG-05' ? aktaNumber === null || !aktaText(aktaNumber).ok : aktaNumber !== null

function remedyFor(entry: JournalEntry) {
  if (entry.kind === 'CHECKLIST') return NO_SUCH_PIECE
  return entry.kind === 'STEP' && lacksAkta(entry) ? NO_AKTA : CONTRADICTION
}

/**
 * What a session becomes by one entry, by the rules that hold online.
 * @throws InvalidInput, SessionNotOpen, ChecklistIncomplete, PupilNotFound, PupilDone, StepNotTaken.
 */
export function standAfter(standing: Standing, entry: JournalEntry): Standing {
  const { state, checklist } = standing
  if (isUnsound(entry)) throw new InvalidInput([remedyFor(entry)])
  switch (entry.kind) {
    case 'CHECKLIST': {
      const looked = new Set(entry.items)
      return {
        ...standing,
        checklist: checklist.map((one) => (looked.has(one.item) ? { ...one, state: entry.state } : one)),
      }
    }
    case 'START': {
      if (state !== 'DIJADWALKAN') throw new SessionNotOpen(state)
      const lacking = lackingToStart(checklist)
      if (lacking.length > 0) throw new ChecklistIncomplete(lacking)
      return { ...standing, state: 'BERLANGSUNG' }
    }
    case 'STEP':
      return withPupil(standing, entry.childId, (pupil) => afterStep(pupil, entry))
    case 'ABSENT':
      return withPupil(standing, entry.childId, (pupil) => {
        const absent = leaveOut(pupil, entry.reason)
        if (absent === null) throw new PupilDone()
        if (isBeforeTheLast(pupil, timesOf(entry).from)) throw new StepNotTaken('BEFORE_THE_LAST', null)
        return absent
      })
  }
}

function afterStep(pupil: PupilAtTable, entry: StepTaken): PupilAtTable {
  const { step, finding } = workOf(entry)
  const worked = workPupil(pupil, { ...step, officer: '' }, finding)
  if (!worked.ok) throw new StepNotTaken(worked.why, worked.expected)
  return worked.pupil
}

function withPupil(standing: Standing, childId: string, change: (pupil: PupilAtTable) => PupilAtTable): Standing {
  if (standing.state !== 'BERLANGSUNG') throw new SessionNotOpen(standing.state)
  const pupil = standing.pupils.find((one) => one.childId === childId)
  if (!pupil) throw new PupilNotFound()
  const changed = change(pupil)
  return { ...standing, pupils: standing.pupils.map((one) => (one === pupil ? changed : one)) }
}

const NO_SUCH_PIECE = {
  field: 'items',
  rule: 'BLG-H4',
  message: {
    id: 'Peralatan ini tidak ada di daftar periksa SOP. Pilih dari daftar itu.',
    en: 'This piece is not on the SOP’s checklist. Choose from it.',
  },
}

const NO_AKTA = {
  field: 'aktaNumber',
  rule: 'ID-17',
  message: {
    id: 'Isi nomor akta yang dipegang petugas, hanya untuk BLG-05.',
    en: 'Enter the number of the akta that the officer has in hand, for BLG-05 only.',
  },
}

const CONTRADICTION = {
  field: 'siakFields',
  rule: 'BLG-04',
  message: {
    id: 'Bila cocok, kosongkan daftar perbedaan; bila tidak, pilih data yang berbeda dari akta. Hambatan dan tempat hanya untuk BLG-06.',
    en: 'Where they match, leave the differences empty; where not, choose what differs from the akta. Exceptions and place are for BLG-06 only.',
  },
}
