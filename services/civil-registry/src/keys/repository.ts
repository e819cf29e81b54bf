import pg from 'pg'
import type { RegistryClient } from '../app.ts'

/** Told whenever the ring's file has changed. */
const CHANGED = 'civil_registry_keys'

/** What PostgreSQL counts these advisory locks under: the first half of each, one number for all. */
const RINGS = 0x5a70

const ROTATION = 'civil-registry: keys'

/** A connection of its own, whose locks end with it. */
export interface Session {
  /** Shows that a process works with this ring. */
  holdRing(name: string): Promise<void>
  releaseRing(name: string): Promise<void>
  /** Holds off every other command that changes the ring. @returns false where one is at it */
  tryRotation(): Promise<boolean>
  close(): Promise<void>
}

/** @throws where the database cannot be reached. `onLost` is called once, unless it is closed first. */
export async function openSession(
  databaseUrl: string,
  { onChange = () => undefined, onLost = () => undefined }: { onChange?: () => void; onLost?: () => void } = {},
): Promise<Session> {
  const client = new pg.Client({ connectionString: databaseUrl, keepAlive: true })
  let ended = false
  const lost = () => {
    if (!ended) onLost()
    ended = true
  }
  client.on('error', lost)
  client.on('end', lost)
  client.on('notification', onChange)
  try {
    await client.connect()
    await client.query(`LISTEN ${CHANGED}`)
  } catch (error) {
    ended = true
    await client.end().catch(() => undefined)
    throw error
  }
  return {
    holdRing: async (name) => {
      await client.query('SELECT pg_advisory_lock_shared($1, hashtext($2))', [RINGS, name])
    },
    releaseRing: async (name) => {
      await client.query('SELECT pg_advisory_unlock_shared($1, hashtext($2))', [RINGS, name])
    },
    tryRotation: async () => {
      const { rows } = await client.query('SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS locked', [ROTATION])
      return rows[0]?.locked === true
    },
    close: () => {
      ended = true
      return client.end()
    },
  }
}

type Db = Pick<RegistryClient, '$queryRaw' | '$executeRaw'>

/** Tells every process that the ring's file has changed. */
export async function announceChange(db: Db): Promise<void> {
  await db.$executeRaw`SELECT pg_notify(${CHANGED}, '')`
}

/** How many processes work with another ring than this one. */
export async function countBehind(db: Db, name: string): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM pg_locks
    WHERE locktype = 'advisory' AND objsubid = 2 AND classid = ${RINGS}::int::oid AND granted
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
      AND objid <> (hashtext(${name})::bigint & 4294967295)::oid`
  return row?.count ?? 0
}

/** The database's clock, as it writes it. */
export async function findMoment(db: Db): Promise<string> {
  const [row] = await db.$queryRaw<{ at: string }[]>`SELECT clock_timestamp()::text AS at`
  return row?.at ?? ''
}

/** Whether one of the registry's transactions began before this moment and is still under way. */
export async function isAnyOlder(db: Db, moment: string): Promise<boolean> {
  const [row] = await db.$queryRaw<{ older: boolean }[]>`
    SELECT EXISTS (SELECT FROM pg_stat_activity
                   WHERE datname = current_database() AND usename = current_user AND backend_type = 'client backend'
                     AND xact_start < ${moment}::timestamptz AND pid <> pg_backend_pid()) AS older`
  return row?.older ?? true
}

/** What is sealed under one key. */
export interface UnderKey {
  readonly key: string
  readonly niks: number
  readonly kks: number
  readonly lookUps: number
}

/** How much is sealed under each key, by the key's id. Reads the tables whole. */
export async function countByKey(db: Db): Promise<UnderKey[]> {
  return db.$queryRaw<UnderKey[]>`
    SELECT key, sum(niks)::int AS niks, sum(kks)::int AS kks, sum(look_ups)::int AS "lookUps"
    FROM (SELECT nik_key_id AS key, count(*) AS niks, 0 AS kks, 0 AS look_ups FROM person
          WHERE nik_key_id IS NOT NULL GROUP BY 1
          UNION ALL SELECT kk_key_id, 0, count(*), 0 FROM person_kk GROUP BY 1
          UNION ALL SELECT key, 0, 0, count(*) FROM siak_lookup
          CROSS JOIN LATERAL (SELECT DISTINCT k AS key FROM unnest(ARRAY[nik_key_id, record_key_id]) k WHERE k IS NOT NULL) of
          GROUP BY 1) counted
    GROUP BY key ORDER BY key`
}

/** Rows of which something is not sealed under this key. */
export async function countLeft(db: Db, key: string): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>`
    SELECT ((SELECT count(*) FROM person WHERE nik_key_id <> ${key})
            + (SELECT count(*) FROM person_kk WHERE kk_key_id <> ${key})
            + (SELECT count(*) FROM siak_lookup WHERE nik_key_id <> ${key} OR record_key_id <> ${key}))::int AS count`
  return row?.count ?? 0
}
