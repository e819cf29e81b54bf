import {
  type AgencyCode,
  type ChildId,
  type MatchVerdict,
  PAPERS,
  type Paper,
  type Particulars,
} from '@satuanak/contracts'

/** A child as the registry keeps it. */
export interface Person extends Omit<Particulars, 'nik'> {
  readonly id: ChildId
  readonly nikLast4: string | null
  readonly held: readonly Paper[]
  /** What the identity index found when this child came in (ID-21). */
  readonly match: MatchVerdict
  readonly registeredBy: AgencyCode
  readonly registeredAt: Temporal.Instant
}

/** HMAC-SHA-256 of a number under one key of the ring: the only way to search by it (ID-09). */
export type BlindIndex = Uint8Array<ArrayBuffer>

/** The NIK as the database holds it: unreadable without a key, findable only under another one (ID-09, DESIGN §4). */
export interface SealedNik {
  /** 12 bytes nonce, 16 bytes tag, then the ciphertext (AES-256-GCM). */
  readonly cipher: Uint8Array<ArrayBuffer>
  readonly keyId: string
  /** Under the key of the same id. */
  readonly index: BlindIndex
  /** The only digits anyone sees by default (PV-10). */
  readonly last4: string
}

/** Why someone needs to see a whole NIK: codes, since the audit holds no sentences [D] (PV-03, PV-10). */
export const REVEAL_PURPOSES = ['PENERBITAN_KTP', 'PERBAIKAN_SIAK', 'PENGURUSAN_DOKUMEN', 'PERMINTAAN_HUKUM'] as const
export type RevealPurpose = (typeof REVEAL_PURPOSES)[number]

/** How long a revealed NIK may be shown [D] (PV-10). */
const REVEAL_SECONDS = 60

/** When the NIK revealed at this moment has to be gone again, and whether it has by now. */
export function revealWindow(revealedAt: Temporal.Instant, now: Temporal.Instant) {
  const expiresAt = revealedAt.add({ seconds: REVEAL_SECONDS })
  return { expiresAt, over: Temporal.Instant.compare(now, expiresAt) >= 0 }
}

/** Papers that every child should hold and this one does not, in the order an office asks for them (RF-02). */
export function missingPapers(held: readonly Paper[]): Paper[] {
  return PAPERS.filter((paper) => !held.includes(paper))
}

/** What is compared of two that bring the same NIK. */
export interface NikClaim {
  /** Under which the name is compared, whatever way it is written (ID-20). */
  readonly nameKey: string
  readonly birthDate: string | null
}

/**
 * Whether two claims of one NIK are one person's: name and birth date are the same too. Else two persons claim one NIK,
 * and Dukcapil decides (EC-01).
 */
export function isSamePerson(one: NikClaim, other: NikClaim): boolean {
  return one.nameKey === other.nameKey && one.birthDate === other.birthDate
}
