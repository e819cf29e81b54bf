import type { Particulars } from '@satuanak/contracts'
import { civil, type Day, dayFromCivil, isoDate } from '../calendar.ts'
import type { Random } from '../random.ts'

/** The date of birth as the papers have it, which is not always the day of birth (ID-22, EC-11). */
export interface WrittenBirth extends Pick<Particulars, 'birthDate' | 'birthDatePrecision'> {
  /** The day the papers show; the true one where they show none. */
  readonly day: Day
}

// A younger child would be written down before the first of July that its papers show.
const A_YEAR = 400

/** `vague`: the child lives outside the offices' view, and nobody is sure. */
export function writeBirth(random: Random, born: Day, today: Day, vague: boolean): WrittenBirth {
  const share = random.next() / (vague ? 20 : 1)
  const { year, month } = civil(born)
  if (share < 0.003) return { day: born, birthDate: null, birthDatePrecision: 'TAKSIRAN' }
  const rough: readonly [number, Particulars['birthDatePrecision'], Day][] = [
    [0.007, 'TAKSIRAN', dayFromCivil(year - random.below(2), 7, 1)],
    [0.018, 'TAHUN', dayFromCivil(year, 7, 1)],
    [0.026, 'BULAN', dayFromCivil(year, month, 15)],
  ]
  const [, precision, day] = rough.find(([below, , written]) => share < below && written < today - A_YEAR) ?? [
    1,
    'HARI',
    born,
  ]
  return { day, birthDate: isoDate(day), birthDatePrecision: precision }
}
