import { afterAll, beforeAll, expect, test } from 'vitest'
import { type House, startHouse } from '../test/house.ts'

let house: House
beforeAll(async () => {
  house = await startHouse()
})
afterAll(() => house.close())

test.each(['{ child(id: "bukan uuid") { id } }', '{ child(id: 7) { id } }'])(
  'an id that is none is refused in words, written into the document too, and each time: %s',
  async (query) => {
    const codes = [await house.ask(query), await house.ask(query)].map(({ errors }) => errors?.[0]?.extensions?.code)
    expect(new Set(codes)).toEqual(new Set([codes[0]]))
    expect(codes[0]).not.toMatch(/INTERNAL/)
  },
)
