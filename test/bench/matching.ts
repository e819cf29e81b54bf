import {
  type Beyond,
  estimateFrom,
  type Figures,
  measure,
  precisionOf,
  recallOf,
  weightsBeside,
} from '@satuanak/civil-registry/test-matching'
import { labelledSet } from '@satuanak/demo-city'
import type { Bench } from './bench.ts'
import { printLookups } from './matching-database.ts'

const PLAN = { seed: 7, records: 100_000, duplicates: 0.05, today: Temporal.PlainDate.from('2026-11-23') }
const FLOORS = { precision: 0.999, recall: 0.98 }

type Print = (line: string) => void
const count = (value: number): string => value.toLocaleString('en')
const share = (value: number): string => value.toFixed(4)

/** Precision and recall of the matching on a labelled city, and the table of weights estimated anew (ID-21). */
export const matching: Bench = {
  about:
    'precision, recall and speed of the matching on 100,000 labelled records, in PostgreSQL too, and its table estimated anew',
  async run(print) {
    print(`${count(PLAN.records)} records, ${PLAN.duplicates * 100} % of them second ones, seed ${PLAN.seed}`)
    const set = await labelledSet(PLAN)
    const figures = measure(set)
    printFigures(print, figures)
    printMissed(print, figures.missed)
    print('\nthe table of weights, as written and as estimated from this set without its labels')
    for (const { field, outcome, written, estimated } of weightsBeside(estimateFrom(set, PLAN.seed))) {
      const odds = ({ m, u }: typeof written) => `m ${m.toFixed(3)} u ${u.toFixed(6)}`
      const bits = ({ weight }: typeof written) => `${weight > 0 ? '+' : ''}${weight.toFixed(1)}`.padStart(6)
      print(
        `  ${field.padEnd(11)}${outcome.padEnd(15)} ${odds(written)} ${bits(written)}   ${odds(estimated)} ${bits(estimated)}`,
      )
    }
    await printLookups(print, set)
    const held =
      precisionOf(figures.automatic) >= FLOORS.precision && recallOf(figures.review, figures) >= FLOORS.recall
    if (!held) throw new Error(`below the floors: precision ${FLOORS.precision}, recall ${FLOORS.recall}`)
  },
}

function printFigures(print: Print, figures: Figures): void {
  const { truePairs, keyed, compared, automatic, review, records, took } = figures
  const pairs = ({ right, wrong }: Beyond) => `${count(right)} right, ${count(wrong)} wrong`
  print(
    `  pairs of one child            ${count(truePairs)}, of which ${count(keyed)} share a key (${share(keyed / truePairs)})`,
  )
  print(`  compared                      ${count(compared)} pairs of ${count((records * (records - 1)) / 2)}`)
  print(
    `  near-certain (automatic)      precision ${share(precisionOf(automatic))}   recall ${share(recallOf(automatic, figures))}   ${pairs(automatic)}`,
  )
  print(
    `  for an officer (review)       precision ${share(precisionOf(review))}   recall ${share(recallOf(review, figures))}   ${pairs(review)}`,
  )
  print(
    `  an officer looks at           ${((1000 * (review.right + review.wrong)) / records).toFixed(0)} pairs per 1,000 records`,
  )
  print(
    `  speed                         ${count(Math.round(compared / took.comparing))} pairs/s compared, ${count(Math.round(records / (took.reading + took.finding)))} records/s read and keyed`,
  )
}

/** What was wrong with the children that were not found, the most frequent first. */
function printMissed(print: Print, missed: readonly string[]): void {
  const mistakes = Map.groupBy(
    missed.flatMap((all) => all.split(' + ')),
    (mistake) => mistake,
  )
  const often = [...mistakes]
    .map(([mistake, all]) => ({ mistake, times: all.length }))
    .sort((a, b) => b.times - a.times)
  print(`\nnot found: ${missed.length}; among what was wrong with them`)
  for (const { mistake, times } of often.slice(0, 6)) print(`  ${String(times).padStart(4)}  ${mistake}`)
}
