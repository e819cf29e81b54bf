import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createLanes } from './lanes.ts'

test('work of one key runs in the order it came, and never more at once than the lanes are wide', async () => {
  const work = fc.array(fc.record({ key: fc.constantFrom('a', 'b', 'c', 'd'), turns: fc.nat({ max: 5 }) }))
  await fc.assert(
    fc.asyncProperty(work, fc.integer({ min: 1, max: 4 }), async (works, width) => {
      const lanes = createLanes(width)
      const done: string[] = []
      let running = 0
      await Promise.all(
        works.map(({ key, turns }, index) =>
          lanes.run(key, async () => {
            running += 1
            expect(running).toBeLessThanOrEqual(width)
            for (let turn = 0; turn < turns; turn += 1) await Promise.resolve()
            running -= 1
            done.push(`${key}${index}`)
          }),
        ),
      )
      for (const key of ['a', 'b', 'c', 'd']) {
        const came = works.flatMap((each, index) => (each.key === key ? [`${key}${index}`] : []))
        expect(done.filter((name) => name.startsWith(key))).toEqual(came)
      }
    }),
  )
})
