import { expect, test } from 'vitest'
import { placeOf, trackedLines } from './source-lines.ts'

/** Where the rules of law are: they are told the time and the ids, and ask nobody (STYLE 2). The walls see to imports. */
const isPure = (file: string): boolean =>
  /^services\/[^/]+\/src\/[^/]+\/(domain|errors)[a-z0-9-]*\.ts$/.test(file) ||
  (/^packages\/(domain-kit\/src|offline-session\/src\/rules)\/.*\.ts$/.test(file) &&
    !/(\.test|\/test-[a-z0-9-]+)\.ts$/.test(file))

/** A clock, a die, the machine or the network, reached without an import. */
const IMPURE =
  /\b(Temporal\.Now|Date\.now|new Date\(\)|Math\.random|crypto\.|performance\.|process\.|fetch\(|setTimeout|console\.)/

test('a rule asks no clock, no randomness and no machine: what it needs is handed in (DESIGN §2)', () => {
  const lines = trackedLines(isPure).filter(({ text }) => IMPURE.test(text) && !/^\s*(\/\/|\*|\/\*)/.test(text))
  expect(lines.map((line) => `${placeOf(line)}: ${line.text.trim()}`)).toEqual([])
})
