import type { RegistryApp, RegistryTx } from '../app.ts'
import { type Bundle, isTooLate } from './domain.ts'
import { BundleExpired, BundleNotFound, BundleRevoked } from './errors.ts'
import { findBundle } from './repository.ts'

/** A bundle of which results are taken. @throws BundleNotFound, BundleRevoked, BundleExpired. */
export async function getOpenBundle(
  app: RegistryApp,
  reader: RegistryApp['db'] | RegistryTx,
  id: string,
): Promise<Bundle> {
  const bundle = await findBundle(reader, id)
  if (bundle === null) throw new BundleNotFound('result')
  if (bundle.revokedAt !== null) throw new BundleRevoked('result')
  if (isTooLate(bundle, app.now())) throw new BundleExpired('result')
  return bundle
}
