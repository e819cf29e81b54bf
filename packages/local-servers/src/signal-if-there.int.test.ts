import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { signalIfThere } from './tethered.ts'

test('a process that runs is signalled', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' })
  signalIfThere(child.pid ?? 0, 'SIGKILL')
  expect(await once(child, 'exit')).toEqual([null, 'SIGKILL'])
})

test('a process that ended by itself just before is no fault', async () => {
  const child = spawn(process.execPath, ['-e', '0'], { stdio: 'ignore' })
  await once(child, 'exit')
  expect(() => signalIfThere(child.pid ?? 0, 'SIGKILL')).not.toThrow()
})
