import { createHmac, randomUUIDv7 } from 'node:crypto'
import type { Caller } from '@satuanak/identity'
import type { SqlClient, Tx } from '@satuanak/messaging'
import { RequestIdReused } from './errors.ts'

/** A service's Prisma client, as far as the kit needs it. */
export interface Database extends SqlClient {
  $transaction<T>(run: (client: unknown) => Promise<T>, options?: { maxWait?: number; timeout?: number }): Promise<T>
  $disconnect(): Promise<void>
}

/** The client that Prisma hands to the body of an interactive transaction. */
export type TransactionClient<Db> = Omit<
  Db,
  '$connect' | '$disconnect' | '$on' | '$use' | '$transaction' | '$extends'
> &
  SqlClient

/** A mutation's command as far as idempotency needs it. */
export interface Request {
  /** The use case's verb-noun name, also the mutation's. */
  readonly name: string
  /** Chosen by the client, a UUID, one per intention of the user. */
  readonly requestId: string
  readonly input: unknown
}

/** What every use case is given: the database, the clock, new ids, and the two ways to write. */
export interface App<Db extends Database = Database> {
  /** For a repository's reads. Writes go through a transaction. */
  readonly db: Db
  now(): Temporal.Instant
  /** Today on the office's own calendar (EC-65). */
  today(): Temporal.PlainDate
  /** A UUIDv7, branded by the caller. */
  newId<Id extends string>(): Id
  inTransaction<T>(run: (tx: Tx<TransactionClient<Db>>) => Promise<T>): Promise<T>
  /**
   * A transaction that happens once per request id: a second call with the same id and input returns the first one's
   * result and writes nothing.
   * @throws RequestIdReused where the id came before with another input, mutation or caller.
   */
  once<Id extends string>(
    caller: Caller,
    request: Request,
    run: (tx: Tx<TransactionClient<Db>>) => Promise<Id>,
  ): Promise<Id>
}

export interface AppParts<Db extends Database> {
  readonly db: Db
  readonly now: () => Temporal.Instant
  /** IANA zone of the office. */
  readonly zone: string
  /** Keys the fingerprints of inputs: a bare hash of an input that holds a NIK could be guessed back. 32 bytes. */
  readonly fingerprintKey: Uint8Array
}

/** How long a transaction may wait for a connection, and run, in milliseconds. */
const TRANSACTION = { maxWait: 5_000, timeout: 15_000 }

export function createApp<Db extends Database>({ db, now, zone, fingerprintKey }: AppParts<Db>): App<Db> {
  const inTransaction: App<Db>['inTransaction'] = (run) =>
    db.$transaction((client) => run(client as Tx<TransactionClient<Db>>), TRANSACTION)
  return {
    db,
    now,
    today: () => now().toZonedDateTimeISO(zone).toPlainDate(),
    newId: <Id extends string>() => randomUUIDv7() as Id,
    inTransaction,
    once: (caller, request, run) =>
      inTransaction(async (tx) => {
        const fingerprint = createHmac('sha256', fingerprintKey).update(canonical(request.input)).digest()
        const earlier = await claim(tx, { ...request, actor: caller.subject, fingerprint, at: now() })
        if (earlier !== null) return earlier as Awaited<ReturnType<typeof run>>
        const result = await run(tx)
        await tx.$executeRawUnsafe(
          `UPDATE platform.request SET result = $2 WHERE request_id = $1::uuid`,
          request.requestId,
          result,
        )
        return result
      }),
  }
}

interface Claim extends Request {
  readonly actor: string
  readonly fingerprint: Uint8Array
  readonly at: Temporal.Instant
}

/** Takes the request id, waiting for a twin that is still at work; returns the earlier result where there is one. */
async function claim(tx: Tx, { requestId, actor, name, fingerprint, at }: Claim): Promise<string | null> {
  const claimed = await tx.$executeRawUnsafe(
    `INSERT INTO platform.request (request_id, actor, name, fingerprint, result, at)
     VALUES ($1::uuid, $2, $3, $4, '', $5::timestamptz) ON CONFLICT DO NOTHING`,
    requestId,
    actor,
    name,
    fingerprint,
    at.toString(),
  )
  if (claimed === 1) return null
  const [earlier] = await tx.$queryRawUnsafe<{ result: string; same: boolean }[]>(
    `SELECT result, (actor = $2 AND name = $3 AND fingerprint = $4) AS same
     FROM platform.request WHERE request_id = $1::uuid`,
    requestId,
    actor,
    name,
    fingerprint,
  )
  if (!earlier?.same) throw new RequestIdReused()
  return earlier.result
}

/** The same input gives the same text whatever the order of its keys. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner) && !('toJSON' in inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}
