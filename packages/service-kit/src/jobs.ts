import { randomUUID } from 'node:crypto'
import type { Tx } from '@satuanak/messaging'
import type { App, Database, TransactionClient } from './app.ts'
import type { Logger } from './log.ts'

/** Work that nobody asks for: what falls due by itself, such as a card that waited for a birthday. */
export interface Job<Db extends Database = Database> {
  /** Verb-noun; also the name of its lock. */
  readonly name: string
  /** Milliseconds between two runs. */
  readonly every: number
  /**
   * One small step in its own transaction; true where more is waiting, which is then done at once. Idempotent: a step
   * that is cut off is done again.
   */
  step(tx: Tx<TransactionClient<Db>>): Promise<boolean>
}

export interface Jobs {
  /** Does everything that is due by the service's clock now, and returns. */
  run(): Promise<void>
  close(): Promise<void>
}

/**
 * Runs each job now and then, one process of the service at a time (advisory lock): nothing assumes that it is alone
 * (DESIGN §9). A job that fails is logged and tried again at its next turn; it stops no other.
 */
export function startJobs<Db extends Database>(app: App<Db>, jobs: readonly Job<Db>[], log: Logger): Jobs {
  const work = { closed: false }
  const lanes = jobs.map((job) => startLane(() => runJob(app, job, work), job, log))
  return {
    run: async () => {
      for (const lane of lanes) await lane.run()
    },
    close: async () => {
      work.closed = true
      await Promise.all(lanes.map((lane) => lane.close()))
    },
  }
}

interface Lane {
  run(): Promise<void>
  close(): Promise<void>
}

function startLane<Db extends Database>(run: () => Promise<void>, { name, every }: Job<Db>, log: Logger): Lane {
  let running: Promise<void> = Promise.resolve()
  const next = (): Promise<void> => {
    const turn = running.then(run)
    running = turn.catch((err: unknown) =>
      log.warn({ job: name, incident: randomUUID(), err }, 'a job failed; it is tried again'),
    )
    return turn
  }
  const timer = setInterval(() => void next().catch(() => undefined), every)
  return {
    run: next,
    close: async () => {
      clearInterval(timer)
      await running
    },
  }
}

async function runJob<Db extends Database>(
  app: App<Db>,
  job: Job<Db>,
  work: { readonly closed: boolean },
): Promise<void> {
  let more = true
  while (more && !work.closed) more = await app.inTransaction((tx) => stepAlone(tx, job))
}

/** False where another process is at it: that one goes on. */
async function stepAlone<Db extends Database>(tx: Tx<TransactionClient<Db>>, job: Job<Db>): Promise<boolean> {
  const [lock] = await tx.$queryRawUnsafe<{ taken: boolean }[]>(
    'SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS taken',
    `job ${job.name}`,
  )
  return lock?.taken ? job.step(tx) : false
}
