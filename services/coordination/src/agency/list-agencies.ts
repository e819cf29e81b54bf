import type { Agency } from './domain.ts'
import { findAgencies } from './repository.ts'

/** Every agency that can be sent a referral (DOMAIN §8), by code. */
export function listAgencies(app: { readonly db: Parameters<typeof findAgencies>[0] }): Promise<readonly Agency[]> {
  return findAgencies(app.db)
}
