import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { claimedBundle, openResult } from './server.ts'
import { example } from './test-example.ts'

test('the example of the README runs, and is the one that stands there', async () => {
  const sent: string[] = []
  const { session, resent } = await example(async (result) => {
    sent.push(result)
  })
  expect(session.standing.pupils.map(({ state }) => state)).toEqual(['DIREKAM', 'TIDAK_HADIR', 'BELUM_DICEK'])
  expect(sent.map(claimedBundle)).toEqual(resent.map(claimedBundle))
  const read = (file: string) => readFileSync(new URL(file, import.meta.url), 'utf8')
  const lines = read('./test-example.ts').split('// README: begin\n')[1]?.split('  // README: end')[0] ?? ''
  const code = lines
    .split('\n')
    .map((line) => line.replace(/^ {2}/, ''))
    .join('\n')
  expect(code).toContain('session.start()')
  expect(read('../README.md')).toContain(code.trim())
})

test('what the example sends is all that was entered, signed for that bundle', async () => {
  const sent: string[] = []
  const { session } = await example(async (result) => {
    sent.push(result)
  })
  expect(sent).toHaveLength(1)
  expect(claimedBundle(sent[0] ?? '')).toBe(session.content.bundleId)
  const kinds = session.entries.map(({ kind }) => kind)
  expect(kinds).toEqual(['CHECKLIST', 'START', 'STEP', 'STEP', 'STEP', 'ABSENT'])
  await expect(openResult(sent[0] ?? '', session.content.bundleId, { x: '', y: '' })).rejects.toThrow(/not signed/)
})
