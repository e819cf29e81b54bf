import type { ChildId, FlagCode, FlagLevel, Sensitivity } from '@satuanak/contracts'

/** How grave each flag is: who shares a NIK is decided by people alone (EC-01), who holds two is looked into (EC-02). */
export const LEVEL_OF = { DIPAKAI_BERSAMA: 'BLOKIR', DIDUGA_GANDA: 'PERIKSA' } as const satisfies Record<
  FlagCode,
  FlagLevel
>

/** A NIK as it stands with one person and with others. */
export interface NikHolding {
  readonly recordId: ChildId
  /** Tells NIKs apart and is none (ID-09). */
  readonly nik: string
  /** Records of other persons that hold the same NIK. */
  readonly others: readonly ChildId[]
}

export interface IdentifierFlag {
  readonly type: 'NIK'
  readonly code: FlagCode
  /** The record under which the doubtful NIK is written. */
  readonly recordId: ChildId
  /** Other persons' records that it is about. */
  readonly others: readonly ChildId[]
}

/**
 * What is doubtful about one person's NIKs. `ids` are the person's, the canonical one first: of two different NIKs the
 * one that came with the later record is marked (EC-02). Every NIK that somebody else holds too is flagged (EC-01).
 */
export function flagsOf(ids: readonly ChildId[], holdings: readonly NikHolding[]): IdentifierFlag[] {
  const inOrder = holdings.toSorted((a, b) => ids.indexOf(a.recordId) - ids.indexOf(b.recordId))
  const flag = (code: FlagCode, { recordId, others }: NikHolding) => ({ type: 'NIK' as const, code, recordId, others })
  return inOrder.flatMap((holding) => [
    ...(holding.others.length > 0 ? [flag('DIPAKAI_BERSAMA', holding)] : []),
    ...(holding.nik === inOrder[0]?.nik ? [] : [flag('DIDUGA_GANDA', { ...holding, others: [] })]),
  ])
}

/** The level at which a flag is told: it tells of everyone it is about (PV-14). */
export function sensitivityOf(levels: readonly Sensitivity[]): Sensitivity {
  return Math.max(2, ...levels) as Sensitivity
}
