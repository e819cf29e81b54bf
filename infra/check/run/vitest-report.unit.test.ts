import { expect, test } from 'vitest'
import { ROOT } from '../repository.ts'
import { tallyOf } from './vitest-report.ts'

const name = `${ROOT}/services/social/src/outreach/record-contact.int.test.ts`
const nothing = { numPassedTests: 0, numPendingTests: 0, numTodoTests: 0 }

test('a failed test is told by its file and title, with its message and our own part of the stack', () => {
  const assertionResults = [
    { fullName: 'a contact needs a place', status: 'passed', failureMessages: [] },
    {
      fullName: 'a contact needs a date',
      status: 'failed',
      failureMessages: [`expected 1 to be 2\n    at ${name}:4:2\n    at file:///n/node_modules/vitest/run.js:1:1`],
    },
  ]
  const report = {
    ...nothing,
    numPassedTests: 1,
    testResults: [{ name, status: 'failed', message: '', assertionResults }],
  }
  expect(tallyOf(report)).toEqual({
    passed: 1,
    skipped: 0,
    failures: [
      {
        what: 'services/social/src/outreach/record-contact.int.test.ts › a contact needs a date',
        why: `expected 1 to be 2\n    at ${name}:4:2`,
      },
    ],
  })
})

test('a file that could not be loaded is one failure, though no test of it ran', () => {
  const report = {
    ...nothing,
    testResults: [{ name, status: 'failed', message: 'no such module', assertionResults: [] }],
  }
  expect(tallyOf(report).failures).toEqual([
    { what: 'services/social/src/outreach/record-contact.int.test.ts', why: 'no such module' },
  ])
})

test('skipped and to-do tests are counted as skipped, never as passed', () => {
  expect(tallyOf({ ...nothing, numPendingTests: 2, numTodoTests: 1, testResults: [] })).toEqual({
    passed: 0,
    skipped: 3,
    failures: [],
  })
})
