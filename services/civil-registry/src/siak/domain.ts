import type { Sex } from '@satuanak/contracts'

/** What the national register says of a person, as far as an akta says it too (BLG-04). */
export interface SiakRecord {
  readonly name: string
  readonly sex: Sex
  /** `2013-03-02`; null where the register has none. */
  readonly birthDate: string | null
  readonly birthPlace: string | null
  readonly motherName: string | null
}

/** The register's answer to one NIK. */
export type SiakAnswer = { readonly found: true; readonly record: SiakRecord } | { readonly found: false }

/** Who answered: the ministry's register, or the stand-in of a house that is not connected to it. */
export const SIAK_SOURCES = ['SIAK', 'SIAK_TIRUAN'] as const
export type SiakSource = (typeof SIAK_SOURCES)[number]

/** How long an answer is good [D]: who is in the register changes rarely, who is not yet may be there tomorrow. */
const GOOD_FOR = { found: { hours: 30 * 24 }, notFound: { hours: 24 } } as const

/** When this answer has to be asked for again. Never on the day of the answer, so that no NIK is asked twice in a day. */
export function expiryOf(answer: SiakAnswer, answeredAt: Temporal.Instant): Temporal.Instant {
  return answeredAt.add(answer.found ? GOOD_FOR.found : GOOD_FOR.notFound)
}

const LONGEST_PAUSE_MINUTES = 60

/** Until when a register that is away is left alone: 1 minute, doubled with every failure, at most an hour [D]. */
export function pauseUntil(failures: number, now: Temporal.Instant): Temporal.Instant {
  return now.add({ minutes: Math.min(2 ** Math.min(failures - 1, 10), LONGEST_PAUSE_MINUTES) })
}
