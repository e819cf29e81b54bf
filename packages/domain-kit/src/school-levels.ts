/** The steps of schooling (ID-14). */
export type SchoolStage = 'PAUD' | 'SD' | 'SMP' | 'SMA'

export interface SchoolForm {
  readonly stage: SchoolStage
  /** Grades taught, first and last; null before grade 1. */
  readonly grades: readonly [first: number, last: number] | null
  /** Who runs it: the regency's Dinas Pendidikan, the province's, or Kemenag. */
  readonly runBy: 'KAB_KOTA' | 'PROVINSI' | 'KEMENAG'
}

const PRIMARY = [1, 6] as const
const JUNIOR = [7, 9] as const
const SENIOR = [10, 12] as const

/** Every form of school or programme, and who runs it (ID-14). SLB are the province's at every stage. */
export const SCHOOL_FORMS = {
  PAUD: { stage: 'PAUD', grades: null, runBy: 'KAB_KOTA' },
  TK: { stage: 'PAUD', grades: null, runBy: 'KAB_KOTA' },
  RA: { stage: 'PAUD', grades: null, runBy: 'KEMENAG' },
  SD: { stage: 'SD', grades: PRIMARY, runBy: 'KAB_KOTA' },
  MI: { stage: 'SD', grades: PRIMARY, runBy: 'KEMENAG' },
  SDLB: { stage: 'SD', grades: PRIMARY, runBy: 'PROVINSI' },
  PAKET_A: { stage: 'SD', grades: PRIMARY, runBy: 'KAB_KOTA' },
  SMP: { stage: 'SMP', grades: JUNIOR, runBy: 'KAB_KOTA' },
  MTS: { stage: 'SMP', grades: JUNIOR, runBy: 'KEMENAG' },
  SMPLB: { stage: 'SMP', grades: JUNIOR, runBy: 'PROVINSI' },
  PAKET_B: { stage: 'SMP', grades: JUNIOR, runBy: 'KAB_KOTA' },
  SMA: { stage: 'SMA', grades: SENIOR, runBy: 'PROVINSI' },
  MA: { stage: 'SMA', grades: SENIOR, runBy: 'KEMENAG' },
  SMK: { stage: 'SMA', grades: SENIOR, runBy: 'PROVINSI' },
  MAK: { stage: 'SMA', grades: SENIOR, runBy: 'KEMENAG' },
  SMALB: { stage: 'SMA', grades: SENIOR, runBy: 'PROVINSI' },
  PAKET_C: { stage: 'SMA', grades: SENIOR, runBy: 'KAB_KOTA' },
} as const satisfies Record<string, SchoolForm>

export type SchoolFormName = keyof typeof SCHOOL_FORMS

/** The stage a grade belongs to (ID-14); null for a grade that no school teaches. */
export function stageOfGrade(grade: number): SchoolStage | null {
  const form = (['SD', 'SMP', 'SMA'] as const).find((name) => {
    const [first, last] = SCHOOL_FORMS[name].grades
    return Number.isInteger(grade) && grade >= first && grade <= last
  })
  return form ?? null
}
