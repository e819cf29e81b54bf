import type { Sentence } from '@satuanak/domain-kit'
import type pg from 'pg'
import { interruption } from './operation-time.ts'

/** Nobody waits for the statement's answer any more. Seldom read by anyone: its asker has gone. */
export class OperationOver extends Error {
  /** As graphql-kit's masking knows an error that was written for the caller. */
  readonly extensions = { code: 'OPERATION_TIMEOUT', message: OVER }
}

const OVER: Sentence = {
  id: 'Waktu permintaan ini sudah habis. Coba lagi.',
  en: 'The time of this request is over. Try again.',
}

/** PostgreSQL looks this often whether the asker of a running statement is still connected. */
const CHECK_EVERY = 250

/** Options of every connection of an interruptible pool: a closed connection ends its statement in the server too. */
export const INTERRUPTIBLE = { options: `-c client_connection_check_interval=${CHECK_EVERY}` } as const

type Ask = (config: unknown, values?: unknown) => Promise<unknown>

/**
 * A pool whose statements end with the operation they work for: none begins after its time, and one that is running
 * then loses its connection, by which the server ends it (`INTERRUPTIBLE`). A cancel request instead could hit the next
 * statement of a connection that is used again. Transactions are let alone: they hold `connect`, not `query`.
 */
export function interruptible(pool: pg.Pool): pg.Pool {
  const ask = pool.query.bind(pool) as Ask
  const query: Ask = (config, values) => {
    const signal = interruption()
    return signal
      ? interruptibly(pool, signal, (client) => (client.query as Ask).call(client, config, values))
      : ask(config, values)
  }
  return Object.assign(pool, { query })
}

async function interruptibly<T>(pool: pg.Pool, signal: AbortSignal, run: (client: pg.PoolClient) => Promise<T>) {
  const over = Promise.withResolvers<never>()
  const onAbort = () => over.reject(new OperationOver())
  if (signal.aborted) throw new OperationOver()
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    const connecting = pool.connect()
    const client = await Promise.race([connecting, over.promise]).catch((error: unknown) => {
      // Its turn comes later; then the connection goes on to the next who waits.
      connecting.then((late) => late.release()).catch(() => undefined)
      throw error
    })
    return await released(client, signal, Promise.race([run(client), over.promise]))
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}

/** Gives the connection back; one whose statement is still running, or that broke, is closed. */
async function released<T>(client: pg.PoolClient, signal: AbortSignal, running: Promise<T>): Promise<T> {
  try {
    const result = await running
    client.release()
    return result
  } catch (error) {
    client.release(signal.aborted || isBroken(error))
    throw error
  }
}

/** Among others: the table under a prepared statement has changed, and the connection would refuse it for ever. */
const NOT_SUPPORTED = '0A000'

/** An error that PostgreSQL reported has a code of five characters, and but for one leaves its connection usable. */
const isBroken = (error: unknown): boolean => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return code === NOT_SUPPORTED || !/^[0-9A-Z]{5}$/.test(code)
}
