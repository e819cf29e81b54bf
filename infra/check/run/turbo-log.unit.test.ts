import { expect, test } from 'vitest'
import { TurboLog } from './turbo-log.ts'

const line = (source: string, text: string): string => JSON.stringify({ source, level: 'stdout', timestamp: 0, text })

test("a line is told with its task, and a task knows whether it came from turbo's cache", () => {
  const log = new TurboLog()
  log.read(line('@satuanak/social#test', 'cache hit, replaying logs 70826ea26d8b3205'))
  log.read(line('@satuanak/education#test', 'cache miss, executing 0aee795d4df5cece'))
  const told = log.read(line('@satuanak/social#test', 'Tests 3 passed'))
  expect(told).toEqual({ task: '@satuanak/social#test', text: 'Tests 3 passed' })
  expect(log.cached('@satuanak/social#test')).toBe(true)
  expect(log.cached('@satuanak/education#test')).toBe(false)
})

test('a failed task is known by its folder', () => {
  const log = new TurboLog()
  log.read(line('turbo', 'command (/clone/services/social) /bin/pnpm run test exited (1)'))
  expect(log.failed('/clone/services/social')).toBe(true)
  expect(log.failed('/clone/services/soc')).toBe(false)
})

test('what turbo says before it can start is kept as a complaint', () => {
  const log = new TurboLog()
  log.read('  x Unable to find package manager binary: cannot find binary path')
  expect(log.complaints).toEqual(['  x Unable to find package manager binary: cannot find binary path'])
})
