import { randomUUID } from 'node:crypto'
import { act } from '../src/act.ts'
import { meet, NOBODY, nextNik } from '../src/city.ts'
import type { House } from '../src/house.ts'
import type { Row } from './rows.ts'

/** A decision of the review desk on two children of the registry. */
async function aboutTwo(house: House) {
  const [childId, otherId] = [await meet(house), await meet(house)]
  await house.settle()
  return { requestId: randomUUID(), childId, otherId, reason: 'Sudah dicek ke ibunya.' }
}

const keepOneOf = ({ childId, otherId, ...why }: Awaited<ReturnType<typeof aboutTwo>>) => ({
  ...why,
  keepId: childId,
  aliasId: otherId,
})

/** How every decision about two records goes wrong. */
const TWO_RECORDS = {
  as: 'dukcapil',
  contradictory: [
    { why: 'a child nobody knows', change: { otherId: NOBODY }, code: 'CHILD_NOT_FOUND', field: 'otherId' },
  ],
  malformed: [
    { why: 'a NIK in the reason (ID-09)', change: { reason: nextNik() }, code: 'INVALID_INPUT', field: 'reason' },
  ],
  future: [],
  foreign: [{ why: 'a kelurahan officer (DESIGN-4)', as: 'kelurahan-panjang-wetan', code: 'NOT_PERMITTED' }],
} as const satisfies Partial<Row>

/** The review desk (ID-21). */
export const REVIEW_ROWS: Readonly<Record<string, Row>> = {
  linkChildren: {
    ...TWO_RECORDS,
    valid: async (house) => keepOneOf(await aboutTwo(house)),
    contradictory: [
      { why: 'a child nobody knows', change: { aliasId: NOBODY }, code: 'CHILD_NOT_FOUND', field: 'aliasId' },
    ],
    duplicate: { why: 'the two are one person by now', code: 'ALREADY_ONE_PERSON', field: 'aliasId' },
  },
  unlinkChildren: {
    ...TWO_RECORDS,
    valid: async (house) => {
      const two = keepOneOf(await aboutTwo(house))
      await act(house.as('dukcapil'), 'linkChildren', two)
      return { requestId: randomUUID(), aliasId: two.aliasId, reason: two.reason }
    },
    contradictory: [
      { why: 'a child nobody knows', change: { aliasId: NOBODY }, code: 'CHILD_NOT_FOUND', field: 'aliasId' },
    ],
    duplicate: { why: 'the link is taken back by now', code: 'NOT_LINKED', field: 'aliasId' },
  },
  declareDistinct: {
    ...TWO_RECORDS,
    valid: aboutTwo,
    duplicate: { why: 'the two are declared distinct by now (EC-06)', code: 'DECLARED_DISTINCT', field: 'otherId' },
  },
  reopenPair: {
    ...TWO_RECORDS,
    valid: async (house) => {
      const two = await aboutTwo(house)
      await act(house.as('dukcapil'), 'declareDistinct', two)
      return { ...two, requestId: randomUUID() }
    },
    duplicate: { why: 'the two wait for a decision by now', code: 'NOT_DECLARED_DISTINCT', field: 'otherId' },
  },
}
