import type { AtsCategory, AtsSource, ExitReason, FlagCode, KtpStatus, Level, Need } from '@satuanak/contracts'
import type { Sentence } from '@satuanak/domain-kit'

const word = (id: string, en: string): Sentence => ({ id, en })

/** What an assessment found to be needed, in a reader's words. */
export const NEED_WORDS = {
  EDUCATION: word('pendidikan', 'education'),
  IDENTITY: word('dokumen kependudukan', 'identity papers'),
  HEALTH: word('kesehatan', 'health care'),
  PROTECTION: word('pelindungan', 'protection'),
  FAMILY_AID: word('bantuan keluarga', 'family aid'),
} as const satisfies Record<Need, Sentence>

/** AT-01. */
export const ATS_CATEGORY_WORDS = {
  DO: word('putus sekolah', 'dropped out'),
  LTM: word('lulus tidak melanjutkan', 'finished a level, not in the next'),
  BPB: word('belum pernah bersekolah', 'never in school'),
} as const satisfies Record<AtsCategory, Sentence>

export const ATS_SOURCE_WORDS = {
  KELURAHAN: word('kelurahan', 'the kelurahan'),
  OUTREACH: word('penjangkauan sosial', 'social outreach'),
  SCHOOL: word('sekolah', 'the school'),
  MINISTRY: word('data kementerian', 'the ministry’s list'),
} as const satisfies Record<AtsSource, Sentence>

export const LEVEL_WORDS = {
  PAUD: word('PAUD', 'early childhood education'),
  SD: word('SD', 'primary school'),
  SMP: word('SMP', 'junior secondary school'),
  SMA: word('SMA', 'senior secondary school'),
  PAKET_A: word('Paket A', 'Paket A (primary equivalency)'),
  PAKET_B: word('Paket B', 'Paket B (junior secondary equivalency)'),
  PAKET_C: word('Paket C', 'Paket C (senior secondary equivalency)'),
} as const satisfies Record<Level, Sentence>

/** Why a pupil is no longer at a school. */
export const EXIT_REASON_WORDS = {
  LULUS: word('lulus', 'finished'),
  MUTASI: word('mutasi', 'moved to another school'),
  DIKELUARKAN: word('dikeluarkan', 'expelled'),
  MENGUNDURKAN_DIRI: word('mengundurkan diri', 'withdrew'),
  PUTUS_SEKOLAH: word('putus sekolah', 'dropped out'),
  MENINGGAL: word('meninggal dunia', 'died'),
  HILANG: word('hilang', 'missing'),
  LAINNYA: word('alasan lain', 'another reason'),
} as const satisfies Record<ExitReason, Sentence>

/** EC-01, EC-02. */
export const FLAG_WORDS = {
  DIPAKAI_BERSAMA: word('dipakai dua orang, menunggu keputusan Dukcapil', 'claimed by two, the civil registry decides'),
  DIDUGA_GANDA: word('diduga ganda, menunggu keputusan Dukcapil', 'perhaps one too many, the civil registry decides'),
} as const satisfies Record<FlagCode, Sentence>
/**
 * A KTP-el status as the timeline tells it: whether it goes on, never that a duplicate was found (KT-03, KT-10). Its
 * readers are not the desks that deal with one.
 */
export const KTP_STATUS_WORDS = {
  UNREGISTERED: word('belum direkam', 'not recorded'),
  BIO_CAPTURED: word('sudah direkam', 'recorded'),
  PROCESSING: word('diproses', 'in progress'),
  SENT_FOR_ENROLLMENT: word('diproses', 'in progress'),
  RECEIVED_AT_CENTRAL: word('diproses', 'in progress'),
  ADJUDICATE: word('diproses', 'in progress'),
  ENROLL_FAILURE_AT_CENTRAL: word('perlu direkam ulang', 'to be recorded again'),
  ENROLL_FAILURE_AT_REGIONAL: word('perlu direkam ulang', 'to be recorded again'),
  SEARCH_FAILURE_AT_CENTRAL: word('diproses', 'in progress'),
  DUPLICATE_RECORD: word('diproses', 'in progress'),
  PRINT_READY_RECORD: word('siap dicetak bila sudah waktunya', 'ready to print once it is time'),
  SENT_FOR_CARD_PRINTING: word('dikirim untuk dicetak', 'sent for printing'),
  CARD_PRINTED: word('kartu sudah dicetak', 'card printed'),
  CARD_SHIPPED: word('kartu sudah dikirim', 'card shipped'),
  CARD_ISSUED: word('kartu sudah diserahkan', 'card issued'),
  UNKNOWN: word('diproses', 'in progress'),
} as const satisfies Record<KtpStatus, Sentence>
