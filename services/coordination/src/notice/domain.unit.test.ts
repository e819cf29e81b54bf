import { EVENTS, TOPICS } from '@satuanak/contracts'
import { expect, test } from 'vitest'
import { HEARD_AS } from './domain.ts'

const told = Object.entries(HEARD_AS)

test('of every event but the notice it is decided whether and where it is heard', () => {
  const types = Object.keys(EVENTS).filter((type) => type !== 'coordination.notice.given.v1')
  expect(told.map(([type]) => type).toSorted()).toEqual(types.toSorted())
})

test('every topic that a front end may choose is told of something', () => {
  expect(new Set(told.flatMap(([, heard]) => [...(heard?.topics ?? [])]))).toEqual(new Set(TOPICS))
})
