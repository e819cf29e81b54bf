import { expect, test } from 'vitest'
import { idOf, manifestOf, readManifest } from './manifest.ts'

test('the id is the one of the convention’s own example', () => {
  expect(idOf('query($id:ID!){user(id:$id){name}}')).toBe(
    'sha256:71f7dc5758652baac68e4a10c50be732b741c892ade2883a99358f52b555286b',
  )
})

test('a manifest is read as it was made, whatever order its texts came in', () => {
  const manifest = manifestOf(['{a}', '{b}', '{c}'])
  expect(manifestOf(['{c}', '{a}', '{b}'])).toEqual(manifest)
  expect(readManifest(JSON.stringify(manifest))).toEqual(manifest)
})

test('a document that was changed under its id is not trusted', () => {
  const [id = ''] = Object.keys(manifestOf(['{me{name}}']))
  expect(() => readManifest(JSON.stringify({ [id]: '{me{name roles}}' }))).toThrow(id)
})

test.each(['', '[]', 'null', '7', '{"sha256:00":7}'])('%j is no manifest', (text) => {
  expect(() => readManifest(text)).toThrow()
})
