import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { scratch } from './fixtures/scratch.ts'
import { tryLock, withLock } from './lock.ts'

test('a lock is held once, and free again when released', async () => {
  const path = join(await scratch(), 'lock')
  const lock = tryLock(path)
  expect(tryLock(path)).toBeNull()
  lock?.release()
  const next = tryLock(path)
  expect(next).not.toBeNull()
  next?.release()
})

test('those who wait for a lock come in one after the other', async () => {
  const path = join(await scratch(), 'lock')
  let inside = 0
  let most = 0
  const visit = () =>
    withLock(path, async () => {
      inside += 1
      most = Math.max(most, inside)
      await new Promise((resolve) => setImmediate(resolve))
      inside -= 1
    })
  await Promise.all([visit(), visit(), visit()])
  expect(most).toBe(1)
})

test('a lock ends with its holder, by kill -9 too', async () => {
  const path = join(await scratch(), 'lock')
  const script = `import { tryLock } from ${JSON.stringify(import.meta.resolve('./lock.ts'))}
    globalThis.held = tryLock(${JSON.stringify(path)}); console.log('held'); setInterval(() => undefined, 1000)`
  const holder = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void holder.kill('SIGKILL'))
  await once(holder.stdout, 'data')
  expect(tryLock(path)).toBeNull()
  holder.kill('SIGKILL')
  await once(holder, 'exit')
  const next = tryLock(path)
  expect(next).not.toBeNull()
  next?.release()
})
