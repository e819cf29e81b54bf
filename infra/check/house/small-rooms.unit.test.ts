import { expect, test } from 'vitest'
import { trackedFiles } from '../repository.ts'
import { linesOf } from './source-lines.ts'

const LIMIT = 300

/** Files that are longer, each with the reason why it is one room. */
const LONG_FOR_A_REASON: Record<string, string> = {
  'packages/domain-kit/src/place/region-names.ts': 'generated: the names of provinces and regencies, one per line',
}

const isSource = (file: string): boolean =>
  /\.(ts|tsx|js|mjs|sql|css|html|sh)$/.test(file) && !file.includes('/public/')

const long = trackedFiles()
  .filter((file) => isSource(file) && linesOf(file).length - 1 > LIMIT)
  .map((file) => `${file} (${linesOf(file).length - 1} lines)`)

test(`a source file is ${LIMIT} lines at most, or its reason is given here`, () => {
  expect(long.filter((entry) => !(entry.replace(/ \(.*/, '') in LONG_FOR_A_REASON))).toEqual([])
})

test('no reason is kept for a file that has become short or is gone', () => {
  const names = long.map((entry) => entry.replace(/ \(.*/, ''))
  expect(Object.keys(LONG_FOR_A_REASON).filter((file) => !names.includes(file))).toEqual([])
})
