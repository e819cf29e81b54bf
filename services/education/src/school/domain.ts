import type { KelurahanCode, Level, Npsn } from '@satuanak/contracts'

/** Who teaches (ID-14): a school, a madrasah (Kemenag), an SLB, a non-formal centre, a pesantren, the parents. */
export const PROVIDERS = ['SCHOOL', 'MADRASAH', 'SLB', 'PKBM', 'SKB', 'PESANTREN', 'HOMESCHOOLING', 'LKP'] as const
export type Provider = (typeof PROVIDERS)[number]

interface Kind {
  readonly provider: Provider
  /** What it may teach; a school teaches one or several of these, a course provider none that counts as schooling. */
  readonly levels: readonly Level[]
  /** Letter with which its NPSN may begin instead of a digit (ID-13). */
  readonly letter: 'P' | 'K' | null
}

const PAKET = ['PAKET_A', 'PAKET_B', 'PAKET_C'] as const
const formal = (provider: Provider, ...levels: readonly Level[]): Kind => ({ provider, levels, letter: null })
const centre = (provider: 'PKBM' | 'SKB'): Kind => ({ provider, levels: ['PAUD', ...PAKET], letter: 'P' })

/**
 * Bentuk pendidikan: every kind of place of learning, who teaches there and what (ID-13, ID-14). KB, TPA and SPS are the
 * forms of PAUD beside TK. Equivalence programmes (Paket) are
 * taught outside the formal school only.
 */
export const SCHOOL_KINDS = {
  KB: formal('SCHOOL', 'PAUD'),
  TPA: formal('SCHOOL', 'PAUD'),
  SPS: formal('SCHOOL', 'PAUD'),
  TK: formal('SCHOOL', 'PAUD'),
  RA: formal('MADRASAH', 'PAUD'),
  SD: formal('SCHOOL', 'SD'),
  MI: formal('MADRASAH', 'SD'),
  SMP: formal('SCHOOL', 'SMP'),
  MTS: formal('MADRASAH', 'SMP'),
  SMA: formal('SCHOOL', 'SMA'),
  SMK: formal('SCHOOL', 'SMA'),
  MA: formal('MADRASAH', 'SMA'),
  MAK: formal('MADRASAH', 'SMA'),
  TKLB: formal('SLB', 'PAUD'),
  SDLB: formal('SLB', 'SD'),
  SMPLB: formal('SLB', 'SMP'),
  SMALB: formal('SLB', 'SMA'),
  SLB: formal('SLB', 'PAUD', 'SD', 'SMP', 'SMA'),
  PKBM: centre('PKBM'),
  SKB: centre('SKB'),
  PESANTREN: formal('PESANTREN', 'PAUD', 'SD', 'SMP', 'SMA', ...PAKET),
  HOMESCHOOLING: formal('HOMESCHOOLING', ...PAKET),
  LKP: { provider: 'LKP', levels: [], letter: 'K' },
} as const satisfies Record<string, Kind>
export type SchoolKind = keyof typeof SCHOOL_KINDS
export const SCHOOL_KIND_NAMES = Object.keys(SCHOOL_KINDS) as readonly SchoolKind[]

/** AKTIF takes pupils; TUTUP was withdrawn; DIGABUNG went into another school (EC-36). */
export const SCHOOL_STATUSES = ['AKTIF', 'TUTUP', 'DIGABUNG'] as const
export type SchoolStatus = (typeof SCHOOL_STATUSES)[number]

/** A place of learning, formal or not (ID-13, ID-14). */
export interface School {
  readonly npsn: Npsn
  readonly name: string
  /** What can be learned there; several at an SLB, a PKBM or an SKB. */
  readonly levels: readonly Level[]
  readonly kind: SchoolKind
  readonly provider: Provider
  readonly kelurahan: KelurahanCode
  /** Seats over all levels and grades. */
  readonly capacity: number
  /** Degrees, WGS 84; null where nobody has measured it. */
  readonly latitude: number | null
  readonly longitude: number | null
  /** The first day on which it takes nobody any more; it may lie ahead. Null while no end is known. */
  readonly closedOn: Temporal.PlainDate | null
  /** The school that it went into on that day. */
  readonly mergedInto: Npsn | null
}

/** Where a school stands on that day (EC-36): an end that lies ahead changes nothing yet. */
export function statusOn({ closedOn, mergedInto }: SchoolEnd, on: Temporal.PlainDate): SchoolStatus {
  if (closedOn === null || Temporal.PlainDate.compare(on, closedOn) < 0) return 'AKTIF'
  return mergedInto === null ? 'TUTUP' : 'DIGABUNG'
}
export type SchoolEnd = Pick<School, 'closedOn' | 'mergedInto'>

/** ID-13: eight digits for anybody but a course provider, P for PKBM and SKB, K for courses (LKP) alone. */
export function mayHaveNumber(kind: SchoolKind, npsn: string): boolean {
  const letter = /^\d/.test(npsn) ? null : npsn.charAt(0)
  return kind === 'LKP' ? letter === 'K' : letter === null || letter === SCHOOL_KINDS[kind].letter
}

/** ID-14: at least one level, and none that this kind does not teach; a course provider has none. */
export function mayTeach(kind: SchoolKind, levels: readonly Level[]): boolean {
  const taught: readonly Level[] = SCHOOL_KINDS[kind].levels
  return levels.length > 0 === taught.length > 0 && levels.every((level) => taught.includes(level))
}
