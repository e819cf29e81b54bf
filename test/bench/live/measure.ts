import { type ChildProcess, fork } from 'node:child_process'
import { randomUUIDv7 } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { KelurahanCode } from '@satuanak/contracts'
import { prismaFolder as coordinationFolder, createService as createCoordination } from '@satuanak/coordination'
import { parseConfig as coordinationConfig } from '@satuanak/coordination/config'
import { PERSONAS } from '@satuanak/demo-city'
import { type Caller, openDevIssuer } from '@satuanak/identity'
import { startPostgres } from '@satuanak/local-servers'
import { emit } from '@satuanak/messaging'
import { createService as createSocial, prismaFolder as socialFolder } from '@satuanak/social'
import { parseConfig as socialConfig } from '@satuanak/social/config'
import { startNetwork } from '@satuanak/testkit'
import type { Bench } from '../bench.ts'
import { startGateway } from '../fairness/gateway-process.ts'
import type { Order, Report } from './listeners.ts'

type Print = (line: string) => void

const STREAMS = Number(process.env.BENCH_STREAMS ?? 2_000)
const OF_ONE_PERSON = 10
const RATES = (process.env.BENCH_COMMITS ?? '1,5,10,20').split(',').map(Number)
const ROUND_MS = Number(process.env.BENCH_ROUND_MS ?? 20_000)

/** Streams of one agency's people at the real gateway, told of what another agency commits: social, then coordination. */
export const live: Bench = {
  about: `${STREAMS} open streams: how long from another agency’s commit to the client, memory and CPU`,
  async run(print) {
    const dir = await mkdtemp(join(tmpdir(), 'satuanak-bench-'))
    const postgres = await startPostgres({ dir: join(dir, 'postgres'), durable: false })
    const listeners = fork(new URL('./listeners.ts', import.meta.url))
    const network = await openNetwork(postgres.adminUrl)
    const issuer = await openDevIssuer(join(dir, 'issuer'))
    const gateway = await startGateway({
      ...network.env,
      OIDC_ISSUER: issuer.issuer,
      OIDC_AUDIENCE: issuer.audience,
      OIDC_JWKS: JSON.stringify(issuer.jwks),
    })
    try {
      const ask = (order: Order) => answered(listeners, order)
      const { caller } = PERSONAS.bapperida
      await heardBy(gateway.url)
      const tokens = await tokensOf(caller, (one) => issuer.token(one))
      const port = Number(new URL(gateway.url).port)
      await report(print, { ask, tokens, port, pid: gateway.pid, commit: () => commitIn(network.social) })
    } finally {
      listeners.disconnect()
      await gateway.close()
      await network.close()
      await postgres.close()
      await rm(dir, { recursive: true, force: true })
    }
  },
}

/** Coordination and social in this process, with PostgreSQL and NATS; the gateway has a process of its own. */
async function openNetwork(postgresUrl: string) {
  let env: Readonly<Record<string, string>> = {}
  const network = await startNetwork({
    services: {
      social: { prismaFolder: socialFolder, start: (its, more) => createSocial(socialConfig(its), more) },
      coordination: {
        prismaFolder: coordinationFolder,
        start: (its, more) => createCoordination(coordinationConfig(its), more),
      },
    },
    postgresUrl,
    gateway: {
      start: async (given) => {
        const away = { 'civil-registry': 'http://127.0.0.1:9', education: 'http://127.0.0.1:9' }
        env = { ...given, SUBGRAPH_URLS: JSON.stringify({ ...away, ...JSON.parse(given.SUBGRAPH_URLS ?? '{}') }) }
        return { url: '', close: async () => {} }
      },
    },
  })
  return { env, social: network.service('social').app, close: () => network.close() }
}

type Social = Awaited<ReturnType<typeof openNetwork>>['social']

/** What an outreach worker’s contact tells, of a child whose id says when it was begun. */
async function commitIn(social: Social): Promise<void> {
  const subject = randomUUIDv7()
  await social.inTransaction((tx) =>
    emit(tx, {
      type: 'social.street.contact.recorded.v1',
      subject,
      data: { contactId: subject, kelurahan: KelurahanCode.parse('33.75.03.1002'), repeat: false },
      actor: 'akun-bangku-uji',
      org: 'DINSOS',
      sensitivity: 3,
      time: Temporal.Now.instant(),
    }),
  )
}

const tokensOf = (caller: Caller, token: (caller: Caller) => Promise<string>) =>
  Promise.all(
    Array.from({ length: STREAMS / OF_ONE_PERSON }, (_, n) => token({ ...caller, subject: `akun-bangku-uji-${n}` })),
  )

export async function answered(listeners: ChildProcess, order: Order): Promise<Report> {
  const answer = once(listeners, 'message')
  listeners.send(order)
  return (await answer)[0] as Report
}

interface Measured {
  readonly ask: (order: Order) => Promise<Report>
  readonly tokens: readonly string[]
  readonly port: number
  /** Of the gateway's process. */
  readonly pid: number
  readonly commit: () => Promise<void>
}

async function report(print: Print, { ask, tokens, port, pid, commit }: Measured): Promise<void> {
  const before = await spentBy(pid)
  const began = performance.now()
  await ask({ open: { port, tokens, each: OF_ONE_PERSON } })
  const opening = performance.now() - began
  const after = await spentBy(pid)
  const each = (after.rssKb - before.rssKb) / STREAMS
  print(
    `${STREAMS} streams opened in ${(opening / 1_000).toFixed(1)} s; ${each.toFixed(1)} kB of the gateway’s memory each`,
  )
  print('every stream hears every notice')
  print('  commits/s   notices/s written    p50 ms    p99 ms    max ms   gateway CPU   this process’s')
  for (const rate of RATES) {
    await ask({ report: true })
    const start = { gateway: await spentBy(pid), own: process.cpuUsage(), at: performance.now() }
    const sent = await commitAt(rate, commit)
    const times = await allHeard(ask, sent * STREAMS)
    const ms = performance.now() - start.at
    const { user, system } = process.cpuUsage(start.own)
    const gatewayMs = (await spentBy(pid)).cpuMs - start.gateway.cpuMs
    const shown = [
      rate.toFixed(0).padStart(9),
      ((times.length * 1_000) / ms).toFixed(0).padStart(17),
      ...[0.5, 0.99, 1].map((share) => shareOf(times, share).toFixed(0).padStart(7)),
      `${((100 * gatewayMs) / ms).toFixed(0)} %`.padStart(11),
      `${((user + system) / 10 / ms).toFixed(0)} %`.padStart(13),
    ]
    print(`  ${shown.join('   ')}`)
  }
}

/** Commits at a steady rate, whether or not the last one is done. @returns how many. */
async function commitAt(rate: number, commit: () => Promise<void>): Promise<number> {
  const began = performance.now()
  const commits: Promise<void>[] = []
  for (let n = 0; n < (rate * ROUND_MS) / 1_000; n += 1) {
    await pause(Math.max(0, began + (n * 1_000) / rate - performance.now()))
    commits.push(commit())
  }
  await Promise.all(commits)
  return commits.length
}

async function allHeard(ask: Measured['ask'], count: number): Promise<number[]> {
  const times: number[] = []
  while (times.length < count) {
    await pause(200)
    const heard = await ask({ report: true })
    if ('times' in heard) for (const ms of heard.times) times.push(ms)
  }
  return times.sort((one, other) => one - other)
}

const shareOf = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN

export async function heardBy(url: string): Promise<void> {
  for (;;) {
    const { checks } = (await (await fetch(`${url}/health/ready`)).json()) as {
      checks: { name: string; ok: boolean }[]
    }
    if (checks.some(({ name, ok }) => name === 'live' && ok)) return
    await pause(50)
  }
}

/** What a process of this machine has taken so far; of Linux only. */
async function spentBy(pid: number): Promise<{ readonly rssKb: number; readonly cpuMs: number }> {
  const [status, stat] = await Promise.all(['status', 'stat'].map((file) => readFile(`/proc/${pid}/${file}`, 'utf8')))
  const fields = (stat ?? '').replace(/^.*\) /, '').split(' ')
  const TICK_MS = 10
  return {
    rssKb: Number(/^VmRSS:\s+(\d+)/m.exec(status ?? '')?.[1]),
    cpuMs: (Number(fields[11]) + Number(fields[12])) * TICK_MS,
  }
}
