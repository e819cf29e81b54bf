import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { PUBLISHED, publishedShapes, publishMissing } from '../publish.ts'
import { compareShapes, currentShapes, shapeOf } from './published-shapes.ts'

function scratch(): string {
  const dir = mkdtempSync(join(tmpdir(), 'satuanak-contracts-'))
  onTestFinished(() => rmSync(dir, { recursive: true }))
  return dir
}

test('no published shape was changed or deleted, and every shape is published (node packages/contracts/publish.ts)', () => {
  const comparison = compareShapes(currentShapes(), publishedShapes(PUBLISHED))
  expect(comparison).toEqual({ missing: [], changed: [], deleted: [] })
})

const before = z.strictObject({ recordId: z.uuid(), category: z.enum(['DO', 'LTM']), note: z.string().nullable() })

test.each([
  ['a new field', before.extend({ source: z.string() })],
  ['a new optional field, which older consumers refuse too', before.extend({ source: z.string().optional() })],
  ['a field taken away', before.omit({ note: true })],
  ['a field that may be absent', before.partial({ note: true })],
  ['a field that may no longer be null', before.extend({ note: z.string() })],
  ['a new code in a list', before.extend({ category: z.enum(['DO', 'LTM', 'BPB']) })],
  ['a format given up', before.extend({ recordId: z.string() })],
  ['a length', before.extend({ note: z.string().max(10).nullable() })],
  ['a shape that lets unknown fields pass', z.object(before.shape)],
])('%s changes a published shape', (_change, after) => {
  const published = new Map([['x', shapeOf(before)]])
  expect(compareShapes(new Map([['x', shapeOf(after)]]), published).changed).toEqual(['x'])
})

test.each([
  [
    'the order of the fields',
    z.strictObject({ note: before.shape.note, category: before.shape.category, recordId: before.shape.recordId }),
  ],
  ['what parsing makes of a value', before.extend({ recordId: z.uuid().transform((id) => id.toLowerCase()) })],
])('%s does not change a published shape', (_change, after) => {
  const published = new Map([['x', shapeOf(before)]])
  expect(compareShapes(new Map([['x', shapeOf(after)]]), published).changed).toEqual([])
})

test('a shape that was published and is gone is noticed', () => {
  expect(compareShapes(new Map(), new Map([['x', shapeOf(before)]])).deleted).toEqual(['x'])
})

test('publishing writes what is missing and never touches what is there', () => {
  const dir = scratch()
  writeFileSync(join(dir, 'social.child.protected.v1.json'), '{"type":"string"}')
  const { missing, changed } = publishMissing(dir)
  expect(changed).toEqual(['social.child.protected.v1'])
  expect(missing).toHaveLength(currentShapes().size - 1)
  expect(readFileSync(join(dir, 'social.child.protected.v1.json'), 'utf8')).toBe('{"type":"string"}')
  expect(readdirSync(dir)).toHaveLength(currentShapes().size)
  expect(publishMissing(dir)).toEqual({ missing: [], changed: ['social.child.protected.v1'], deleted: [] })
})
