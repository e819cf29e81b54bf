import type { ServiceName } from '@satuanak/contracts'
import pg from 'pg'
import type { Broker } from '../broker/broker.ts'
import type { Log } from '../log.ts'
import { pgSql, transactionOn } from '../pg.ts'
import { outboxState, unmarkAllInTx } from './outbox.ts'
import { createRelay } from './relay.ts'

export interface RebuildOptions {
  readonly service: ServiceName
  readonly databaseUrl: string
  readonly broker: Broker
  readonly log: Log
  /** Told how many events are still to be published, each time the number has changed. */
  readonly onProgress?: (left: number) => void
}

/** Nothing was published for a while: the broker or the relay that leads is stuck. */
class RebuildStuck extends Error {
  override readonly name = 'RebuildStuck'
}

const LOOK_MS = 50
const STUCK_AFTER_MS = 30_000

/**
 * Throws a service's stream away, with its consumers, and publishes every event of its outbox into a new one, in order.
 * Works while the service runs (its relay publishes) and while it does not (a relay of our own does). Consumers make
 * themselves anew and hear everything again; their inboxes keep the effects single.
 *
 * @returns how many events were published again
 * @throws RebuildStuck when nothing was published for 30 seconds
 */
export async function rebuildStream(options: RebuildOptions): Promise<number> {
  const { service, databaseUrl, broker, log } = options
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  const relay = createRelay({ service, databaseUrl, broker, log })
  try {
    await broker.deleteStream(service)
    const { created } = await broker.ensureStream(service)
    const again = await transactionOn(client, (tx) => unmarkAllInTx(tx, created))
    // Stands by while the service's own relay leads.
    relay.start()
    await untilPublished(client, options)
    return again
  } finally {
    await relay.close()
    await client.end()
  }
}

async function untilPublished(client: pg.Client, { service, onProgress }: RebuildOptions): Promise<void> {
  let left = -1
  let moved = performance.now()
  for (;;) {
    const { unpublished } = await outboxState(pgSql(client))
    if (unpublished !== left) {
      moved = performance.now()
      left = unpublished
      onProgress?.(left)
    }
    if (left === 0) return
    if (performance.now() - moved > STUCK_AFTER_MS) {
      throw new RebuildStuck(`${service}: ${left} events are still not published, none in the last 30 seconds`)
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
  }
}
