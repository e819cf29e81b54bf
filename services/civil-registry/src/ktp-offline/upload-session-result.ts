import type { ChildId } from '@satuanak/contracts'
import { fields, orRefuse, text } from '@satuanak/domain-kit'
import { audit, type Caller } from '@satuanak/identity'
import {
  childOfEntry,
  claimedBundle,
  type JournalEntry,
  NotGenuine,
  openResult,
  RESULT_LENGTH,
} from '@satuanak/offline-session/server'
import type { RegistryApp } from '../app.ts'
import { getSessionInTx } from '../ktp-session/get-session.ts'
import { applyEntries } from './apply-entries.ts'
import { type Bundle, type Verdict, verdictOf } from './domain.ts'
import { ResultNotGenuine } from './errors.ts'
import { getOpenBundle } from './get-open-bundle.ts'
import { findEntries, type KeptConflict, type KeptEntry, saveUploadInTx } from './repository.ts'

export interface UploadSessionResult {
  readonly requestId: string
  /** As the client's `results()` gave it. */
  readonly result: string
}

/** What became of one pupil's entries, or (null) of the session's own. */
export interface Outcome {
  readonly childId: ChildId | null
  readonly verdict: Verdict
  /** How many stand, whenever they came in. */
  readonly applied: number
  readonly conflicts: readonly KeptConflict[]
}

export interface Uploaded {
  readonly id: string
  readonly bundle: Bundle
  readonly outcomes: readonly Outcome[]
}

/**
 * Takes in what was done without a network (EC-49). Each entry is applied once, however often and in however many parts it
 * comes; each pupil in a transaction of its own, so that one conflict keeps nobody else out, and what the connection cut off
 * goes on where it stopped. What cannot be applied is kept, with its reason.
 * @throws InvalidInput, BundleNotFound, ResultNotGenuine, BundleRevoked, BundleExpired, NotPermitted, RequestIdReused.
 */
export async function uploadSessionResult(
  app: RegistryApp,
  caller: Caller,
  command: UploadSessionResult,
): Promise<Uploaded> {
  const { value } = orRefuse(fields({ result: text(command.result, { rule: 'EC-49', max: RESULT_LENGTH }) }))
  const { bundle, entries } = await genuine(app, value.result)
  const id = await app.once(caller, { name: 'uploadSessionResult', ...command, input: command }, async (tx) => {
    await getSessionInTx(tx, caller, bundle.sessionId)
    // Once more, now that the session is held: it may have been revoked just now.
    await getOpenBundle(app, tx, bundle.id)
    const upload = { id: app.newId<string>(), bundleId: bundle.id, uploadedBy: caller.subject, uploadedAt: app.now() }
    await saveUploadInTx(tx, upload)
    const children = [...new Set(entries.flatMap((entry) => childOfEntry(entry) ?? []))]
    const detail = { session: bundle.sessionId, bundle: bundle.id, deed: 'UPLOAD', entries: entries.length }
    await audit(tx, caller, 'ktp.record', children, detail)
    return upload.id
  })
  const changed = new Set<string>()
  for (const [childId, own] of Map.groupBy(entries, childOfEntry)) {
    const { requestId } = command
    for (const one of await applyEntries(app, caller, { bundle, uploadId: id, childId, entries: own, requestId })) {
      changed.add(one)
    }
  }
  const kept = await findEntries(
    app.db,
    bundle.id,
    entries.map((entry) => entry.id),
  )
  return { id, bundle, outcomes: outcomesOf(entries, kept, changed, id) }
}

/** Signature, bundle and session, before anything is believed or written. */
async function genuine(app: RegistryApp, signed: string) {
  try {
    const bundleId = claimedBundle(signed)
    const bundle = await getOpenBundle(app, app.db, bundleId)
    const { sessionId, entries } = await openResult(signed, bundleId, bundle.deviceKey.sign)
    if (sessionId !== bundle.sessionId) throw new ResultNotGenuine()
    return { bundle, entries: distinct(entries) }
  } catch (error) {
    throw error instanceof NotGenuine ? new ResultNotGenuine() : error
  }
}

/** A journal does not name one entry twice. */
function distinct(entries: readonly JournalEntry[]): readonly JournalEntry[] {
  if (new Set(entries.map(({ id }) => id)).size < entries.length) throw new ResultNotGenuine()
  return entries
}

function outcomesOf(
  sent: readonly JournalEntry[],
  kept: readonly KeptEntry[],
  changed: ReadonlySet<string>,
  uploadId: string,
): readonly Outcome[] {
  const byId = new Map(kept.map((one) => [one.id, one]))
  return [...Map.groupBy(sent, childOfEntry)].map(([childId, entries]) => {
    const came = entries.flatMap((entry): KeptEntry[] => {
      const one = byId.get(entry.id)
      if (!one) return []
      return [changed.has(entry.id) ? { ...one, entry, conflict: 'ENTRI_BERUBAH' } : one]
    })
    const conflicts = came.flatMap(({ conflict, entry }) => (conflict === null ? [] : [{ conflict, entry }]))
    return { childId, verdict: verdictOf(came, uploadId), applied: came.length - conflicts.length, conflicts }
  })
}
