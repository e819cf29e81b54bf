import { randomUUID } from 'node:crypto'
import { jetstream } from '@nats-io/jetstream'
import { startNats } from '@satuanak/local-servers'
import { expect, onTestFinished, test } from 'vitest'
import { connectBroker } from '../broker/connect.ts'
import { contact, protection, tell } from '../fixtures/facts.ts'
import { peer } from '../fixtures/network.ts'
import { useServers } from '../fixtures/servers.ts'
import { type HeardStream, type Listening, listen } from './listen.ts'

const servers = useServers()
/** However busy the machine is. */
const SOON = { timeout: 20_000 }

interface Ear extends Listening {
  /** Subjects of the contacts heard, in order. */
  readonly heard: readonly string[]
  readonly streams: readonly HeardStream[]
  readonly said: readonly string[]
}

/** Listens to contacts until the test is over. */
function listenToContacts({ natsUrl = servers.nats.url, past = 100 } = {}): Ear {
  const heard: string[] = []
  const streams: HeardStream[] = []
  const said: string[] = []
  const say = (_fields: object, message: string) => void said.push(message)
  const listening = listen({
    natsUrl,
    name: 'a test',
    type: 'social.street.contact.recorded.v1',
    past,
    log: { info: say, warn: say, error: say },
    onStream: (stream) => streams.push(stream),
    onEvent: ({ subject }) => heard.push(subject),
  })
  onTestFinished(() => listening.close())
  return {
    heard,
    streams,
    said,
    get state() {
      return listening.state
    },
    close: listening.close,
  }
}
const newIds = (count: number) => Array.from({ length: count }, () => randomUUID())

test('hears the last of what was told, of its own type only, and then all that comes', async () => {
  const social = await peer(servers, 'social')
  const ids = newIds(4)
  const [one = '', two = '', three = '', four = ''] = ids
  await tell(social.database, contact(one), contact(two), protection(two, 3), contact(three))
  await social.messaging.settle()
  const ear = listenToContacts({ past: 3 })
  await expect.poll(() => ear.state, SOON).toBe('hearing')
  expect(ear.heard).toEqual([two, three])
  expect(ear.streams).toMatchObject([{ after: 1, last: 4 }])
  await tell(social.database, contact(four))
  await expect.poll(() => ear.heard, SOON).toEqual([two, three, four])
})

test('waits for a stream that is not there yet, and says so once', async () => {
  const ear = listenToContacts()
  await expect.poll(() => ear.said, SOON).toHaveLength(1)
  expect([ear.state, ear.streams]).toEqual(['never', []])
  const social = await peer(servers, 'social')
  const [one = ''] = newIds(1)
  await tell(social.database, contact(one))
  await expect.poll(() => ear.heard, SOON).toEqual([one])
  expect(ear.said).toHaveLength(1)
})

test('a message that is no event is passed over', async () => {
  const social = await peer(servers, 'social')
  const ear = listenToContacts()
  await expect.poll(() => ear.state, SOON).toBe('hearing')
  const connection = await connectBroker(servers.nats.url, 'somebody by hand')
  onTestFinished(() => connection.close())
  await jetstream(connection).publish('social.street.contact.recorded.v1', 'not an event')
  const [one = ''] = newIds(1)
  await tell(social.database, contact(one))
  await expect.poll(() => ear.heard, SOON).toEqual([one])
})

test('goes on behind the last event heard when NATS was killed and comes back', async () => {
  const social = await peer(servers, 'social')
  const ear = listenToContacts()
  const [before = '', after = ''] = newIds(2)
  await tell(social.database, contact(before))
  await expect.poll(() => ear.heard, SOON).toEqual([before])
  await servers.restartNats(async () => void (await tell(social.database, contact(after))))
  await expect.poll(() => ear.heard, SOON).toEqual([before, after])
  expect(ear.streams).toHaveLength(1)
})

test('a store that was lost is another stream, heard from its beginning', async () => {
  const social = await peer(servers, 'social')
  const ear = listenToContacts()
  const [one = '', two = ''] = newIds(2)
  await tell(social.database, contact(one), contact(two))
  await expect.poll(() => ear.heard, SOON).toEqual([one, two])
  await servers.loseStore()
  await expect.poll(() => ear.heard, SOON).toEqual([one, two, one, two])
  expect(new Set(ear.streams.map(({ created }) => created)).size).toBe(2)
})

test('a store that lost its end is as another stream: its numbers are given to other events', async () => {
  const social = await peer(servers, 'social')
  const ear = listenToContacts()
  const [one = '', two = '', three = ''] = newIds(3)
  await tell(social.database, contact(one))
  await social.messaging.settle()
  const copy = await servers.copyStore()
  await tell(social.database, contact(two))
  await expect.poll(() => ear.heard, SOON).toEqual([one, two])
  await servers.restoreStore(copy)
  await tell(social.database, contact(three))
  await expect.poll(() => ear.heard.at(-1), SOON).toBe(three)
  expect(ear.streams.length).toBeGreaterThan(1)
})

test('closes while its broker is nowhere', async () => {
  const elsewhere = await startNats({ dir: `${servers.dir}/elsewhere` })
  await elsewhere.close()
  const ear = listenToContacts({ natsUrl: elsewhere.url })
  await expect.poll(() => ear.said, SOON).toHaveLength(1)
  await ear.close()
  expect(ear.state).toBe('never')
})
