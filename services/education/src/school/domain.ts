import type { KelurahanCode, Level, Npsn } from '@satuanak/contracts'

/** Who teaches (ID-14): a school, a madrasah (Kemenag), an SLB, a non-formal centre, a pesantren, the parents. */
export const PROVIDERS = ['SCHOOL', 'MADRASAH', 'SLB', 'PKBM', 'SKB', 'PESANTREN', 'HOMESCHOOLING'] as const
export type Provider = (typeof PROVIDERS)[number]

/** A place of learning, formal or not (ID-13, ID-14). */
export interface School {
  readonly npsn: Npsn
  readonly name: string
  /** What can be learned there; several at an SLB, a PKBM or an SKB. */
  readonly levels: readonly Level[]
  readonly provider: Provider
  readonly kelurahan: KelurahanCode
  /** Seats over all levels and grades. */
  readonly capacity: number
}
