import { randomUUID } from 'node:crypto'
import { jetstreamManager } from '@nats-io/jetstream'
import { nanos } from '@nats-io/transport-node'
import { expect, onTestFinished, test } from 'vitest'
import { contact, effects, effectsIn, tell } from '../fixtures/facts.ts'
import { peer, start } from '../fixtures/network.ts'
import { freshDatabase, useServers } from '../fixtures/servers.ts'
import { settleTogether } from '../operate/settle.ts'
import { connectBroker } from './connect.ts'

const servers = useServers()

async function byHand() {
  const connection = await connectBroker(servers.nats.url, 'somebody by hand')
  onTestFinished(() => connection.close())
  return jetstreamManager(connection)
}

test('a stream that differs from its declaration stops the start, with each difference', async () => {
  const manager = await byHand()
  await manager.streams.add({ name: 'SOCIAL', subjects: ['social.>', 'sosial.>'], max_age: nanos(60_000) })
  const database = await freshDatabase(servers.postgres, 'social')
  await expect(start(servers, database)).rejects.toThrow(
    [
      'Stream SOCIAL differs from its declaration (packages/messaging/src/broker):',
      '  subjects: running ["social.>","sosial.>"], declared ["social.>"]',
      '  discard: running "old", declared "new"',
      '  max_age: running 60000000000, declared 0',
      '  duplicate_window: running 60000000000, declared 120000000000',
      '  deny_delete: running false, declared true',
      '  deny_purge: running false, declared true',
    ].join('\n'),
  )
})

test('a consumer that differs from its declaration stops the start, with each difference', async () => {
  await peer(servers, 'social')
  const education = await peer(servers, 'education', [{ from: 'social', handlers: effects }])
  await education.messaging.close()
  const manager = await byHand()
  const [consumer] = await manager.consumers.list('SOCIAL').next()
  if (!consumer) throw new Error('education has no consumer')
  await manager.consumers.update('SOCIAL', consumer.name, { ack_wait: nanos(1_000), max_deliver: 3 })
  await expect(start(servers, education.database, [{ from: 'social', handlers: effects }])).rejects.toThrow(
    /^Consumer education-\d+ of stream SOCIAL differs .*\n {2}ack_wait: running 1000000000, declared 10000000000\n {2}max_deliver: running 3, declared -1$/,
  )
})

test('services of one network that are given different settings refuse to meet', async () => {
  await peer(servers, 'social')
  await expect(
    peer(servers, 'education', [{ from: 'social', handlers: effects }], { broker: { duplicateWindowMs: 1_000 } }),
  ).rejects.toThrow('duplicate_window: running 120000000000, declared 1000000000')
})

test('a start that finds everything as declared changes nothing', async () => {
  const heard = [{ from: 'social', handlers: effects }] as const
  const social = await peer(servers, 'social')
  const education = await peer(servers, 'education', heard)
  await tell(social.database, contact(randomUUID()))
  await settleTogether([social.messaging, education.messaging])
  await education.messaging.close()
  const again = await start(servers, education.database, heard)
  await settleTogether([social.messaging, again])
  expect(await effectsIn(education.database)).toHaveLength(1)
})

test('a broker that does not answer is one sentence, without its password', async () => {
  await expect(connectBroker('nats://user:secret@127.0.0.1:1', 'nobody', 300)).rejects.toThrow(
    /^NATS at 127\.0\.0\.1:1 did not answer within 300 ms$/,
  )
})
