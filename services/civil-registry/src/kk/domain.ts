/** Why a Kartu Keluarga was issued. PD-08 names those that leave the address as it was. */
export const KK_REASONS = [
  'BARU',
  'PINDAH',
  'ANGGOTA_MASUK',
  'KELAHIRAN',
  'KEMATIAN',
  'ANGGOTA_KELUAR',
  'HILANG_RUSAK',
] as const
export type KkReason = (typeof KK_REASONS)[number]

/** A KK on which a child stands, without its number. */
export interface KkRecord {
  readonly id: string
  /** `tanggal_terbit_kk`, `2026-11-26`: kept apart from the number, whose date is another one (ID-11). */
  readonly issuedOn: string
  readonly reason: KkReason
  readonly last4: string
  readonly recordedAt: Temporal.Instant
}

/** How long a child has lived where its KK says, as far as the KK history shows. */
export interface KkStanding {
  readonly current: KkRecord
  /** The day the PPDB one-year test counts from (PD-08, ID-11). */
  readonly since: string
  /** False where the KK that was replaced is not known here: an officer asks for it before a child is turned away. */
  readonly sinceIsKnown: boolean
}

/** A birth, a death, a member who left, a lost or damaged KK: the address is the same as before (PD-08). */
const KEEPS_ADDRESS: ReadonlySet<KkReason> = new Set(['KELAHIRAN', 'KEMATIAN', 'ANGGOTA_KELUAR', 'HILANG_RUSAK'])

/**
 * The KK that holds on this day, and since when the child has been on one at this address: a KK that replaces another
 * without a move keeps the original start (ID-11, PD-08). Null where none had been issued by then.
 * @param on `2026-11-26`
 */
export function kkStanding(history: readonly KkRecord[], on: string): KkStanding | null {
  const issued = history.filter(({ issuedOn }) => issuedOn <= on).toSorted(newestFirst)
  const [current] = issued
  if (current === undefined) return null
  const start = issued.find(({ reason }) => !KEEPS_ADDRESS.has(reason))
  const earliest = issued.at(-1) ?? current
  return { current, since: (start ?? earliest).issuedOn, sinceIsKnown: start !== undefined }
}

export function newestFirst(one: KkRecord, other: KkRecord): number {
  if (one.issuedOn !== other.issuedOn) return one.issuedOn > other.issuedOn ? -1 : 1
  return Temporal.Instant.compare(other.recordedAt, one.recordedAt)
}
