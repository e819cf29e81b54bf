import { randomUUID } from 'node:crypto'
import type { EventOf, EventType } from '@satuanak/contracts'
import { expect, test } from 'vitest'
import { emit, following } from './emit.ts'
import { contact, effect, effects, effectsIn, protection, tell } from './fixtures/facts.ts'
import { peer, start } from './fixtures/network.ts'
import { freshDatabase, useServers } from './fixtures/servers.ts'
import type { Handlers } from './handlers.ts'
import { settleTogether } from './operate/settle.ts'

const servers = useServers()
const heard = [{ from: 'social', handlers: effects }] as const

test('an event committed with its change reaches the other service once, as it was told', async () => {
  const social = await peer(servers, 'social')
  const received: EventOf<EventType>[] = []
  const education = await peer(servers, 'education', [
    {
      from: 'social',
      handlers: {
        'social.child.protected.v1': async (_tx, event) => {
          received.push(event)
        },
      },
    },
  ])
  const subject = randomUUID()
  const [id] = await tell(social.database, protection(subject, 4))
  await settleTogether([social.messaging, education.messaging])
  expect(received).toEqual([
    {
      id,
      type: 'social.child.protected.v1',
      source: 'social',
      subject,
      subjectversion: 1,
      time: '2026-11-22T05:00:00.000Z',
      zone: 'Asia/Jakarta',
      dataschema: 1,
      actor: 'worker-1',
      org: 'DINSOS',
      sensitivity: 3,
      correlationid: id,
      causationid: null,
      traceparent: null,
      data: { level: 4 },
    },
  ])
})

test('an event of a transaction that is rolled back is never told, and leaves no gap in the versions', async () => {
  const social = await peer(servers, 'social')
  const education = await peer(servers, 'education', heard)
  const subject = randomUUID()
  const refused = social.database.inTransaction(async (tx) => {
    await emit(tx, contact(subject))
    throw new Error('the use case refused')
  })
  await expect(refused).rejects.toThrow('the use case refused')
  const [told] = await tell(social.database, contact(subject))
  await settleTogether([social.messaging, education.messaging])
  expect(await effectsIn(education.database)).toEqual([{ id: told, subject, version: 1 }])
})

test('a handler that fails leaves nothing of its try behind', async () => {
  const social = await peer(servers, 'social')
  let tries = 0
  const education = await peer(servers, 'education', [
    {
      from: 'social',
      handlers: {
        'social.street.contact.recorded.v1': async (tx, event) => {
          await effect(tx, event)
          tries += 1
          if (tries < 3) throw new Error('not yet')
        },
      },
    },
  ])
  const [id] = await tell(social.database, contact(randomUUID()))
  await settleTogether([social.messaging, education.messaging])
  expect(tries).toBe(3)
  expect((await effectsIn(education.database)).map((done) => done.id)).toEqual([id])
})

test('the events of one subject are handled in the order they were told, many subjects side by side', async () => {
  const social = await peer(servers, 'social')
  const education = await peer(servers, 'education', heard)
  const subjects = Array.from({ length: 8 }, () => randomUUID())
  const told = subjects.flatMap((subject) => Array.from({ length: 10 }, () => contact(subject)))
  await Promise.all(told.map((event) => tell(social.database, event)))
  await settleTogether([social.messaging, education.messaging])
  const done = await effectsIn(education.database)
  for (const subject of subjects) {
    const versions = done.filter((each) => each.subject === subject).map(({ version }) => version)
    expect(versions).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
  }
})

test('while an earlier event of its subject fails, a later one waits, and those of other subjects do not', async () => {
  const social = await peer(servers, 'social')
  const [subject, elsewhere] = [randomUUID(), randomUUID()]
  let others = 0
  const handlers: Handlers = {
    'social.child.protected.v1': async (tx, event) => {
      await effect(tx, event)
      if (event.subject === elsewhere) others += 1
    },
    'social.street.contact.recorded.v1': async (tx, event) => {
      if (others < 2) throw new Error('not before the others')
      await effect(tx, event)
    },
  }
  const patient = { tuning: { maxTries: 10_000 } }
  const education = await peer(servers, 'education', [{ from: 'social', handlers }], patient)
  const [ill, behind] = await tell(social.database, contact(subject), protection(subject, 2))
  const flowing = await tell(social.database, protection(elsewhere, 2), protection(elsewhere, 3))
  await settleTogether([social.messaging, education.messaging])
  expect((await effectsIn(education.database)).map(({ id }) => id)).toEqual([...flowing, ill, behind])
})

test('a type without a handler only moves the version on', async () => {
  const social = await peer(servers, 'social')
  const education = await peer(servers, 'education', [
    { from: 'social', handlers: { 'social.child.protected.v1': effect } },
  ])
  const subject = randomUUID()
  await tell(social.database, contact(subject), contact(subject), protection(subject, 2))
  await settleTogether([social.messaging, education.messaging])
  expect(await effectsIn(education.database)).toMatchObject([{ subject, version: 3 }])
})

test('a handler tells events of its own, which name what they follow from', async () => {
  const social = await peer(servers, 'social')
  const followed: EventOf<EventType>[] = []
  const education = await peer(servers, 'education', [
    {
      from: 'social',
      handlers: {
        'social.street.contact.recorded.v1': async (tx, event) => {
          await emit(tx, {
            type: 'education.ats.record.created.v1',
            subject: event.subject,
            data: { recordId: randomUUID(), category: 'DO', source: 'OUTREACH', kelurahan: null },
            actor: 'system',
            org: 'DISDIK',
            sensitivity: 2,
            time: Temporal.Instant.from(event.time),
            ...following(event),
          })
        },
      },
    },
  ])
  const coordination = await peer(servers, 'coordination', [
    {
      from: 'education',
      handlers: {
        'education.ats.record.created.v1': async (_tx, event) => {
          followed.push(event)
        },
      },
    },
  ])
  const [id] = await tell(social.database, contact(randomUUID()))
  await settleTogether([social.messaging, education.messaging, coordination.messaging])
  expect(followed).toMatchObject([{ source: 'education', causationid: id, correlationid: id }])
})

test('a service hears its own events when it subscribes to itself', async () => {
  const social = await peer(servers, 'social', heard)
  const [id] = await tell(social.database, contact(randomUUID()))
  await social.messaging.settle()
  expect(await effectsIn(social.database)).toMatchObject([{ id }])
})

test('several reactions to one event run in the given order in one transaction', async () => {
  const social = await peer(servers, 'social')
  const ran: string[] = []
  const reaction = (name: string, fail: () => boolean) => ({
    from: 'social' as const,
    handlers: {
      'social.street.contact.recorded.v1': async (...[tx, event]: Parameters<typeof effect>) => {
        ran.push(name)
        await effect(tx, event)
        if (fail()) throw new Error('not yet')
      },
    },
  })
  const education = await peer(servers, 'education', [
    reaction('kit', () => false),
    reaction('feature', () => ran.length < 4),
  ])
  await tell(social.database, contact(randomUUID()))
  await settleTogether([social.messaging, education.messaging])
  expect(ran).toEqual(['kit', 'feature', 'kit', 'feature'])
  expect(await effectsIn(education.database)).toHaveLength(2)
})

test('a service that starts late hears everything from the first event on', async () => {
  const social = await peer(servers, 'social')
  const told = await tell(social.database, contact(randomUUID()), contact(randomUUID()))
  await social.messaging.settle()
  const education = await peer(servers, 'education', heard)
  await education.messaging.settle()
  expect((await effectsIn(education.database)).map(({ id }) => id).sort()).toEqual(told.sort())
})

test('what is told while the messaging is closed is carried at the next start', async () => {
  const social = await peer(servers, 'social')
  const education = await peer(servers, 'education', heard)
  await Promise.all([social.messaging.close(), education.messaging.close()])
  const told = await tell(social.database, contact(randomUUID()))
  const again = [await start(servers, social.database), await start(servers, education.database, heard)]
  await settleTogether(again)
  expect((await effectsIn(education.database)).map(({ id }) => id)).toEqual(told)
})

test('one database serves one service: another name is refused', async () => {
  const database = await freshDatabase(servers.postgres, 'social')
  await start(servers, database)
  await expect(start(servers, { ...database, service: 'education' })).rejects.toThrow(
    'This database belongs to the service "social", not to "education"',
  )
})
