import { expect, test } from 'vitest'
import { closeAll, closeTogether } from './close-all.ts'

const away = new Error('away')

test('everything is closed, the last first, also after one that fails; then all failures are told', async () => {
  const closed: string[] = []
  const step = (name: string, fault?: Error) => async () => {
    closed.push(name)
    if (fault) throw fault
  }
  const broken = () => {
    closed.push('broken')
    throw away
  }
  const closing = closeAll([step('folder', away), step('nats'), broken, step('services', away)])
  await expect(closing).rejects.toMatchObject({ errors: [away, away, away] })
  expect(closed).toEqual(['services', 'broken', 'nats', 'folder'])
})

test('what stands side by side is waited for, also where one of them fails at once', async () => {
  const slow = Promise.withResolvers<void>()
  const ends: string[] = []
  const closing = closeTogether([() => Promise.reject(away), () => slow.promise.then(() => ends.push('slow'))])
  slow.resolve()
  await expect(closing).rejects.toMatchObject({ errors: [away] })
  expect(ends).toEqual(['slow'])
})

test('a clean end is silent', async () => {
  await closeAll([async () => undefined])
  await closeTogether([async () => undefined])
})
