/** What the benchmark takes of the matching: its figures and its table, estimated anew. */
export { estimateFrom, weightsBeside } from './test-estimates.ts'
export { type Beyond, type Figures, measure, precisionOf, recallOf } from './test-figures.ts'
