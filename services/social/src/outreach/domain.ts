import type { ChildId, KelurahanCode, Need, Sensitivity } from '@satuanak/contracts'

/** What a child on the street was doing when met (SW-02). */
export const ACTIVITIES = ['LOPER_KORAN', 'PENGAMEN', 'PENGEMIS', 'PEMULUNG', 'PEDAGANG_ASONGAN', 'LAINNYA'] as const
export type Activity = (typeof ACTIVITIES)[number]

/** A meeting with a child on the street (TPI-03). */
export interface StreetContact {
  readonly id: string
  readonly childId: ChildId
  readonly metOn: Temporal.PlainDate
  readonly kelurahan: KelurahanCode
  /** Where in the kelurahan: a crossing, a market. */
  readonly place: string
  readonly activity: Activity
  readonly note: string | null
  readonly repeat: boolean
}

/** What a social worker found out about a child (TPI-03, TPI-04). */
export interface Assessment {
  readonly id: string
  readonly childId: ChildId
  readonly doneOn: Temporal.PlainDate
  readonly droppedOut: boolean
  readonly needs: readonly Need[]
  readonly conclusion: string
}

/**
 * The level an assessment asks for (PV-14): a child that needs protection is a victim until shown otherwise and is
 * hidden from then on. No assessment lowers a level; that is a decision of its own.
 */
export function levelAfter(needs: readonly Need[], level: Sensitivity): Sensitivity {
  return needs.includes('PROTECTION') ? 4 : level
}

/** Dates on which the child had been met before this one make it a repeat, which goes to the Kasi (TPI-R3). */
export function isRepeat(metOn: Temporal.PlainDate, earlier: readonly Temporal.PlainDate[]): boolean {
  return earlier.some((day) => Temporal.PlainDate.compare(day, metOn) < 0)
}
