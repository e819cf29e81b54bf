import type { EventOf } from '@satuanak/contracts'
import { EVENTS, type EventType, SERVICES } from '@satuanak/contracts'
import type { SqlClient, Tx } from '@satuanak/messaging'
import { describe, expect, test } from 'vitest'
import { childHandlers, followChildren } from './index.ts'

const merged = {
  type: 'civil-registry.person.merged.v1',
  subjectversion: 1,
  data: {
    alias: '01900000-0000-7000-8000-00000000000a',
    canonical: '01900000-0000-7000-8000-00000000000b',
  },
} as EventOf<'civil-registry.person.merged.v1'>

describe('a service follows the children it does not own (DESIGN §4)', () => {
  test('every event that tells of a child, or changes who it is, how it is protected or who may read it has a reaction', () => {
    const telling =
      /^(civil-registry\.person\.(registered|merged|split)|[a-z-]+\.child\.presented|social\.child\.protected|education\.enrolment\.(started|ended))|^coordination\.referral\.(created|rejected|completed)/
    const expected = (Object.keys(EVENTS) as EventType[]).filter((type) => telling.test(type))
    expect(Object.keys(childHandlers()).sort()).toEqual(expected.sort())
  })

  test.each(SERVICES)('%s does not follow itself: it writes its own facts when they happen', (self) => {
    expect(followChildren(self, []).map(({ from }) => from)).not.toContain(self)
  })

  test('each source is heard through one subscription, with the kit’s and the service’s own reactions', () => {
    const subscriptions = followChildren('education', [
      { from: 'social', handlers: { 'social.street.assessment.completed.v1': async () => {} } },
      { from: 'education', handlers: { 'education.enrolment.started.v1': async () => {} } },
    ])
    expect(Object.fromEntries(subscriptions.map(({ from, handlers }) => [from, Object.keys(handlers).length]))).toEqual(
      {
        social: 3,
        education: 1,
        'civil-registry': 3,
        coordination: 3,
      },
    )
  })

  test('where both react to one type, the projection is written first, in the same transaction', async () => {
    const story: string[] = []
    const tx = {
      $executeRawUnsafe: async () => story.push('projection'),
      $queryRawUnsafe: async () => story.push('read'),
    } as unknown as Tx<SqlClient>
    const [subscription] = followChildren('education', [
      {
        from: 'civil-registry',
        handlers: {
          'civil-registry.person.merged.v1': async (given) => {
            story.push(given === tx ? 'own, same transaction' : 'own, another transaction')
          },
        },
      },
    ])
    await subscription?.handlers['civil-registry.person.merged.v1']?.(tx, merged)
    expect(story).toEqual(['projection', 'own, same transaction'])
  })
})
