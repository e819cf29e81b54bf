import type { ChildId, KtpSiakField } from '@satuanak/contracts'
import type { JSONWebKeySet } from 'jose'
import type { DeviceKeys } from './device-keys.ts'
import { type BundleContent, type Journal, type JournalEntry, momentOf, RULES } from './format.ts'
import { keepJournal, readJournal, signResults } from './journal.ts'
import { assertOpen, BundleUnusable, openBundle } from './open-bundle.ts'
import { atTheTable, type Standing, standAfter } from './replay.ts'
import type { Absence, HandedIn, ItemState, Place, PupilStepId, RecordingException } from './rules/index.ts'

export interface OpenSession {
  /** As `takeSessionBundle` gave it. */
  readonly sealed: string
  readonly keys: DeviceKeys
  /** The registry's public keys, as the application was installed with them. */
  readonly trusted: JSONWebKeySet
  /** What was kept before the power went. */
  readonly kept?: string
  /** The device's clock. */
  readonly now?: () => Temporal.Instant
}

/** One step for one pupil; what it found, where it finds anything. It ends when it is entered. */
export interface OfflineStep {
  readonly childId: ChildId
  readonly step: PupilStepId
  /** The SOP's branch; null where the step has none. */
  readonly outcome: string | null
  readonly startedAt: Temporal.Instant
  /** Handed in, with BLG-03 or BLG-06 (KT-06). */
  readonly papers?: readonly HandedIn[]
  readonly siakFields?: readonly KtpSiakField[]
  readonly exceptions?: readonly RecordingException[]
  readonly place?: Place
  /** With BLG-05: of the akta in hand (ID-17). */
  readonly aktaNumber?: string
}

/** A recording day without a network. Each deed is refused by the rules that hold online, in the same words. */
export interface OfflineSession {
  readonly content: BundleContent
  /** State, checklist and pupils as they stand by now. From the recording on the registry alone knows of the card. */
  readonly standing: Standing
  readonly entries: readonly JournalEntry[]
  /** @throws SessionNotOpen, BundleUnusable. */
  changeChecklist(items: readonly string[], state: ItemState): JournalEntry
  /** @throws SessionNotOpen, ChecklistIncomplete, BundleUnusable. */
  start(): JournalEntry
  /** @throws InvalidInput, SessionNotOpen, PupilNotFound, StepNotTaken, BundleUnusable. */
  takeStep(step: OfflineStep): JournalEntry
  /** @throws SessionNotOpen, PupilNotFound, PupilDone, BundleUnusable. */
  markAbsent(childId: ChildId, reason: Absence): JournalEntry
  /** The journal, sealed to this device: to be stored after every entry (EC-49). */
  keep(): Promise<string>
  /** What `uploadSessionResult` is told, one text per call. */
  results(): Promise<readonly string[]>
}

/** Opens a bundle, and goes on where the kept journal ends. @throws BundleUnusable. */
export async function openSession(options: OpenSession): Promise<OfflineSession> {
  const { sealed, keys, trusted, kept, now = () => Temporal.Now.instant() } = options
  const content = await openBundle(sealed, keys, trusted, now())
  const { bundleId, sessionId } = content
  const before = kept === undefined ? null : await readJournal(kept, keys)
  if (before !== null && before.bundleId !== bundleId) throw new BundleUnusable('NOT_GENUINE')
  const entries: JournalEntry[] = []
  let standing = atTheTable(content)
  const add = (entry: JournalEntry) => {
    standing = standAfter(standing, entry)
    entries.push(entry)
    return entry
  }
  for (const entry of before?.entries ?? []) add(entry)

  const journal = (): Journal => ({ bundleId, sessionId, rules: RULES, entries: [...entries] })
  /** A new entry, ended just now; applied before it is written down, so that what is refused leaves no trace. */
  const enter = (make: (common: { readonly id: string; readonly at: string }) => JournalEntry) => {
    const at = now()
    assertOpen(content, at)
    return add(make({ id: crypto.randomUUID(), at: momentOf(at) }))
  }
  return {
    content,
    get standing() {
      return standing
    },
    get entries() {
      return [...entries]
    },
    changeChecklist: (items, state) => enter((common) => ({ ...common, kind: 'CHECKLIST', items: [...items], state })),
    start: () => enter((common) => ({ ...common, kind: 'START' })),
    takeStep: (step) => enter(({ id, at }) => ({ ...stepOf(step), id, endedAt: at })),
    markAbsent: (childId, reason) => enter((common) => ({ ...common, kind: 'ABSENT', childId, reason })),
    keep: () => keepJournal(journal(), keys),
    results: () => signResults(journal(), keys),
  }
}

function stepOf({ papers = [], siakFields = [], exceptions = [], place, aktaNumber, startedAt, ...step }: OfflineStep) {
  const there = place ?? (step.step === 'BLG-06' ? 'SEKOLAH' : null)
  const found = {
    papers: [...new Set(papers)],
    siakFields: [...new Set(siakFields)],
    exceptions: [...new Set(exceptions)],
    place: there,
  }
  return { ...step, ...found, aktaNumber: aktaNumber ?? null, kind: 'STEP', startedAt: momentOf(startedAt) } as const
}
