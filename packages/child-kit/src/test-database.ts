import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { EventData, EventOf, EventType } from '@satuanak/contracts'
import { startPostgres } from '@satuanak/local-servers'
import type { SqlClient, Tx } from '@satuanak/messaging'
import { Client } from 'pg'
import { childHandlers } from './index.ts'

const SCHEMAS = ['../sql/child.sql', '../../messaging/sql/messaging.sql'].map((file) => new URL(file, import.meta.url))

/** A PostgreSQL of this test file's own, with the kits' tables in it. */
export interface TestDatabase {
  /** One connection, each statement its own transaction: enough where nothing is rolled back. */
  readonly tx: Tx
  /** How many statements `tx` has run so far. */
  statements(): number
  /** Forget all projections. */
  empty(): Promise<void>
  close(): Promise<void>
}

export async function openTestDatabase(): Promise<TestDatabase> {
  const dir = await mkdtemp(join(tmpdir(), 'child-kit-'))
  const postgres = await startPostgres({ dir, durable: false })
  const client = new Client({ connectionString: postgres.adminUrl })
  await client.connect()
  for (const schema of SCHEMAS) await client.query(await readFile(schema, 'utf8'))
  await client.query("INSERT INTO platform.service (name, zone) VALUES ('social', 'Asia/Jakarta')")
  let statements = 0
  const run = (text: string, values: unknown[]) => {
    statements += 1
    return client.query(text, values)
  }
  const sql: SqlClient = {
    $queryRawUnsafe: async <Row>(text: string, ...values: unknown[]) => (await run(text, values)).rows as Row,
    $executeRawUnsafe: async (text, ...values) => (await run(text, values)).rowCount ?? 0,
  }
  return {
    tx: sql as Tx,
    statements: () => statements,
    empty: async () => {
      await client.query(
        'TRUNCATE platform.child_alias, platform.child_level, platform.referral_grant, platform.child_school, platform.child_known',
      )
    },
    close: async () => {
      await client.end()
      await postgres.close()
      await rm(dir, { recursive: true })
    },
  }
}

/** Delivers an event to the kit's handlers as the consumer would. */
export const hearIn =
  (tx: Tx) =>
  async <Type extends EventType>(type: Type, subject: string, version: number, data: EventData<Type>) => {
    const event = { type, subject, subjectversion: version, data } as EventOf<Type>
    await childHandlers()[type]?.(tx, event)
  }
