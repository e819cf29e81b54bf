import type { ServiceName } from '@satuanak/contracts'
import type { SqlClient } from '../tx.ts'

/** The database already belongs to another service: a wrong DATABASE_URL would mix two agencies' records. */
export class ForeignDatabase extends Error {
  override readonly name = 'ForeignDatabase'
  constructor(owner: string, asked: string) {
    super(`This database belongs to the service "${owner}", not to "${asked}": check its database address.`)
  }
}

/**
 * Writes whose database this is and in which IANA zone its offices' clocks run; `emit` reads both. Idempotent.
 *
 * @throws ForeignDatabase when the database was declared for another service
 * @throws RangeError when the zone is not an IANA zone
 */
export async function declareService(
  sql: SqlClient,
  service: { readonly name: ServiceName; readonly zone: string },
): Promise<void> {
  Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(service.zone)
  const [row] = await sql.$queryRawUnsafe<{ name: string }[]>(
    `INSERT INTO platform.service AS known (name, zone) VALUES ($1, $2)
     ON CONFLICT (only_row) DO UPDATE SET zone = CASE WHEN known.name = $1 THEN $2 ELSE known.zone END
     RETURNING name`,
    service.name,
    service.zone,
  )
  if (row && row.name !== service.name) throw new ForeignDatabase(row.name, service.name)
}
