import { importJWK } from 'jose'
import type { DeviceKeys } from './device-keys.ts'
import { type SigningKey, sign, signAndSeal, unsealed } from './envelope.ts'
import { DEVICE_ALGORITHM, ENTRIES_PER_RESULT, JOURNAL, Journal, jwkOf, RESULT_TYP, Result } from './format.ts'
import { BundleUnusable } from './open-bundle.ts'

const signing = (keys: DeviceKeys, kid: string): SigningKey => ({ key: keys.sign, kid, alg: DEVICE_ALGORITHM })

/** The journal as a device keeps it through a loss of power: signed and sealed by its own keys for itself alone. */
export const keepJournal = (journal: Journal, keys: DeviceKeys): Promise<string> =>
  signAndSeal(journal, signing(keys, journal.bundleId), keys.deviceKey.seal, JOURNAL)

/** The inverse of `keepJournal`. @throws BundleUnusable where it is not this device's. */
export async function readJournal(kept: string, keys: DeviceKeys): Promise<Journal> {
  try {
    const own = await importJWK(jwkOf(keys.deviceKey.sign), DEVICE_ALGORITHM)
    const signer = { key: async () => own, algorithms: [DEVICE_ALGORITHM] }
    return Journal.parse(await unsealed(kept, keys.seal, JOURNAL, signer))
  } catch {
    throw new BundleUnusable('NOT_GENUINE')
  }
}

/**
 * What `uploadSessionResult` is told, one text per call, in this order. Sending all of it again does no harm: what was
 * applied is not applied twice. Needs no bundle, so that what was entered can be sent after it expired.
 * @param kept the journal, as `OfflineSession.keep` gave it.
 */
export async function resultsOf(kept: string, keys: DeviceKeys): Promise<readonly string[]> {
  return signResults(await readJournal(kept, keys), keys)
}

/** Likewise of a journal at hand. */
export async function signResults({ entries, ...of }: Journal, keys: DeviceKeys): Promise<readonly string[]> {
  const parts = Array.from({ length: Math.ceil(entries.length / ENTRIES_PER_RESULT) }, (_, part) =>
    entries.slice(part * ENTRIES_PER_RESULT, (part + 1) * ENTRIES_PER_RESULT),
  )
  return Promise.all(
    parts.map((part) => sign(Result.parse({ ...of, entries: part }), signing(keys, of.bundleId), RESULT_TYP)),
  )
}
