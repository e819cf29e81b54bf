import { readFile, stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { jetstream, jetstreamManager } from '@nats-io/jetstream'
import { connect } from '@nats-io/transport-node'
import { expect, onTestFinished, test } from 'vitest'
import { gone, runStarter } from './fixtures/run-starter.ts'
import { scratch } from './fixtures/scratch.ts'
import { freePort } from './free-port.ts'
import { type NatsOptions, startNats } from './nats.ts'

async function started(options: NatsOptions) {
  const nats = await startNats(options)
  onTestFinished(() => nats.close())
  return nats
}

async function client(url: string) {
  const { host, username, password } = new URL(url)
  const connection = await connect({ servers: host, user: username, pass: password, reconnect: false })
  onTestFinished(() => connection.close())
  return connection
}

async function publishOne(url: string): Promise<void> {
  const connection = await client(url)
  const manager = await jetstreamManager(connection)
  await manager.streams.add({ name: 'KEPT', subjects: ['kept.>'] })
  await jetstream(connection).publish('kept.one', 'fact')
}

async function kept(url: string): Promise<number> {
  const manager = await jetstreamManager(await client(url))
  return (await manager.streams.info('KEPT')).state.messages
}

test('a stream and what it holds are there at the second start', async () => {
  const dir = await scratch()
  const first = await started({ dir })
  await publishOne(first.url)
  await first.close()
  const second = await started({ dir })
  expect(await kept(second.url)).toBe(1)
})

test('after kill -9 an acknowledged message is there at the next start, on the same port if asked', async () => {
  const dir = await scratch()
  const first = await started({ dir })
  await publishOne(first.url)
  process.kill(first.pid, 'SIGKILL')
  await first.exited
  const second = await started({ dir, port: first.port })
  expect(second.url).toBe(first.url)
  expect(await kept(second.url)).toBe(1)
})

test('nobody gets in without the password, which only its owner can read', async () => {
  const dir = await scratch()
  const { port } = await started({ dir })
  const servers = `127.0.0.1:${port}`
  await expect(connect({ servers, reconnect: false })).rejects.toThrow(/Authorization/i)
  await expect(connect({ servers, user: 'satuanak', pass: 'guess', reconnect: false })).rejects.toThrow(
    /Authorization/i,
  )
  const modes = await Promise.all(
    ['password', 'nats.conf'].map(async (name) => (await stat(join(dir, name))).mode & 0o777),
  )
  expect(modes).toEqual([0o600, 0o600])
})

test('it listens on 127.0.0.1 only', async () => {
  const dir = await scratch()
  const { port } = await started({ dir })
  const log = await readFile(join(dir, 'nats.log'), 'utf8')
  expect(log).toContain(`Listening for client connections on 127.0.0.1:${port}`)
})

test('a port that is taken and a folder in use are one sentence each', async () => {
  const dir = await scratch()
  const port = await freePort()
  const squatter = createServer().listen(port, '127.0.0.1')
  onTestFinished(() => void squatter.close())
  await expect(startNats({ dir, port })).rejects.toThrow(/NATS did not start.*address already in use/)
  await started({ dir })
  await expect(startNats({ dir })).rejects.toThrow(/in use by another process/)
})

test('kill -9 of the starter ends the server, and the next start finds its streams', async () => {
  const dir = await scratch()
  const { starter, nats, postgres, natsUrl } = await runStarter(dir)
  await publishOne(natsUrl)
  starter.kill('SIGKILL')
  await Promise.all([gone(nats), gone(postgres)])
  const again = await started({ dir: join(dir, 'nats') })
  expect(await kept(again.url)).toBe(1)
})
