import { type AgencyCode, type ChildId, PAPERS, type Paper, type Particulars } from '@satuanak/contracts'

/** What the identity index found when a child came in. Nothing is ever merged by it: an officer decides (ID-21). */
export const MATCH_VERDICTS = ['TIDAK_ADA', 'MUNGKIN', 'PASTI'] as const
export type MatchVerdict = (typeof MATCH_VERDICTS)[number]

/** A child as the registry keeps it. */
export interface Person extends Omit<Particulars, 'nik'> {
  readonly id: ChildId
  readonly nikLast4: string | null
  readonly held: readonly Paper[]
  readonly match: MatchVerdict
  readonly registeredBy: AgencyCode
  readonly registeredAt: Temporal.Instant
}

/** The NIK as the database holds it: unreadable without a key, findable only under another one (ID-09, DESIGN §4). */
export interface SealedNik {
  /** 12 bytes nonce, 16 bytes tag, then the ciphertext (AES-256-GCM). */
  readonly cipher: Uint8Array<ArrayBuffer>
  readonly keyId: string
  /** HMAC-SHA-256 of the NIK: the blind index. */
  readonly index: Uint8Array<ArrayBuffer>
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

/** Another child in the index that looks like this one, and in which respects. */
export interface Candidate {
  readonly id: ChildId
  readonly sameNik: boolean
  readonly hasNik: boolean
  readonly sameName: boolean
  readonly sameBirthDate: boolean
  readonly sameMother: boolean
}

/**
 * ID-21, as far as exact comparison carries it: the same NIK is certain; two of name, birth date and mother ask for an
 * officer's eye. Twins share birth date and mother (EC-06), which is why this only ever asks.
 */
export function judgeMatch(candidates: readonly Candidate[]): MatchVerdict {
  if (candidates.some((candidate) => candidate.sameNik)) return 'PASTI'
  const alike = (candidate: Candidate) =>
    [candidate.sameName, candidate.sameBirthDate, candidate.sameMother].filter(Boolean).length >= 2
  return candidates.some(alike) ? 'MUNGKIN' : 'TIDAK_ADA'
}

/** In which respects a candidate is like the child that came in, as the review desk shows it (ID-21, EC-06). */
export function likeness(candidate: Candidate, { hasNik }: { readonly hasNik: boolean }) {
  const same = (alike: boolean) => (alike ? 'SAMA' : 'BEDA')
  return {
    id: candidate.id,
    verdict: candidate.sameNik ? ('PASTI' as const) : ('MUNGKIN' as const),
    score: null,
    fields: [
      { field: 'nik', outcome: candidate.hasNik && hasNik ? same(candidate.sameNik) : 'KOSONG', weight: null },
      { field: 'name', outcome: same(candidate.sameName), weight: null },
      { field: 'birthDate', outcome: same(candidate.sameBirthDate), weight: null },
      { field: 'motherName', outcome: same(candidate.sameMother), weight: null },
    ],
  }
}

/** Papers that every child should hold and this one does not, in the order an office asks for them (RF-02). */
export function missingPapers(held: readonly Paper[]): Paper[] {
  return PAPERS.filter((paper) => !held.includes(paper))
}
