import { ChildId, KtpSiakField, Precision, Sex } from '@satuanak/contracts'
import { z } from 'zod'
import { ABSENCES, EXCEPTIONS, HANDED_IN, ITEM_STATES, PLACES, PUPIL_STATES } from './rules/index.ts'

/**
 * What travels between the registry and a device: the bundle out, the result back (ADR 0021). Of a pupil what an officer
 * needs at the table, and of the work ids, codes and times; no biometrics (KT-04), no whole NIK (PV-10).
 */

/** The rules both sides go by. A client that knows others neither opens a bundle nor signs a result. */
export const RULES = 2

/** Entries that go into one result; more are sent in several. */
export const ENTRIES_PER_RESULT = 100
/** A result as it is sent, in characters. */
export const RESULT_LENGTH = 100_000

export const BUNDLE = { jws: 'satuanak-session-bundle+jws', jwe: 'satuanak-session-bundle+jwe' } as const
export const JOURNAL = { jws: 'satuanak-session-journal+jws', jwe: 'satuanak-session-journal+jwe' } as const
export const RESULT_TYP = 'satuanak-session-result+jws'
/** To the device: ECDH-ES on P-256, so that only its own key opens it. */
export const SEAL = { alg: 'ECDH-ES+A256KW', enc: 'A256GCM' } as const
/** Of the registry either; of a device ES256, which every browser has. */
export const BUNDLE_ALGORITHMS = ['EdDSA', 'ES256'] as const
export const DEVICE_ALGORITHM = 'ES256'

const WRITTEN = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/
const isMoment = (text: string): boolean => {
  try {
    return WRITTEN.test(text) && Temporal.Instant.from(text).epochMilliseconds > 0
  } catch {
    return false // the form is right, the calendar has no such day
  }
}
/** UTC, to the millisecond, in one spelling: what the registry keeps is what the device wrote. */
const Moment = z.string().refine(isMoment)
export const momentOf = (at: Temporal.Instant): string => at.toString({ smallestUnit: 'millisecond' })

const PUPIL_STEPS = ['BLG-03', 'BLG-04', 'BLG-05', 'BLG-06'] as const
const Code = z.string().regex(/^[A-Z_]{2,40}$/)

const BundledStep = z.strictObject({
  step: z.enum(PUPIL_STEPS),
  outcome: Code.nullable(),
  startedAt: Moment,
  endedAt: Moment,
})

const BundledPupil = z.strictObject({
  childId: ChildId,
  /** From 1, of those in the bundle: a gap would tell of whom it leaves out (PV-14). */
  number: z.int(),
  name: z.string(),
  sex: Sex,
  /** `2009-12-01`; null where nobody knows it. */
  birthDate: z.string().nullable(),
  birthDatePrecision: Precision,
  /** Last four digits only (PV-10); null where there is none, or the officer may not see that much. */
  nik: z
    .string()
    .regex(/^\*{12}\d{4}$/)
    .nullable(),
  state: z.enum(PUPIL_STATES),
  reason: z.string().nullable(),
  papers: z.array(z.enum(HANDED_IN)),
  siakFields: z.array(KtpSiakField),
  exceptions: z.array(z.enum(EXCEPTIONS)),
  place: z.enum(PLACES).nullable(),
  steps: z.array(BundledStep),
})
export type BundledPupil = z.infer<typeof BundledPupil>

const ItemCheck = z.strictObject({ item: Code, state: z.enum(ITEM_STATES) })

export const BundleContent = z.strictObject({
  bundleId: z.uuid(),
  sessionId: z.uuid(),
  /** Tells two bundles of one session apart that were taken as it stood differently. */
  sessionVersion: z.string(),
  npsn: z.string(),
  startsAt: Moment,
  state: z.enum(['DIJADWALKAN', 'BERLANGSUNG']),
  /** The SOP by its own number. */
  sop: z.string(),
  rules: z.literal(RULES),
  takenAt: Moment,
  /** From here on nothing is entered. */
  expiresAt: Moment,
  /** RFC 7638 thumbprint of the device's signing key. */
  device: z.string(),
  checklist: z.array(ItemCheck),
  pupils: z.array(BundledPupil),
})
export type BundleContent = z.infer<typeof BundleContent>

const ofEntry = { id: z.uuid() }

/** One thing done without a network, under an id of its own: it is applied once however often it comes (EC-46). */
export const JournalEntry = z.discriminatedUnion('kind', [
  z.strictObject({
    ...ofEntry,
    kind: z.literal('STEP'),
    childId: ChildId,
    step: z.enum(PUPIL_STEPS),
    outcome: Code.nullable(),
    startedAt: Moment,
    endedAt: Moment,
    /** Handed in (KT-06). Entries that were kept under the rules before have none. */
    papers: z.array(z.enum(HANDED_IN)).max(HANDED_IN.length).default([]),
    siakFields: z.array(KtpSiakField).max(8),
    exceptions: z.array(z.enum(EXCEPTIONS)).max(EXCEPTIONS.length),
    place: z.enum(PLACES).nullable(),
    /** With BLG-05: of the akta in hand (ID-17). */
    aktaNumber: z.string().max(50).nullable(),
  }),
  z.strictObject({
    ...ofEntry,
    kind: z.literal('ABSENT'),
    childId: ChildId,
    reason: z.enum(ABSENCES),
    at: Moment,
  }),
  z.strictObject({
    ...ofEntry,
    kind: z.literal('CHECKLIST'),
    items: z.array(Code).min(1).max(20),
    state: z.enum(ITEM_STATES),
    at: Moment,
  }),
  z.strictObject({ ...ofEntry, kind: z.literal('START'), at: Moment }),
])
export type JournalEntry = z.infer<typeof JournalEntry>
export type StepTaken = Extract<JournalEntry, { kind: 'STEP' }>

const ofBundle = { bundleId: z.uuid(), sessionId: z.uuid(), rules: z.literal(RULES) }

/** All that was done with a bundle, as the device keeps it; entries are only ever added. */
export const Journal = z.strictObject({ ...ofBundle, entries: z.array(JournalEntry) })
export type Journal = z.infer<typeof Journal>

/** The journal or a part of it, as it is uploaded. */
export const Result = z.strictObject({
  ...ofBundle,
  entries: z.array(JournalEntry).min(1).max(ENTRIES_PER_RESULT),
})
export type Result = z.infer<typeof Result>

/** The child an entry is about; null for one of the whole session. */
export const childOfEntry = (entry: JournalEntry): ChildId | null => ('childId' in entry ? entry.childId : null)

/** When an entry began and ended by the device's clock. */
export function timesOf(entry: JournalEntry): { readonly from: Temporal.Instant; readonly to: Temporal.Instant } {
  const [from, to] = entry.kind === 'STEP' ? [entry.startedAt, entry.endedAt] : [entry.at, entry.at]
  return { from: Temporal.Instant.from(from), to: Temporal.Instant.from(to) }
}

/** A public P-256 key as its two coordinates (RFC 7518 §6.2.1). */
export interface PublicPoint {
  readonly x: string
  readonly y: string
}

/** What a device shows of itself: it signs results with one key, bundles are sealed to the other. */
export interface DeviceKey {
  readonly sign: PublicPoint
  readonly seal: PublicPoint
}

export const jwkOf = ({ x, y }: PublicPoint) => ({ kty: 'EC', crv: 'P-256', x, y }) as const
