import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { type ChildId, KelurahanCode, type Sensitivity, type ServiceName } from '@satuanak/contracts'
import { emit, type NewEvent, pgTransactions, silent, startMessaging } from '@satuanak/messaging'
import { cloneDatabase } from '@satuanak/testkit'
import pg from 'pg'

/** Another agency's service as far as education hears it: a real outbox and relay on the same NATS, nothing else. */
export interface Producer {
  /** Emits in one transaction and returns when the broker has them. */
  tell(...events: readonly NewEvent[]): Promise<void>
  /** The broker delivers everything told so far once more, each as a message it has never seen. */
  tellAgain(): Promise<void>
  close(): Promise<void>
}

/** Any service's platform tables serve; these stand outside education's own. */
const FOLDER = fileURLToPath(new URL('../../social/prisma', import.meta.url))

export async function startProducer(service: ServiceName, natsUrl: string, postgresUrl: string): Promise<Producer> {
  const database = await cloneDatabase(postgresUrl, FOLDER)
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
      await inTransaction(async (tx) => {
        for (const event of events) await emit(tx, event)
      })
      await messaging.settle()
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

const told = (childId: ChildId) => ({
  subject: childId,
  actor: 'akun-uji',
  time: Temporal.Instant.from('2026-11-23T01:30:00Z'),
})

/** The registry keeps this child from now on. */
export const registered = (childId: ChildId): NewEvent => ({
  ...told(childId),
  type: 'civil-registry.person.registered.v1',
  data: { missing: ['AKTA'], kelurahan: null },
  org: 'DUKCAPIL',
  sensitivity: 2,
})

/** A social worker finished an assessment. */
export const assessed = (childId: ChildId, droppedOut: boolean, kelurahan: string | null = null): NewEvent => ({
  ...told(childId),
  type: 'social.street.assessment.completed.v1',
  data: {
    assessmentId: randomUUID(),
    droppedOut,
    needs: ['EDUCATION'],
    kelurahan: kelurahan === null ? null : KelurahanCode.parse(kelurahan),
  },
  org: 'DINSOS',
  sensitivity: 3,
})

/** The child is kept at this level from now on (PV-14). */
export const protectedAt = (childId: ChildId, level: Sensitivity): NewEvent => ({
  ...told(childId),
  type: 'social.child.protected.v1',
  data: { level },
  org: 'DINSOS',
  sensitivity: level,
})

/** An officer declared two ids to be one child. */
export const merged = (canonical: ChildId, alias: ChildId): NewEvent => ({
  ...told(canonical),
  type: 'civil-registry.person.merged.v1',
  data: { alias, canonical },
  org: 'DUKCAPIL',
  sensitivity: 2,
})
