import fc from 'fast-check'
import type { Checked } from './notice.ts'

/** Test code only: short ways to write dates and to read outcomes. */
export const day = (text: string) => Temporal.PlainDate.from(text)

/** `E ID-02`, `W ID-06` … in the order given; empty for a value that passed without a word. */
export function rulesOf(checked: Checked<unknown>): string[] {
  return (checked.ok ? checked.warnings : checked.problems).map(({ level, rule }) => `${level} ${rule}`)
}

/** The value of a sound outcome. Compare it with `toEqual`: `toMatchObject` takes any two Temporal values for equal. */
export function taken<T>(checked: Checked<T>): T {
  if (!checked.ok) throw new Error(`refused: ${rulesOf(checked).join(', ')}`)
  return checked.value
}

/** Any calendar day between two, both included. */
export function anyDay({ from, to }: { from: string; to: string }): fc.Arbitrary<Temporal.PlainDate> {
  const { days } = day(from).until(day(to), { largestUnit: 'days' })
  return fc.integer({ min: 0, max: days }).map((offset) => day(from).add({ days: offset }))
}
