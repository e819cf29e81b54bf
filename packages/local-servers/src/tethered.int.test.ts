import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { expect, test } from 'vitest'
import { gone } from './fixtures/run-starter.ts'
import { spawnTethered } from './tethered.ts'

test('a process that ignores the mild signal gets the sharp one', async () => {
  const script = `process.on('SIGTERM', () => undefined); setInterval(() => undefined, 1000); console.log('deaf')`
  const deaf = await spawnTethered(process.execPath, ['-e', script], { stdio: 'pipe', patienceMs: 100 })
  if (deaf.child.stdout === null) throw new Error('piped')
  for await (const _ of createInterface(deaf.child.stdout)) break
  expect(await deaf.stop()).toEqual({ code: null, signal: 'SIGKILL' })
})

test('a process that ends by itself says how', async () => {
  const { exited, stop } = await spawnTethered(process.execPath, ['-e', 'process.exit(3)'])
  expect(await exited).toEqual({ code: 3, signal: null })
  expect(await stop()).toEqual({ code: 3, signal: null })
})

test('a program that is not there is an error, not a crash', async () => {
  await expect(spawnTethered('/nowhere/program', [])).rejects.toThrow(/ENOENT/)
})

test('what a tool started stops with it, if asked', async () => {
  const tool = await spawnTethered('/bin/sh', ['-c', 'sleep 60 & echo $!; wait'], { stdio: 'pipe', wholeGroup: true })
  if (tool.child.stdout === null) throw new Error('piped')
  const [line] = await once(createInterface(tool.child.stdout), 'line')
  expect(await tool.stop()).toEqual({ code: null, signal: 'SIGTERM' })
  await gone(Number(line))
})
