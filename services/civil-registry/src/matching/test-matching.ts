/** What the benchmark takes of the matching: its figures, its table estimated anew, and the database. */
export { estimateFrom, weightsBeside } from './test-estimates.ts'
export { type Beyond, type Figures, measure, precisionOf, recallOf } from './test-figures.ts'
export { candidatesOf, writeLabelled } from './test-labelled.ts'
