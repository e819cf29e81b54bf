import type { AtsCategory, Level, Npsn } from '@satuanak/contracts'
import { SCHOOL_FORMS } from '@satuanak/domain-kit'

/** TUN-06 "status pernikahan orang tua". The lists are ours where AT-09 to AT-11 name no answers. */
export const PARENTS_MARRIAGE = ['MENIKAH', 'CERAI_HIDUP', 'CERAI_MATI', 'TIDAK_MENIKAH', 'TIDAK_DIKETAHUI'] as const
export const LIVES_WITH = [
  'ORANG_TUA',
  'AYAH',
  'IBU',
  'KAKEK_NENEK',
  'KERABAT',
  'WALI',
  'PANTI',
  'PASANGAN',
  'SENDIRI',
  'LAINNYA',
] as const
export const DAILY_ACTIVITIES = [
  'MEMBANTU_DI_RUMAH',
  'BEKERJA',
  'MENGASUH_ANAK',
  'KURSUS',
  'MENGAJI',
  'BERMAIN',
  'TIDAK_ADA',
  'LAINNYA',
] as const
export const CHILD_MARRIAGE = ['BELUM_MENIKAH', 'MENIKAH', 'CERAI'] as const
/** AT-05: whether a child who is still out of school wishes to return. */
export const WISHES = ['INGIN_KEMBALI', 'RAGU', 'TIDAK_INGIN'] as const
/** AT-09: who of the parents is alive. */
export const PARENTS_CONDITION = ['KEDUANYA', 'AYAH', 'IBU', 'TIDAK_ADA', 'TIDAK_DIKETAHUI'] as const
export const JOBS = [
  'TIDAK_BEKERJA',
  'MENGURUS_RUMAH_TANGGA',
  'BURUH',
  'PETANI',
  'NELAYAN',
  'PEDAGANG',
  'KARYAWAN',
  'ASN_TNI_POLRI',
  'PEKERJA_MIGRAN',
  'LAINNYA',
  'TIDAK_DIKETAHUI',
] as const
/** AT-09: per month, in rupiah. */
export const INCOME_BANDS = [
  'DI_BAWAH_500_RIBU',
  'DARI_500_RIBU_SAMPAI_1_JUTA',
  'DARI_1_SAMPAI_2_JUTA',
  'DI_ATAS_2_JUTA',
  'TIDAK_TETAP',
] as const
export const FAMILY_AID = ['TIDAK_ADA', 'PKH', 'LAINNYA'] as const
/** AT-10 "area difficulty": how hard it is to get to a school from there. */
export const AREA_DIFFICULTY = ['MUDAH', 'SEDANG', 'SULIT'] as const
/** AT-11. */
export const READINESS = ['FORMAL', 'KESETARAAN', 'KEAKSARAAN', 'KETERAMPILAN_KERJA', 'RAGU'] as const
/** AT-11. */
export const PATHS = [
  'SD',
  'SMP',
  'SMA',
  'SMK',
  'PAKET_A',
  'PAKET_B',
  'PAKET_C',
  'KEAKSARAAN_DASAR',
  'KEAKSARAAN_LANJUTAN',
  'KURSUS',
] as const

/** What was asked of a child and its family (TUN-06, AT-05, AT-08 to AT-11); null: not asked or not known. */
export interface Answers {
  readonly wish: (typeof WISHES)[number]
  readonly parentsMarriage: (typeof PARENTS_MARRIAGE)[number]
  readonly livesWith: (typeof LIVES_WITH)[number]
  readonly dailyActivity: (typeof DAILY_ACTIVITIES)[number]
  readonly childMarriage: (typeof CHILD_MARRIAGE)[number]
  /** All of the last school is null for a child who never was in one (BPB). */
  readonly lastLevel: Level | null
  /** 1 to 12; in a Paket programme the grade it stands for (ID-14). */
  readonly lastGrade: number | null
  readonly lastNpsn: Npsn | null
  /** As it was told, where the school has no NPSN that anybody knows. */
  readonly lastSchoolName: string | null
  readonly leftYear: number | null
  readonly parentsCondition: (typeof PARENTS_CONDITION)[number] | null
  readonly fatherJob: (typeof JOBS)[number] | null
  readonly motherJob: (typeof JOBS)[number] | null
  readonly guardianJob: (typeof JOBS)[number] | null
  readonly income: (typeof INCOME_BANDS)[number] | null
  readonly familyAid: (typeof FAMILY_AID)[number] | null
  readonly areaDifficulty: (typeof AREA_DIFFICULTY)[number] | null
  readonly readiness: (typeof READINESS)[number] | null
  readonly suggestedPath: (typeof PATHS)[number] | null
}

/** One filling in of the instrument. A later one supersedes it and overwrites nothing. */
export interface Instrument extends Answers {
  readonly recordId: string
  /** 1 for the first of a record. */
  readonly number: number
  readonly recordedAt: Temporal.Instant
}

type LastSchool = Pick<Answers, 'lastLevel' | 'lastGrade' | 'lastNpsn' | 'lastSchoolName' | 'leftYear'>

/** Whether a grade is taught at that level (ID-14): 9 in SMP and Paket B, none in PAUD. */
export function isGradeOf(level: Level, grade: number): boolean {
  const { grades } = SCHOOL_FORMS[level]
  return grades !== null && grade >= grades[0] && grade <= grades[1]
}

/** AT-01: a child listed as never in school has no last school, and any other was in one. */
export function contradictsCategory(category: AtsCategory, told: LastSchool): boolean {
  const { lastLevel, lastGrade, lastNpsn, lastSchoolName, leftYear } = told
  const anything = [lastLevel, lastGrade, lastNpsn, lastSchoolName, leftYear].some((answer) => answer !== null)
  return category === 'BPB' ? anything : lastLevel === null
}
