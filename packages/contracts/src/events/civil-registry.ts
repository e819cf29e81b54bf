import { z } from 'zod'
import { ChildId, KelurahanCode, Npsn } from '../ids.ts'

/** Papers every child should hold (RF-02). */
export const PAPERS = ['AKTA', 'NIK', 'KK', 'KIA'] as const
export const Paper = z.enum(PAPERS)
export type Paper = z.infer<typeof Paper>

/** Why a pupil came on a school's list for KTP-el recording (RF-10); a marriage never stands in an event (KT-10). */
export const KTP_AGE_FLAGS = ['UMUR_16', 'TANGGAL_LAHIR_TIDAK_PASTI'] as const
export const KtpAgeFlag = z.enum(KTP_AGE_FLAGS)
export type KtpAgeFlag = z.infer<typeof KtpAgeFlag>

/** Why a recording session was called off (KT-08: network, weather, device; or by either side). */
export const KTP_CANCEL_REASONS = ['JARINGAN', 'CUACA', 'ALAT', 'SEKOLAH', 'PETUGAS'] as const
export const KtpCancelReason = z.enum(KTP_CANCEL_REASONS)
export type KtpCancelReason = z.infer<typeof KtpCancelReason>

/** What SIAK can have otherwise than the akta (BLG-04). */
export const KTP_SIAK_FIELDS = [
  'NAMA',
  'TEMPAT_LAHIR',
  'TANGGAL_LAHIR',
  'JENIS_KELAMIN',
  'NAMA_AYAH',
  'NAMA_IBU',
  'NOMOR_AKTA',
  'ALAMAT',
] as const
export const KtpSiakField = z.enum(KTP_SIAK_FIELDS)
export type KtpSiakField = z.infer<typeof KtpSiakField>

const Count = z.int().nonnegative()

/** Identifiers that may be flagged (EC-01, EC-02). */
export const IDENTIFIERS = ['NIK', 'AKTA', 'KK'] as const

/** Two persons claim one identifier (EC-01); one person holds two of a kind (EC-02). */
export const FLAG_CODES = ['DIPAKAI_BERSAMA', 'DIDUGA_GANDA'] as const
export type FlagCode = (typeof FLAG_CODES)[number]

/** `BLOKIR`: nothing may be decided about this child automatically. `PERIKSA`: the civil registry looks into it. */
export const FLAG_LEVELS = ['BLOKIR', 'PERIKSA'] as const
export type FlagLevel = (typeof FLAG_LEVELS)[number]
/**
 * National KTP-el statuses (DOMAIN §5). `UNKNOWN` stands for one that the ministry has and this list has not: events
 * carry codes, never text as someone wrote it (DOMAIN §9).
 */
export const KTP_STATUSES = [
  'UNREGISTERED',
  'BIO_CAPTURED',
  'PROCESSING',
  'SENT_FOR_ENROLLMENT',
  'RECEIVED_AT_CENTRAL',
  'ADJUDICATE',
  'ENROLL_FAILURE_AT_CENTRAL',
  'ENROLL_FAILURE_AT_REGIONAL',
  'SEARCH_FAILURE_AT_CENTRAL',
  'DUPLICATE_RECORD',
  'PRINT_READY_RECORD',
  'SENT_FOR_CARD_PRINTING',
  'CARD_PRINTED',
  'CARD_SHIPPED',
  'CARD_ISSUED',
  'UNKNOWN',
] as const
export const KtpStatus = z.enum(KTP_STATUSES)
export type KtpStatus = z.infer<typeof KtpStatus>

export const civilRegistryEvents = {
  /** The registry keeps this child from now on; `missing` names the papers it has not seen. */
  'civil-registry.person.registered.v1': z.strictObject({
    missing: z.array(Paper),
    kelurahan: KelurahanCode.nullable(),
  }),
  /** An officer decided that two ids are one person (DESIGN §4). Subject: the canonical id. */
  'civil-registry.person.merged.v1': z.strictObject({ alias: ChildId, canonical: ChildId }),
  /** An officer took such a decision back. Subject: the former canonical id. */
  'civil-registry.person.split.v1': z.strictObject({ alias: ChildId, canonical: ChildId }),
  /** The kelurahan that stands for this child's home has changed (EC-07, EC-20). */
  'civil-registry.person.moved.v1': z.strictObject({ from: KelurahanCode, to: KelurahanCode }),
  /** Something is wrong with an identifier under which this child is kept (EC-01, EC-02); never which one it is. */
  'civil-registry.person.identifier.flagged.v1': z.strictObject({
    type: z.enum(IDENTIFIERS),
    code: z.enum(FLAG_CODES),
    level: z.enum(FLAG_LEVELS),
  }),
  /** A paper was issued or seen for a child that lacked it (closing event of RF-02). */
  'civil-registry.paper.issued.v1': z.strictObject({ paper: Paper, missing: z.array(Paper) }),
  /** A pupil stands on a school's list for KTP-el recording (RF-10, BLG-01). */
  'civil-registry.ktp.candidate.listed.v1': z.strictObject({ npsn: Npsn, flag: KtpAgeFlag }),
  /** Officers come to this school on this day (BLG-01). Subject: the session. Hidden children are not counted (PV-14). */
  'civil-registry.ktp.session.scheduled.v1': z.strictObject({
    npsn: Npsn,
    date: z.iso.date(),
    quota: Count.nullable(),
    pupils: Count,
  }),
  /** They do not come, or went away unfinished; `carried` pupils wait for the next session (KT-05, KT-08). */
  'civil-registry.ktp.session.cancelled.v1': z.strictObject({
    npsn: Npsn,
    date: z.iso.date(),
    reason: KtpCancelReason,
    carried: Count,
  }),
  /** The day is over (KT-08). */
  'civil-registry.ktp.session.closed.v1': z.strictObject({
    npsn: Npsn,
    date: z.iso.date(),
    pupils: Count,
    recorded: Count,
    absent: Count,
    carried: Count,
  }),
  /** The national status of a child's KTP-el moved; `old` is null at the first word of it (KT-01). */
  'civil-registry.ktp.status.changed.v1': z.strictObject({ old: KtpStatus.nullable(), new: KtpStatus }),
  /** The child's biometrics were taken (BLG-06). */
  'civil-registry.ktp.recorded.v1': z.strictObject({ recordedOn: z.iso.date() }),
  /** Recorded and unique, but not yet 17: the card waits (BLG-R3). */
  'civil-registry.ktp.held.v1': z.strictObject({ heldUntil: z.iso.date() }),
  /** The card may be printed from this day; `wasHeld` where it waited for the 17th birthday (RF-11). */
  'civil-registry.ktp.printready.v1': z.strictObject({ readyOn: z.iso.date(), wasHeld: z.boolean() }),
  /** The card exists (BLG-07). */
  'civil-registry.ktp.printed.v1': z.strictObject({ printedOn: z.iso.date() }),
  /** At the school SIAK was found to differ from the akta (BLG-04). */
  'civil-registry.ktp.siak.mismatch.v1': z.strictObject({ fields: z.array(KtpSiakField) }),
  /** And was corrected by it (BLG-05). */
  'civil-registry.ktp.siak.corrected.v1': z.strictObject({ fields: z.array(KtpSiakField) }),
  /** A print run was handed over with its Berita Acara (BLG-08). Subject: the run. `diverted` cards go to the kecamatan. */
  'civil-registry.ktp.batch.handed.v1': z.strictObject({
    npsn: Npsn.nullable(),
    handedOn: z.iso.date(),
    cards: Count,
    diverted: Count,
  }),
  /** The pupil has the card (closing event of RF-11). */
  'civil-registry.ktp.card.received.v1': z.strictObject({ batchId: z.uuid(), receivedOn: z.iso.date() }),
  /** Nobody fetched the card within 30 days: it is back at Dukcapil (BLG-R6). */
  'civil-registry.ktp.card.returned.v1': z.strictObject({ batchId: z.uuid(), returnedOn: z.iso.date() }),
  /** Stock fell below the mark; `left` in cards (BLG-R5). Subject: the move that did it. */
  'civil-registry.ktp.stock.low.v1': z.strictObject({ item: z.enum(['BLANGKO', 'RIBBON', 'FILM']), left: Count }),
}
