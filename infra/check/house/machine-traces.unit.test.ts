import { expect, test } from 'vitest'
import { placeOf, trackedLines } from './source-lines.ts'

/** Folders and hosts of one developer's machine, which are nowhere on the next one. */
const TRACES: Record<string, RegExp> = {
  "somebody's folder": /(?<![\w.~-])\/(home|Users|root|work|farm)\/[\w.-]|[A-Z]:\\Users\\/,
  'a package registry or mirror':
    /(?<!-)\bregistry\.[a-z-]+\.(com|org|net|io|lan|local|internal)\b|\bdeb\.[a-z]+\.org|\b(verdaccio|artifactory)\b/i,
}

for (const [what, pattern] of Object.entries(TRACES)) {
  test(`no tracked file names ${what}`, () => {
    const own = 'infra/check/house/machine-traces.unit.test.ts'
    const lines = trackedLines((file) => file !== own).filter(({ text }) => pattern.test(text))
    expect(lines.map((line) => `${placeOf(line)}: ${line.text.trim().slice(0, 120)}`)).toEqual([])
  })
}
