import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import type { EventId, ServiceName } from '@satuanak/contracts'
import { emit, type NewEvent, pgTransactions, silent, startMessaging } from '@satuanak/messaging'
import pg from 'pg'
import { cloneDatabase } from './databases.ts'

/** Another agency's service as far as others hear it: a real outbox and relay on the same NATS, nothing else. */
export interface Producer {
  /** Emits in one transaction and returns when the broker has them. */
  tell(...events: readonly NewEvent[]): Promise<readonly EventId[]>
  /** The broker delivers everything told so far once more, each as a message it has never seen. */
  tellAgain(): Promise<void>
  close(): Promise<void>
}

export interface ProducerParts {
  readonly service: ServiceName
  readonly natsUrl: string
  readonly postgresUrl: string
  /** Any service's folder: only the platform tables are used. */
  readonly prismaFolder: string
}

/** A service may not import another, not even to test what it hears: this speaks in the other's name instead. */
export async function startProducer(parts: ProducerParts): Promise<Producer> {
  const { service, natsUrl, postgresUrl, prismaFolder } = parts
  const database = await cloneDatabase(postgresUrl, prismaFolder)
  const pool = new pg.Pool({ connectionString: database.url })
  // The pool is said to have ended while its connections still are; dropping the database would cut them off.
  const ended: Promise<unknown>[] = []
  pool.on('connect', (client) => ended.push(once(client, 'end')))
  const inTransaction = pgTransactions(pool)
  const messaging = await startMessaging({
    service,
    zone: 'Asia/Jakarta',
    databaseUrl: database.url,
    natsUrl,
    inTransaction,
    subscriptions: [],
    log: silent,
  })
  return {
    async tell(...events) {
      const ids = await inTransaction(async (tx) => {
        const told: EventId[] = []
        for (const event of events) told.push(await emit(tx, event))
        return told
      })
      await messaging.settle()
      return ids
    },
    async tellAgain() {
      const { rows } = await pool.query<{ type: string; envelope: string }>(
        'SELECT type, envelope::text FROM platform.outbox ORDER BY seq',
      )
      for (const row of rows) await messaging.broker.publish({ ...row, id: randomUUID(), traceparent: null })
    },
    async close() {
      await messaging.close()
      await pool.end()
      await Promise.all(ended)
      await database.drop()
    },
  }
}
