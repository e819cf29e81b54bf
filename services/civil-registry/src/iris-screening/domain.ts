import type { ChildId } from '@satuanak/contracts'

/** What a screening of an unidentified child by iris came to (RF-20). */
export const IRIS_OUTCOMES = ['TERIDENTIFIKASI', 'TIDAK_DITEMUKAN', 'TIDAK_DAPAT_DIPINDAI'] as const
export type IrisOutcome = (typeof IRIS_OUTCOMES)[number]

/** An officer's act and its outcome. Nothing that was scanned is here or anywhere in the house (KT-04). */
export interface IrisScreening {
  readonly id: string
  readonly childId: ChildId
  readonly screenedOn: Temporal.PlainDate
  readonly outcome: IrisOutcome
}
