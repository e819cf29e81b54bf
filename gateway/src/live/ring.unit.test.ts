import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { positionText, readPosition, streamKey, toldBefore } from './position.ts'
import { Ring } from './ring.ts'

const STREAM = streamKey('2026-11-23T01:00:00.123456789Z')
const ringOf = (capacity: number, after: number, ...seqs: number[]) => {
  const ring = new Ring<{ seq: number }>(capacity)
  ring.begin(STREAM, after)
  for (const seq of seqs) ring.push({ seq })
  return ring
}
const since = (ring: Ring<{ seq: number }>, seq: number, stream = STREAM) =>
  ring.since({ stream, seq })?.map((entry) => entry.seq)

describe('what is kept for those who come back', () => {
  test('all that came behind a position, oldest first', () => {
    const ring = ringOf(10, 4, 7, 9, 12)
    expect([4, 6, 7, 8, 9, 12].map((seq) => since(ring, seq))).toEqual([
      [7, 9, 12],
      [7, 9, 12],
      [9, 12],
      [9, 12],
      [12],
      [],
    ])
  })

  test('of what is older than the oldest kept nobody knows whether something is missing', () => {
    const ring = ringOf(2, 0, 3, 5, 8)
    expect([2, 3, 4].map((seq) => since(ring, seq))).toEqual([undefined, [5, 8], [5, 8]])
  })

  test('nor of another stream, nor of a place that no process can have been at', () => {
    const ring = ringOf(2, 0, 3, 5)
    expect(since(ring, 3, 'AAAAAAAA')).toBeUndefined()
    // Another process of the gateway may have heard a little more by now.
    expect(since(ring, 7)).toEqual([])
    expect(since(ring, 8)).toBeUndefined()
  })

  test('a stream that begins anew takes nothing along', () => {
    const ring = ringOf(10, 0, 3, 5)
    ring.begin('BBBBBBBB', 2)
    expect(ring.last).toEqual({ stream: 'BBBBBBBB', seq: 2 })
    expect([ring.size, since(ring, 3)]).toEqual([0, undefined])
  })

  test('it never holds more than it may, and answers as a list that forgets its oldest would', () => {
    const run = fc.record({
      capacity: fc.integer({ min: 1, max: 6 }),
      steps: fc.array(fc.record({ by: fc.integer({ min: 1, max: 3 }), kept: fc.boolean() }), { maxLength: 40 }),
      asked: fc.integer({ min: 0, max: 130 }),
    })
    fc.assert(
      fc.property(run, ({ capacity, steps, asked }) => {
        const ring = ringOf(capacity, 0)
        const all: number[] = []
        let last = 0
        for (const { by, kept } of steps) {
          last += by
          if (kept) ring.push({ seq: last })
          else ring.skip(last)
          if (kept) all.push(last)
        }
        const forgotten = all.at(-capacity - 1) ?? 0
        const known = asked >= forgotten && asked <= last + capacity
        expect(ring.size).toBeLessThanOrEqual(capacity)
        expect(since(ring, asked)).toEqual(known ? all.slice(-capacity).filter((seq) => seq > asked) : undefined)
      }),
    )
  })
})

describe('a place as the client sends it back', () => {
  test('is read as it was written', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(), (created, seq) => {
        const position = { stream: streamKey(created), seq }
        expect(readPosition(positionText(position))).toEqual(position)
      }),
    )
  })

  test.each([
    '',
    '-1',
    'AAAAAAAA',
    'AAAAAAAA-',
    'AAAAAAAA-1x',
    ' AAAAAAAA-1',
    'AAAAAAAAA-1',
    `AAAAAAAA-${'9'.repeat(16)}`,
  ])('%j is none', (text) => expect(readPosition(text)).toBeUndefined())

  test('names the broker’s stream without saying when it was made', () => {
    expect(STREAM).toMatch(/^[\w-]{8}$/)
    expect(streamKey('2026-11-23T01:00:00.123456788Z')).not.toBe(STREAM)
  })
})

test('what was told before a stream was made anew is the past, clocks that differ by a minute allowed for', () => {
  const at = (time: string) => {
    const hex = Temporal.Instant.from(time).epochMilliseconds.toString(16).padStart(12, '0')
    return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`
  }
  const made = '2026-11-23T01:00:00.123456789Z'
  const times = ['2026-11-23T00:00:00Z', '2026-11-23T00:58:59Z', '2026-11-23T00:59:01Z', '2026-11-23T01:00:05Z']
  expect(times.map((time) => toldBefore(at(time), made))).toEqual([true, true, false, false])
})
