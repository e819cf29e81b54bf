import type { AtsCategory, AtsSource, FlagCode, Level, Need } from '@satuanak/contracts'
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

/** EC-01, EC-02. */
export const FLAG_WORDS = {
  DIPAKAI_BERSAMA: word('dipakai dua orang, menunggu keputusan Dukcapil', 'claimed by two, the civil registry decides'),
  DIDUGA_GANDA: word('diduga ganda, menunggu keputusan Dukcapil', 'perhaps one too many, the civil registry decides'),
} as const satisfies Record<FlagCode, Sentence>
