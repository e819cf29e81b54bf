import { NEEDED_TO_RECORD } from './sop.ts'

/** KT-08. */
export const SESSION_STATES = ['DRAFT', 'DIJADWALKAN', 'BERLANGSUNG', 'SELESAI', 'BATAL'] as const
export type SessionState = (typeof SESSION_STATES)[number]

const NEXT = {
  DRAFT: ['DIJADWALKAN', 'BATAL'],
  DIJADWALKAN: ['BERLANGSUNG', 'BATAL'],
  BERLANGSUNG: ['SELESAI', 'BATAL'],
  SELESAI: [],
  BATAL: [],
} as const satisfies Record<SessionState, readonly SessionState[]>

export const maySessionBecome = (from: SessionState, to: SessionState): boolean =>
  (NEXT[from] as readonly SessionState[]).includes(to)

/** What the checklist says of one piece of equipment (BLG-H4). */
export const ITEM_STATES = ['BELUM', 'ADA', 'TIDAK_ADA', 'RUSAK'] as const
export type ItemState = (typeof ITEM_STATES)[number]

export interface ChecklistItem {
  readonly item: string
  readonly state: ItemState
}

/** What keeps a session from starting: pieces nobody looked for, and those without which nothing is recorded (BLG-H4). */
export const lackingToStart = (checklist: readonly ChecklistItem[]): readonly string[] =>
  checklist
    .filter(({ item, state }) => state === 'BELUM' || (state !== 'ADA' && NEEDED_TO_RECORD.includes(item)))
    .map(({ item }) => item)

/** How far the clocks of a device and the registry may be apart before what the device wrote is not believed [D]. */
export const CLOCK_TOLERANCE = { minutes: 5 } as const
