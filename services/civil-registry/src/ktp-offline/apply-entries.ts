import { isDeepStrictEqual } from 'node:util'
import type { ChildId } from '@satuanak/contracts'
import { aktaText, Refusal } from '@satuanak/domain-kit'
import type { Caller } from '@satuanak/identity'
import { SessionNotOpen } from '@satuanak/offline-session/rules'
import { isUnsound, type JournalEntry, timesOf, workOf } from '@satuanak/offline-session/server'
import type { RegistryApp, RegistryTx } from '../app.ts'
import { changeChecklistInTx } from '../ktp-session/change-checklist.ts'
import { getSessionInTx } from '../ktp-session/get-session.ts'
import { markAbsentInTx } from '../ktp-session/mark-absent.ts'
import { startSessionInTx } from '../ktp-session/start-session.ts'
import { takeStepInTx } from '../ktp-session/work-pupil.ts'
import { correctByAktaInTx } from '../ktp-steps/correct-by-akta.ts'
import { sendCorrections } from '../siak-correction/send-corrections.ts'
import { type Bundle, type Conflict, clockConflict, conflictBehind } from './domain.ts'
import { getOpenBundle } from './get-open-bundle.ts'
import { findEntries, findEntriesOf, type KeptEntry, saveEntriesInTx } from './repository.ts'

/** The entries of one pupil, or (null) of the session itself, in the order of the journal. */
export interface OfOne {
  readonly bundle: Bundle
  readonly uploadId: string
  readonly childId: ChildId | null
  readonly entries: readonly JournalEntry[]
  readonly requestId: string
}

/** What follows from an entry that was taken: a conflict, or a note for SIAK to hear of (DOC-12). */
interface Taken {
  readonly conflict: Conflict | null
  readonly note?: string | null
}

/**
 * Applies what is new of one pupil's entries through the same use cases as online, in one transaction. After a conflict the
 * rest of this pupil's is kept and not applied: half of two devices' work is nobody's.
 * @throws BundleRevoked, where that came in between.
 * @returns ids of entries that came before with another content; the first one stands.
 */
export async function applyEntries(app: RegistryApp, caller: Caller, of: OfOne): Promise<readonly string[]> {
  const { bundle, uploadId, childId, entries } = of
  const { changed, notes } = await app.inTransaction(async (tx) => {
    // Holds the session: the same result that comes twice at the same moment is applied once.
    await getSessionInTx(tx, caller, bundle.sessionId)
    await getOpenBundle(app, tx, bundle.id)
    const own = await findEntriesOf(tx, bundle.id, childId)
    const ids = entries.map(({ id }) => id)
    const before = new Map([...own, ...(await findEntries(tx, bundle.id, ids))].map((kept) => [kept.id, kept]))
    let isStopped = childId !== null && own.some(({ conflict }) => conflict !== null)
    const news: KeptEntry[] = []
    const notes: string[] = []
    for (const entry of entries.filter(({ id }) => !before.has(id))) {
      const { conflict, note } = isStopped ? STOPPED : await applyInTx(app, tx, caller, of, entry)
      if (note) notes.push(note)
      isStopped ||= childId !== null && conflict !== null
      news.push({ id: entry.id, uploadId, entry, conflict })
    }
    await saveEntriesInTx(tx, bundle.id, childId, news, own.length)
    const changed = entries.filter((entry) => {
      const kept = before.get(entry.id)
      return kept && !isDeepStrictEqual(kept.entry, entry)
    })
    return { changed: changed.map(({ id }) => id), notes }
  })
  // SIAK is outside the house: it hears of it once the note is written, outside its transaction.
  await sendCorrections(app, notes)
  return changed
}

const STOPPED: Taken = { conflict: 'SETELAH_BENTROK' }

/** @returns why it could not be applied; null where it was. Whatever refuses does so before anything is written. */
async function applyInTx(
  app: RegistryApp,
  tx: RegistryTx,
  caller: Caller,
  of: OfOne,
  entry: JournalEntry,
): Promise<Taken> {
  const conflict = clockConflict(of.bundle, timesOf(entry), app.now())
  if (conflict !== null) return { conflict }
  try {
    return await enterInTx(app, tx, caller, of, entry)
  } catch (error) {
    const behind = error instanceof Refusal ? conflictBehind(error) : null
    if (behind === null) throw error
    return { conflict: behind }
  }
}

async function enterInTx(
  app: RegistryApp,
  tx: RegistryTx,
  caller: Caller,
  { bundle, requestId: correlationid }: OfOne,
  entry: JournalEntry,
): Promise<Taken> {
  const { sessionId, takenBy: officer, childIds } = bundle
  if ('childId' in entry && !childIds.includes(entry.childId)) return { conflict: 'TIDAK_DITEMUKAN' }
  if (isUnsound(entry)) return { conflict: 'TIDAK_SAH' }
  const { to: at } = timesOf(entry)
  switch (entry.kind) {
    case 'CHECKLIST':
      await changeChecklistInTx(tx, caller, sessionId, { items: entry.items, state: entry.state, at })
      return DONE
    case 'START':
      await startInTx(tx, caller, sessionId, at)
      return DONE
    case 'ABSENT':
      await markAbsentInTx(app, tx, caller, { sessionId, childId: entry.childId, reason: entry.reason, at })
      return DONE
    case 'STEP': {
      const { step, finding } = workOf(entry)
      const taken = { sessionId, childId: entry.childId, entry: { ...step, officer }, finding, correlationid }
      const akta = entry.aktaNumber === null ? null : aktaText(entry.aktaNumber)
      if (akta?.ok) return { conflict: null, note: await correctByAktaInTx(app, tx, caller, taken, akta.value) }
      await takeStepInTx(app, tx, caller, taken)
      return DONE
    }
  }
}

const DONE: Taken = { conflict: null }

/** Started elsewhere meanwhile is started: of two devices at one school both say it. */
async function startInTx(tx: RegistryTx, caller: Caller, id: string, at: Temporal.Instant): Promise<void> {
  await startSessionInTx(tx, caller, id, at).catch((error: unknown) => {
    if (!(error instanceof SessionNotOpen && error.state === 'BERLANGSUNG')) throw error
  })
}
