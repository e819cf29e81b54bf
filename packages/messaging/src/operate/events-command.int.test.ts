import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { PermanentFailure } from '../failure.ts'
import { contact, effect, effects, effectsIn, protection, tell } from '../fixtures/facts.ts'
import { type Peer, peer, start } from '../fixtures/network.ts'
import { useServers } from '../fixtures/servers.ts'
import type { Subscription } from '../handlers.ts'
import { eventsCommand } from './events-command.ts'
import { settleTogether } from './settle.ts'

const servers = useServers()

/** Social and education, where contacts fail as long as `ill.now`. */
async function pair() {
  const ill = { now: true }
  const heard: Subscription[] = [
    {
      from: 'social',
      handlers: {
        ...effects,
        'social.street.contact.recorded.v1': async (tx, event) => {
          if (ill.now) throw new PermanentFailure('no such school')
          await effect(tx, event)
        },
      },
    },
  ]
  const social = await peer(servers, 'social')
  const education = await peer(servers, 'education', heard)
  return { social, education, ill, heard }
}

/** Runs the command as an operator would, and gives what it printed. */
async function run(peers: { social: Peer; education: Peer }, ...argv: string[]) {
  const lines: string[] = []
  const elsewhere = peers.social.database.url
  const databases = {
    social: peers.social.database.url,
    education: peers.education.database.url,
    'civil-registry': elsewhere,
    coordination: elsewhere,
  }
  const print = (line: string) => lines.push(line)
  const code = await eventsCommand(argv, { databases, natsUrl: servers.nats.url, print, patienceMs: 2_000 })
  return { code, lines }
}

test('dead lists each event with why it could not be handled, and no personal data', async () => {
  const peers = await pair()
  const subject = randomUUID()
  const [id] = await tell(peers.social.database, contact(subject))
  await settleTogether([peers.social.messaging, peers.education.messaging])
  const { code, lines } = await run(peers, 'dead', 'education', 'social')
  expect(code).toBe(0)
  expect(lines).toEqual([
    'education: 1 dead letter',
    expect.stringMatching(
      new RegExp(
        `^  ${id}  social\\.street\\.contact\\.recorded\\.v1 from social about ${subject}, 1 try until \\S+Z: no such school$`,
      ),
    ),
    'social: no dead letters',
  ])
})

test('replay has the running service handle a dead letter again, and says how it went', async () => {
  const peers = await pair()
  const [id] = await tell(peers.social.database, contact(randomUUID()))
  await settleTogether([peers.social.messaging, peers.education.messaging])
  expect(await run(peers, 'replay', id ?? '')).toEqual({
    code: 1,
    lines: [`education: ${id} failed again: no such school`],
  })
  peers.ill.now = false
  expect(await run(peers, 'replay', id ?? '')).toEqual({ code: 0, lines: [`education: ${id} replayed`] })
  expect(await effectsIn(peers.education.database)).toMatchObject([{ id }])
  expect(await run(peers, 'replay', id ?? '')).toEqual({ code: 1, lines: [`No dead letter ${id} to replay.`] })
})

test('a replay asked for while the service is down is done when it starts', async () => {
  const peers = await pair()
  const [id] = await tell(peers.social.database, contact(randomUUID()))
  await settleTogether([peers.social.messaging, peers.education.messaging])
  await peers.education.messaging.close()
  peers.ill.now = false
  const { code, lines } = await run(peers, 'replay', '--all', 'education')
  expect([code, ...lines]).toEqual([1, `education: ${id} is asked for; the service will run it when it is up`])
  const again = await start(servers, peers.education.database, peers.heard)
  await again.settle()
  expect(await effectsIn(peers.education.database)).toMatchObject([{ id }])
})

test('rebuild publishes every event into a new stream while the services run, and every effect stays single', async () => {
  const peers = await pair()
  const told = await tell(peers.social.database, ...[1, 2, 3].map(() => protection(randomUUID(), 2)))
  await settleTogether([peers.social.messaging, peers.education.messaging])
  const before = await peers.social.messaging.broker.findStream('social')
  const { code, lines } = await run(peers, 'rebuild', 'social')
  expect(code).toBe(0)
  expect(lines.at(-1)).toMatch(/^social: stream rebuilt, [0-3] events? published again$/)
  await settleTogether([peers.social.messaging, peers.education.messaging])
  const after = await peers.social.messaging.broker.findStream('social')
  expect(after?.created).not.toBe(before?.created)
  expect(after?.lastSeq).toBe(3)
  expect((await effectsIn(peers.education.database)).map(({ id }) => id).sort()).toEqual(told.sort())
})

test('rebuild works while its service is down', async () => {
  const peers = await pair()
  await tell(peers.social.database, protection(randomUUID(), 2), protection(randomUUID(), 2))
  await settleTogether([peers.social.messaging, peers.education.messaging])
  await peers.social.messaging.close()
  await servers.loseStore()
  const { code, lines } = await run(peers, 'rebuild', 'social')
  expect([code, lines.at(-1)]).toEqual([0, 'social: stream rebuilt, 2 events published again'])
})

test('what is not understood is answered with the usage, and nothing is done', async () => {
  const peers = await pair()
  const wrong = [
    [],
    ['bury'],
    ['replay'],
    ['replay', 'x'],
    ['replay', randomUUID(), '--all'],
    ['rebuild'],
    ['dead', 'x'],
  ]
  for (const argv of wrong) {
    const { code, lines } = await run(peers, ...argv)
    expect(code).toBe(2)
    expect(lines[0]).toContain('Usage: npm run events --')
  }
})
