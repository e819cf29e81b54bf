import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { contact, effect, effects, effectsIn, protection, tell } from '../fixtures/facts.ts'
import { peer } from '../fixtures/network.ts'
import { useServers } from '../fixtures/servers.ts'
import { settleTogether } from './settle.ts'

const servers = useServers()
const hour = { tuning: { backoffMs: [3_600_000] } }

test('what has nothing under way is settled at once', async () => {
  const social = await peer(servers, 'social')
  await social.messaging.settle(1_000)
  expect(await social.messaging.settled()).toBe(true)
})

test('an event that waits for its retry, and one that waits for that, are under way and named when the time is over', async () => {
  const social = await peer(servers, 'social')
  const failing = {
    'social.street.contact.recorded.v1': async () => {
      throw new TypeError('Budi')
    },
  }
  const education = await peer(servers, 'education', [{ from: 'social', handlers: { ...effects, ...failing } }], hour)
  const subject = randomUUID()
  const [ill, behind] = await tell(social.database, contact(subject), protection(subject, 2))
  await social.messaging.settle()
  const settling = education.messaging.settle(1_000)
  await expect(settling).rejects.toThrow(
    /^Not settled after 1000 ms:\n {2}education: done with 0 of 2 events of social\n/,
  )
  await expect(settling).rejects.toThrow(
    new RegExp(`education: social\\.street\\.contact\\.recorded\\.v1 ${ill} failed 1 of 5: TypeError at `),
  )
  await expect(settling).rejects.toThrow(`${behind} waits for version 1 of its subject`)
  await expect(settling).rejects.not.toThrow('Budi')
})

test('events that are not published are under way, and the oldest is named', async () => {
  const social = await peer(servers, 'social')
  await social.messaging.settle()
  await servers.restartNats(async () => {
    const [first] = await tell(social.database, contact(randomUUID()), contact(randomUUID()))
    await expect(social.messaging.settle(200)).rejects.toThrow(
      `social: 2 events not published, the oldest social.street.contact.recorded.v1 ${first}`,
    )
  })
  await social.messaging.settle()
})

test('services that answer each other are settled together only when the last answer is done', async () => {
  const social = await peer(servers, 'social', [{ from: 'social', handlers: effects }])
  const rounds = 12
  const answering = {
    from: 'social',
    handlers: {
      'social.child.protected.v1': async (...[tx, event]: Parameters<typeof effect>) => {
        await effect(tx, event)
        // Told from another database's handler: as a use case would on what it heard.
        if (event.subjectversion < rounds) await tell(social.database, protection(event.subject, 2))
      },
    },
  } as const
  const education = await peer(servers, 'education', [answering])
  await tell(social.database, protection(randomUUID(), 2))
  await settleTogether([social.messaging, education.messaging])
  expect(await effectsIn(education.database)).toHaveLength(rounds)
  expect(await effectsIn(social.database)).toHaveLength(rounds)
})
