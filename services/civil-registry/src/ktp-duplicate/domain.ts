import type { ChildId } from '@satuanak/contracts'

/** What an officer does about a duplicate: delete there, move in, then print (KT-03). The last one ends it. */
export const DUPLICATE_STEPS = ['HAPUS_DIMINTA', 'DITOLAK_DAERAH_ASAL', 'PINDAH_MASUK', 'KARTU_DI_DAERAH_ASAL'] as const
export type DuplicateStepCode = (typeof DUPLICATE_STEPS)[number]

/** Something is still to be done; what is new waits for its first step. */
export const OPEN_STATES = ['BARU', 'HAPUS_DIMINTA', 'DITOLAK_DAERAH_ASAL', 'PINDAH_MASUK'] as const
/** How it ended: the centre finds the record unique, says something else, or the card is where the child lived before. */
export const CLOSED_STATES = ['PRR', 'STATUS_LAIN', 'KARTU_DI_DAERAH_ASAL'] as const
export const DUPLICATE_STATES = [...OPEN_STATES, ...CLOSED_STATES] as const
export type DuplicateState = (typeof DUPLICATE_STATES)[number]

/**
 * KT-03, RF-21 [D]: deletion is asked for, and again after a refusal or where it did not help; the move may be written
 * down before the answer comes. PRR and another status come from the centre by themselves.
 */
const NEXT = {
  BARU: ['HAPUS_DIMINTA', 'PINDAH_MASUK', 'KARTU_DI_DAERAH_ASAL'],
  HAPUS_DIMINTA: ['DITOLAK_DAERAH_ASAL', 'PINDAH_MASUK', 'KARTU_DI_DAERAH_ASAL'],
  DITOLAK_DAERAH_ASAL: ['HAPUS_DIMINTA', 'PINDAH_MASUK', 'KARTU_DI_DAERAH_ASAL'],
  PINDAH_MASUK: ['HAPUS_DIMINTA', 'KARTU_DI_DAERAH_ASAL'],
  PRR: [],
  STATUS_LAIN: [],
  KARTU_DI_DAERAH_ASAL: [],
} as const satisfies Record<DuplicateState, readonly DuplicateStepCode[]>

/** What may be done now. */
export const nextSteps = (state: DuplicateState): readonly DuplicateStepCode[] => NEXT[state]

export interface DuplicateStep {
  readonly step: DuplicateStepCode
  /** Code of the kabupaten or kota whose Dukcapil recorded first; null where it is not known by then. */
  readonly office: string | null
  readonly doneOn: Temporal.PlainDate
}

export interface KtpDuplicate {
  readonly id: string
  readonly childId: ChildId
  readonly state: DuplicateState
  readonly office: string | null
  readonly openedOn: Temporal.PlainDate
  readonly dueOn: Temporal.PlainDate
  readonly closedAt: Temporal.Instant | null
  /** In the order in which they were written down. */
  readonly steps: readonly DuplicateStep[]
}

/** Calendar days (RF-21 [D]): the other office's are not ours to count. */
const LIMIT_DAYS = 30

export const dueOf = (openedOn: Temporal.PlainDate): Temporal.PlainDate => openedOn.add({ days: LIMIT_DAYS })

/** Still open on the day after its last one (RF-21): marked, never blocked. */
export const isOverdue = (
  { closedAt, dueOn }: Pick<KtpDuplicate, 'closedAt' | 'dueOn'>,
  today: Temporal.PlainDate,
): boolean => closedAt === null && Temporal.PlainDate.compare(dueOn, today) < 0

/** On which day the next step may have been done at the earliest: not before the one before. */
export const earliestStep = ({ openedOn, steps }: Pick<KtpDuplicate, 'openedOn' | 'steps'>): Temporal.PlainDate =>
  steps.at(-1)?.doneOn ?? openedOn

/** The national status that opens it; any other closes it (DOMAIN §5). */
export const DUPLICATE = 'DUPLICATE_RECORD'
/** Unique, or further than that: a file may tell the card before it tells the record. */
const UNIQUE: readonly string[] = [
  'PRINT_READY_RECORD',
  'SENT_FOR_CARD_PRINTING',
  'CARD_PRINTED',
  'CARD_SHIPPED',
  'CARD_ISSUED',
]
export const endBy = (code: string): 'PRR' | 'STATUS_LAIN' => (UNIQUE.includes(code) ? 'PRR' : 'STATUS_LAIN')
