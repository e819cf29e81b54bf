import { fork } from 'node:child_process'
import { randomUUIDv7 } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Npsn, SERVICES } from '@satuanak/contracts'
import { prismaFolder } from '@satuanak/coordination'
import { Caller, openDevIssuer } from '@satuanak/identity'
import { startPostgres } from '@satuanak/local-servers'
import type { NewEvent } from '@satuanak/messaging'
import { startNetwork, startProducer } from '@satuanak/testkit'
import { listenTo } from '../../live/listener.ts'
import type { Bench } from '../bench.ts'
import { startGateway } from '../fairness/gateway-process.ts'
import type { Order } from './listeners.ts'
import { ASK_LOOP, type LoopSaid } from './loop-probe.ts'
import { answered, heardBy } from './measure.ts'

const STREAMS = Number(process.env.BENCH_STREAMS ?? 2_000)
const KEPT = 10_000

/** The worst for the gateway: everyone has another say, is as far behind as it keeps, and may hear nothing of it. */
export const resume: Bench = {
  about: `${STREAMS} streams resume at once behind ${KEPT} notices: how long the gateway’s loop is held`,
  async run(print) {
    const dir = await mkdtemp(join(tmpdir(), 'satuanak-bench-'))
    const postgres = await startPostgres({ dir: join(dir, 'postgres'), durable: false })
    const listeners = fork(new URL('./listeners.ts', import.meta.url))
    const issuer = await openDevIssuer(join(dir, 'issuer'))
    let env: Readonly<Record<string, string>> = {}
    const away = JSON.stringify(Object.fromEntries(SERVICES.map((name) => [name, 'http://127.0.0.1:9'])))
    const network = await startNetwork({
      services: {},
      postgresUrl: postgres.adminUrl,
      gateway: {
        start: async (given) => {
          const { issuer: OIDC_ISSUER, audience: OIDC_AUDIENCE, jwks } = issuer
          const oidc = { OIDC_ISSUER, OIDC_AUDIENCE, OIDC_JWKS: JSON.stringify(jwks) }
          env = { ...given, ...oidc, SUBGRAPH_URLS: away, LIVE_KEPT: String(KEPT), LIVE_STREAMS: String(4 * STREAMS) }
          return { url: '', close: async () => {} }
        },
      },
    })
    const parts = {
      service: 'coordination',
      natsUrl: network.natsUrl,
      postgresUrl: postgres.adminUrl,
      prismaFolder,
    } as const
    const producer = await startProducer(parts)
    for (let told = 0; told < KEPT; told += 500) await producer.tell(...Array.from({ length: 500 }, notice))
    const gateway = await startGateway(env, new URL('./loop-probe.ts', import.meta.url))
    try {
      await heardBy(gateway.url)
      const tokens = await Promise.all(Array.from({ length: STREAMS }, (_, n) => issuer.token(committeeOf(n))))
      const ask = (order: Order) => answered(listeners, order)
      const loop = async () => (await gateway.ask(ASK_LOOP)) as LoopSaid
      const first = await listenTo(gateway.url, { token: tokens[0] })
      const { id } = await first.hears(({ event }) => event === 'hello')
      await first.close()
      const port = Number(new URL(gateway.url).port)
      const [key, last] = id.split('-')
      const farBehind = `${key}-${Number(last) - KEPT}`
      print('                                  opened in   longest turn   p99 of turns')
      for (const [what, place] of [
        ['nothing missed', id],
        [`${KEPT} behind`, farBehind],
        ['once more: looked through already', farBehind],
      ] as const) {
        await loop()
        const began = performance.now()
        await ask({ resume: { port, tokens, id: place } })
        const seconds = ((performance.now() - began) / 1_000).toFixed(1)
        const { longestMs, p99Ms } = await loop()
        print(
          `${what.padEnd(34)} ${seconds.padStart(6)} s ${longestMs.toFixed(0).padStart(11)} ms ${p99Ms.toFixed(1).padStart(11)} ms`,
        )
      }
    } finally {
      listeners.disconnect()
      await gateway.close()
      await producer.close()
      await network.close()
      await postgres.close()
      await rm(dir, { recursive: true, force: true })
    }
  },
}

const committeeOf = (n: number): Caller =>
  Caller.parse({
    subject: `akun-bangku-uji-${n}`,
    name: 'Bangku Uji',
    agency: 'DISDIK',
    roles: ['PANITIA_SEKOLAH'],
    kelurahan: [],
    schools: [String(99_100_000 + n)],
  })

/** An enrolment at a school that nobody of these listens for. */
function notice(): NewEvent {
  const childId = randomUUIDv7()
  const about = {
    subject: childId,
    actor: 'system',
    org: 'DISDIK',
    sensitivity: 2,
    time: Temporal.Now.instant(),
  } as const
  return {
    ...about,
    type: 'coordination.notice.given.v1',
    data: {
      topic: 'case',
      about: 'education.enrolment.started.v1',
      at: about.time.toString({ fractionalSecondDigits: 3 }),
      ids: { childId },
      permissions: ['enrolment.read'],
      facts: { level: 2, kelurahan: [], schools: [Npsn.parse('99000001')], agencies: [], grants: [] },
    },
  }
}
