import { randomUUID } from 'node:crypto'
import type { PrismaPg } from '@prisma/adapter-pg'
import { QuickServer, schemaExecutor } from '@satuanak/compiled-executor/front'
import type { ServiceName } from '@satuanak/contracts'
import { maskError } from '@satuanak/graphql-kit'
import { createSubgraphVerifier, sealAudit } from '@satuanak/identity'
import { type Messaging, type Subscription, startMessaging } from '@satuanak/messaging'
import type { GraphQLSchema } from 'graphql'
import pg from 'pg'
import { type App, createApp, type Database, type TransactionClient } from './app.ts'
import { auditOperation } from './audit-operation.ts'
import { closeAll } from './close-all.ts'
import type { ServiceConfig } from './config.ts'
import { createContext, type ServiceContext } from './context.ts'
import { databaseAdapter } from './database-adapter.ts'
import { type HttpLimits, serveGraphql } from './http.ts'
import { INTERRUPTIBLE } from './interruptible-pool.ts'
import { type Job, startJobs } from './jobs.ts'
import { createLog, type Logger } from './log.ts'
import { migrate } from './migrate.ts'
import { keepMutations } from './operation-kind.ts'

/** What makes one agency's service out of the kit. */
export interface ServiceSpec<Db extends Database, Own extends App<Db>> {
  readonly name: ServiceName
  /** Absolute path of `prisma/`. */
  readonly prismaFolder: string
  readonly schema: GraphQLSchema
  open(adapter: PrismaPg): Db
  /** The kit's app with what this service adds to it: keys, ports to the outside. */
  app(base: App<Db>): Own
  subscriptions(app: Own): readonly Subscription<TransactionClient<Db>>[]
  /** What falls due by itself; none where left out. */
  jobs?(app: Own): readonly Job<Db>[]
}

/** What a test may replace: the clock and where the log goes. */
export interface Overrides {
  readonly now?: () => Temporal.Instant
  readonly log?: Logger
  readonly limits?: Partial<HttpLimits>
}

/** A running service. */
export interface Service<Own = unknown> {
  readonly name: ServiceName
  /** Base URL; the subgraph is at `/graphql`. */
  readonly url: string
  readonly app: Own
  /** What is on its way, for those who wait for several services at once (`settleTogether`). */
  readonly messaging: Messaging
  /** Returns when this service's outbox is published and its consumers have handled what there is. @throws NotSettled */
  settle(): Promise<void>
  /** Does at once whatever has fallen due by the service's clock: for tests that move it, and for operators. */
  runJobs(): Promise<void>
  /** Ends requests, then reactions, then the database: nothing half done. */
  close(): Promise<void>
}

/**
 * A connection is given up after ten minutes, and with it the plans it keeps: they take memory, and one whose table was
 * changed by a migration is refused for as long as its connection lives.
 */
const LIFETIME = { maxLifetimeSeconds: 600 } as const

/** Milliseconds between two runs of the audit's sealing. */
const SEAL_EVERY = 2_000

/**
 * Migrates, connects, listens: the whole life of one agency's service, in the order in which each part needs the
 * next, and closed in the opposite order.
 */
export async function startService<Db extends Database, Own extends App<Db>>(
  spec: ServiceSpec<Db, Own>,
  config: ServiceConfig,
  overrides: Overrides = {},
): Promise<Service<Own>> {
  const log = overrides.log ?? createLog(spec.name, config.LOG_LEVEL)
  await migrate({ databaseUrl: config.DATABASE_URL, folder: spec.prismaFolder })
  const pool = new pg.Pool({ connectionString: config.DATABASE_URL, max: 10, ...LIFETIME, ...INTERRUPTIBLE })
  pool.on('error', (error) => log.warn({ code: (error as { code?: string }).code }, 'idle database connection lost'))
  // A connection on its way out of the pool has no listener of the pool's any more.
  pool.on('connect', (client) => client.on('error', () => undefined))
  const db = spec.open(databaseAdapter(pool))
  const now = overrides.now ?? (() => Temporal.Now.instant())
  const app = spec.app(createApp({ db, now, zone: config.ZONE, fingerprintKey: config.FINGERPRINT_KEY }))
  const closing: (() => Promise<unknown>)[] = [() => pool.end(), () => db.$disconnect()]
  try {
    const messaging = await startMessaging({
      service: spec.name,
      zone: config.ZONE,
      databaseUrl: config.DATABASE_URL,
      natsUrl: config.NATS_URL,
      inTransaction: app.inTransaction,
      subscriptions: spec.subscriptions(app),
      log,
    })
    closing.push(() => messaging.close(), sealRegularly(app, log))
    const jobs = startJobs(app, spec.jobs?.(app) ?? [], log)
    closing.push(() => jobs.close())
    const http = await listen(spec, config, { app, log, limits: overrides.limits })
    closing.push(() => http.close())
    log.info({ url: http.url }, 'ready')
    return {
      name: spec.name,
      url: http.url,
      app,
      messaging,
      settle: () => messaging.settle(),
      runJobs: () => jobs.run(),
      close: () => closeAll(closing),
    }
  } catch (error) {
    // What stopped the start says more than what its closing meets.
    await closeAll(closing).catch(() => undefined)
    throw error
  }
}

interface Running<Own> {
  readonly app: Own
  readonly log: Logger
  readonly limits: Partial<HttpLimits> | undefined
}

async function listen<Db extends Database, Own extends App<Db>>(
  spec: ServiceSpec<Db, Own>,
  config: ServiceConfig,
  { app, log, limits }: Running<Own>,
) {
  const verify = createSubgraphVerifier({ jwks: config.GATEWAY_JWKS, audience: spec.name })
  const server = new QuickServer<ServiceContext<Own>>({
    gateway: schemaExecutor(spec.schema),
    introspection: true,
    // The process ends requests first (process.ts); Apollo's own handler would refuse those in flight.
    stopOnTerminationSignals: false,
    formatError: maskError(log),
    plugins: [keepMutations, auditOperation(log)],
  })
  return serveGraphql({
    server,
    host: config.HOST,
    port: config.PORT,
    context: (request) => createContext({ app, verify, request }),
    // Without NATS a service still answers and writes; its events wait in the outbox.
    ready: async () => [{ name: 'database', ok: await isAnswering(app.db) }],
    together: true,
    log,
    ...(limits ? { limits } : {}),
  })
}

async function isAnswering(db: Database): Promise<boolean> {
  try {
    await db.$queryRawUnsafe('SELECT 1')
    return true
  } catch {
    return false
  }
}

/** Chains the audit's new rows every now and then; returns how to stop, after one last run. */
function sealRegularly(app: App, log: Logger): () => Promise<void> {
  let running: Promise<unknown> = Promise.resolve()
  const seal = () => {
    running = running
      .then(() => sealAll(app))
      .catch(() => log.warn({ incident: randomUUID() }, 'the audit could not be sealed; it is tried again'))
  }
  const timer = setInterval(seal, SEAL_EVERY)
  return async () => {
    clearInterval(timer)
    seal()
    await running
  }
}

/** A run seals a batch; under load several batches have come together. */
async function sealAll(app: App): Promise<void> {
  while ((await app.inTransaction(sealAudit)).sealed > 0);
}
