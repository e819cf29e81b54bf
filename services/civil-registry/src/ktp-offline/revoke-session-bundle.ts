import { fields, orRefuse, uuid } from '@satuanak/domain-kit'
import { audit, type Caller } from '@satuanak/identity'
import type { RegistryApp } from '../app.ts'
import { getSessionInTx } from '../ktp-session/get-session.ts'
import { BundleNotFound } from './errors.ts'
import { findBundle, revokeBundleInTx } from './repository.ts'

export interface RevokeSessionBundle {
  readonly requestId: string
  readonly bundleId: string
}

/**
 * Revokes a bundle, as of a lost laptop: no result of it is taken from now on; what was applied stays. Revoked once more it
 * stays revoked.
 * @returns the session's id.
 * @throws InvalidInput, BundleNotFound, NotPermitted, RequestIdReused.
 */
export async function revokeSessionBundle(
  app: RegistryApp,
  caller: Caller,
  command: RevokeSessionBundle,
): Promise<string> {
  const { value } = orRefuse(fields({ bundleId: uuid(command.bundleId, { rule: 'EC-49' }) }))
  return app.once(caller, { name: 'revokeSessionBundle', ...command, input: command }, async (tx) => {
    const bundle = await findBundle(tx, value.bundleId)
    if (bundle === null) throw new BundleNotFound('bundleId')
    // Locks the session: an upload that is being applied is finished first, and the next one sees this.
    const { id: session } = await getSessionInTx(tx, caller, bundle.sessionId)
    await revokeBundleInTx(tx, bundle.id, caller.subject, app.now())
    await audit(tx, caller, 'ktp.session.plan', bundle.childIds, { session, bundle: bundle.id, deed: 'REVOKE' })
    return session
  })
}
