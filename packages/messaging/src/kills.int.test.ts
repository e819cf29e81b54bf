import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { contact, effectsIn, moody, protection, tell } from './fixtures/facts.ts'
import { peer, start } from './fixtures/network.ts'
import { type Database, useServers } from './fixtures/servers.ts'
import { STEPS, startVictim, type Victim } from './fixtures/victims.ts'
import { listDead } from './inbox/dead-letters.ts'
import { settleTogether } from './operate/settle.ts'

const servers = useServers()

const KILLS = 220
const LIVES = ['relay', 'relay', 'consumer', 'consumer', 'consumer'] as const
const SETTINGS = { broker: { ackWaitMs: 300 }, tuning: { maxTries: 1_000 } }
/** Enough that every life has work, little enough that the end comes soon. */
const UNDER_WAY = 200

/** Kills so far, by role and step. */
type Kills = Map<string, number>
const countOf = (kills: Kills) => [...kills.values()].reduce((sum, times) => sum + times, 0)

/** Mulberry32: whole numbers below a bound, the same for the same seed. */
function seeded(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

/** One process after another in a role, each killed at a random occurrence of a random step, until enough were. */
async function keepKilling(role: Victim['role'], database: Database, random: (below: number) => number, kills: Kills) {
  while (countOf(kills) < KILLS) {
    const step = STEPS[role][random(STEPS[role].length)] ?? ''
    // A relay takes the lead once in its life; the other steps come again with every event.
    const occurrence = step === 'leading' ? 1 : 1 + random(4)
    const { child, died } = startVictim(servers.dir, {
      role,
      databaseUrl: database.url,
      natsUrl: servers.nats.url,
      ackWaitMs: SETTINGS.broker.ackWaitMs,
      dieAt: { step, occurrence },
    })
    // Whoever is still waiting for its step when enough were killed is no longer needed.
    const enough = setInterval(() => countOf(kills) >= KILLS && child.kill('SIGTERM'), 20)
    const signal = await died
    clearInterval(enough)
    if (signal === 'SIGTERM') return
    expect(signal).toBe('SIGKILL')
    kills.set(`${role} ${step}`, (kills.get(`${role} ${step}`) ?? 0) + 1)
  }
}

/** Tells of children at random while processes die, and gives the protection level told with each event (0: none). */
async function keepTelling(social: Database, education: Database, random: (below: number) => number, kills: Kills) {
  const subjects = Array.from({ length: 60 }, () => randomUUID())
  const told = new Map<string, number>()
  while (countOf(kills) < KILLS) {
    const { rows } = await education.pool.query('SELECT count(*)::integer AS count FROM platform.inbox')
    for (let underWay = told.size - rows[0].count; underWay < UNDER_WAY; underWay += 1) {
      const subject = subjects[random(subjects.length)] ?? ''
      const level = ([0, 0, 0, 2, 3, 3, 4] as const)[random(7)] ?? 0
      const [id] = await tell(social, level === 0 ? contact(subject) : protection(subject, level))
      told.set(id ?? '', level)
    }
    await pause(20)
  }
  return told
}

test(`over ${KILLS} kills at random steps of relay and consumer nothing is lost, done twice or out of order`, async () => {
  const seed = Date.now() % 1_000_000
  const random = seeded(seed)
  const social = await peer(servers, 'social', [], SETTINGS)
  const { database, messaging } = await peer(servers, 'education', [], SETTINGS)
  await Promise.all([social.messaging.close(), messaging.close()])

  const kills: Kills = new Map()
  const killing = LIVES.map((role) => keepKilling(role, role === 'relay' ? social.database : database, random, kills))
  onTestFinished(async () => void (await Promise.allSettled(killing)))
  const [told] = await Promise.all([keepTelling(social.database, database, random, kills), ...killing])
  await settleTogether([
    await start(servers, social.database, [], SETTINGS),
    await start(servers, database, [{ from: 'social', handlers: moody }], SETTINGS),
  ])

  const context = `seed ${seed}, ${JSON.stringify(Object.fromEntries(kills))}`
  expect(countOf(kills), context).toBeGreaterThanOrEqual(KILLS)
  expect([...kills.keys()].sort(), context).toEqual(
    Object.entries(STEPS)
      .flatMap(([role, steps]) => [...steps].map((step) => `${role} ${step}`))
      .sort(),
  )
  const doomed = [...told].filter(([, level]) => level === 4).map(([id]) => id)
  const dead = await listDead(database.sql)
  expect(dead.map(({ eventId }) => eventId).sort(), context).toEqual(doomed.sort())
  const done = await effectsIn(database)
  expect(done.map(({ id }) => id).sort(), context).toEqual(
    [...told]
      .filter(([, level]) => level !== 4)
      .map(([id]) => id)
      .sort(),
  )
  for (const versions of Map.groupBy(done, ({ subject }) => subject).values()) {
    const inOrder = versions.map(({ version }) => version).toSorted((a, b) => a - b)
    expect(
      versions.map(({ version }) => version),
      context,
    ).toEqual(inOrder)
  }
}, 180_000)
