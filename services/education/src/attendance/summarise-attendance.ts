import { date, fields, orRefuse, problem, wholeNumber } from '@satuanak/domain-kit'

/** Both included. */
export interface Period {
  readonly from: Temporal.PlainDate
  readonly to: Temporal.PlainDate
}

/** The last day by default is today, the first the 30th before it, itself counted. @throws InvalidInput */
export function checkPeriod(
  { from, to }: { readonly [End in keyof Period]?: Temporal.PlainDate | null | undefined },
  today: Temporal.PlainDate,
): Period {
  const bounds = { rule: 'AT-15', earliest: today.subtract({ years: 13 }), latest: today }
  const last = to ?? today
  return orRefuse(
    fields({ from: date(from ?? last.subtract({ days: 29 }), bounds), to: date(last, bounds) }, (period) =>
      Temporal.PlainDate.compare(period.from, period.to) > 0 ? [BACKWARDS] : [],
    ),
  ).value
}

const BACKWARDS = problem(
  'AT-15',
  { id: 'Tanggal awal sesudah tanggal akhir. Tukar keduanya.', en: 'The first day is after the last. Swap them.' },
  'from',
)

/** Of the checks after an enrolment (AT-15: 30 and 90 days). @throws InvalidInput */
export function checkDays(days: number): number {
  return orRefuse(fields({ days: wholeNumber(days, { rule: 'AT-15', from: 1, to: 365 }) })).value.days
}
