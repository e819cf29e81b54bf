import type { AgencyCode, ChildId, Role } from '@satuanak/contracts'
import { Refusal, type Sentence } from '@satuanak/domain-kit'
import { AGENCY_NAMES, ROLE_NAMES } from './names.ts'
import type { Permission } from './permissions.ts'

/**
 * Why the answer is no. `HIDDEN` (level 4) must reach the caller exactly as "not found" does: the use case turns it
 * into its own NotFound, a read answers null (PV-14).
 */
export const DENIALS = ['ROLE', 'TERRITORY', 'SENSITIVITY', 'NO_GRANT', 'HIDDEN'] as const
export type Denial = (typeof DENIALS)[number]

export interface Denied {
  readonly allowed: false
  readonly reason: Denial
  /** The agency to ask instead. */
  readonly agency: AgencyCode
  readonly sentence: Sentence
}

/** What a permission lets one do, as it stands in a sentence, and the desk that may do it everywhere. */
interface Wording {
  readonly deed: Sentence
  readonly role: Role
  readonly agency: AgencyCode
}

const wording = (role: Role, agency: AgencyCode, id: string, en: string): Wording => ({
  deed: { id, en },
  role,
  agency,
})

export const WORDING = {
  anyone: wording('BAPPERIDA', 'BAPPERIDA', 'memakai layanan ini', 'using this service'),
  'child.refer': wording('BAPPERIDA', 'BAPPERIDA', 'menunjuk seorang anak', 'pointing to a child'),
  'school.read': wording('DINAS_PENDIDIKAN', 'DISDIK', 'membaca data sekolah', 'reading schools'),
  'school.manage': wording('DINAS_PENDIDIKAN', 'DISDIK', 'mengubah daftar sekolah', 'changing the list of schools'),
  'agency.read': wording('BAPPERIDA', 'BAPPERIDA', 'membaca daftar instansi', 'reading the agency directory'),
  'person.read': wording('OPERATOR_DUKCAPIL', 'DUKCAPIL', 'membaca data diri anak', 'reading a child’s identity'),
  'person.search': wording('OPERATOR_DUKCAPIL', 'DUKCAPIL', 'mencari anak', 'searching for children'),
  'person.register': wording('OPERATOR_DUKCAPIL', 'DUKCAPIL', 'mendaftarkan anak', 'registering a child'),
  'person.state': wording(
    'OPERATOR_DUKCAPIL',
    'DUKCAPIL',
    'menyatakan data diri anak',
    'stating a child’s particulars',
  ),
  'person.settle': wording(
    'OPERATOR_DUKCAPIL',
    'DUKCAPIL',
    'memutus data diri yang berbeda antarinstansi',
    'settling particulars on which agencies disagree',
  ),
  'provenance.read': wording(
    'OPERATOR_DUKCAPIL',
    'DUKCAPIL',
    'melihat asal data diri anak',
    'seeing where a child’s particulars come from',
  ),
  'kk.read': wording('OPERATOR_DUKCAPIL', 'DUKCAPIL', 'membaca data KK anak', 'reading a child’s family card'),
  'kk.record': wording('OPERATOR_DUKCAPIL', 'DUKCAPIL', 'mencatat KK anak', 'recording a child’s family card'),
  'nik.search': wording('OPERATOR_DUKCAPIL', 'DUKCAPIL', 'mencari anak dengan NIK', 'finding a child by NIK'),
  'nik.read': wording('OPERATOR_DUKCAPIL', 'DUKCAPIL', 'melihat NIK', 'seeing a NIK'),
  'nik.issue': wording('OPERATOR_DUKCAPIL', 'DUKCAPIL', 'menerbitkan NIK', 'issuing a NIK'),
  'siak.correct': wording('OPERATOR_DUKCAPIL', 'DUKCAPIL', 'memperbaiki data SIAK', 'correcting data in SIAK'),
  'iris.record': wording('OPERATOR_DUKCAPIL', 'DUKCAPIL', 'mencatat pemindaian iris', 'recording a screening by iris'),
  'nik.verify': wording('OPERATOR_DUKCAPIL', 'DUKCAPIL', 'memeriksa NIK di SIAK', 'checking a NIK in SIAK'),
  'nik.reveal': wording('OPERATOR_DUKCAPIL', 'DUKCAPIL', 'membuka NIK utuh', 'revealing a whole NIK'),
  'match.read': wording(
    'OPERATOR_DUKCAPIL',
    'DUKCAPIL',
    'melihat hasil pencocokan identitas',
    'seeing what the identity index found',
  ),
  'match.review': wording(
    'OPERATOR_DUKCAPIL',
    'DUKCAPIL',
    'menelaah catatan yang mungkin milik anak yang sama',
    'reviewing records that may be one child',
  ),
  'papers.read': wording(
    'OPERATOR_DUKCAPIL',
    'DUKCAPIL',
    'membaca kelengkapan dokumen anak',
    'reading a child’s papers',
  ),
  'ktp.read': wording(
    'OPERATOR_DUKCAPIL',
    'DUKCAPIL',
    'melihat tahap KTP-el anak',
    'seeing where a child’s KTP-el stands',
  ),
  'ktp.status.read': wording('OPERATOR_PEREKAMAN', 'DUKCAPIL', 'membaca status KTP-el', 'reading KTP-el statuses'),
  'ktp.status.record': wording('OPERATOR_PEREKAMAN', 'DUKCAPIL', 'mencatat status KTP-el', 'recording KTP-el statuses'),
  'papers.request': wording('OPERATOR_DUKCAPIL', 'DUKCAPIL', 'mengajukan dokumen anak', 'requesting a child’s papers'),
  'papers.decide': wording(
    'OPERATOR_DUKCAPIL',
    'DUKCAPIL',
    'memutus pengajuan dokumen',
    'deciding on a request for papers',
  ),
  'ktp.print': wording('OPERATOR_PENCETAKAN', 'DUKCAPIL', 'mencetak KTP-el', 'printing KTP-el cards'),
  'ktp.card.read': wording('OPERATOR_PENCETAKAN', 'DUKCAPIL', 'melihat kartu KTP-el', 'seeing KTP-el cards'),
  'ktp.card.receive': wording(
    'OPERATOR_PENCETAKAN',
    'DUKCAPIL',
    'mencatat penerimaan KTP-el',
    'recording that a KTP-el was received',
  ),
  'enrolment.read': wording('DINAS_PENDIDIKAN', 'DISDIK', 'membaca data sekolah anak', 'reading a child’s schooling'),
  'enrolment.start': wording('DINAS_PENDIDIKAN', 'DISDIK', 'mendaftarkan anak ke sekolah', 'enrolling a child'),
  'enrolment.receive': wording(
    'DINAS_PENDIDIKAN',
    'DISDIK',
    'menerima murid pindahan',
    'receiving a pupil from another school',
  ),
  'enrolment.keep': wording(
    'DINAS_PENDIDIKAN',
    'DISDIK',
    'mencatat data murid sekolah ini',
    'keeping the register of this school’s pupils',
  ),
  'attendance.read': wording('DINAS_PENDIDIKAN', 'DISDIK', 'melihat kehadiran murid', 'seeing a pupil’s attendance'),
  'nisn.read': wording('DINAS_PENDIDIKAN', 'DISDIK', 'melihat NISN anak', 'seeing a child’s NISN'),
  'nisn.record': wording('DINAS_PENDIDIKAN', 'DISDIK', 'mencatat NISN anak', 'recording a child’s NISN'),
  'ats.read': wording('DINAS_PENDIDIKAN', 'DISDIK', 'membaca data anak tidak sekolah', 'reading out-of-school records'),
  'ats.report': wording(
    'DINAS_PENDIDIKAN',
    'DISDIK',
    'melaporkan anak tidak sekolah',
    'reporting an out-of-school child',
  ),
  'ats.verify': wording(
    'DINAS_PENDIDIKAN',
    'DISDIK',
    'memverifikasi data anak tidak sekolah',
    'verifying an out-of-school record',
  ),
  'ats.instrument.read': wording(
    'DINAS_PENDIDIKAN',
    'DISDIK',
    'membaca instrumen anak tidak sekolah',
    'reading the instrument of an out-of-school child',
  ),
  'ats.cause.read': wording(
    'DINAS_PENDIDIKAN',
    'DISDIK',
    'membaca penyebab anak tidak sekolah',
    'reading why a child is out of school',
  ),
  'ats.cause.map': wording(
    'DINAS_PENDIDIKAN',
    'DISDIK',
    'memetakan penyebab dan mengusulkan layanan ke OPD',
    'mapping causes and proposing services to agencies',
  ),
  'ats.opd.decide': wording(
    'DINAS_PENDIDIKAN',
    'DISDIK',
    'menetapkan OPD pengampu untuk penyebab lainnya',
    'deciding which agency answers for another cause',
  ),
  'outreach.read': wording('PEKSOS', 'DINSOS', 'membaca penjangkauan sosial', 'reading social outreach'),
  'outreach.note.read': wording('PEKSOS', 'DINSOS', 'membaca catatan pekerja sosial', 'reading social workers’ notes'),
  'outreach.record': wording('PEKSOS', 'DINSOS', 'mencatat penjangkauan sosial', 'recording social outreach'),
  'assessment.read': wording('PEKSOS', 'DINSOS', 'membaca asesmen sosial', 'reading social assessments'),
  'assessment.complete': wording('PEKSOS', 'DINSOS', 'menyelesaikan asesmen sosial', 'completing a social assessment'),
  'referral.read': wording('BAPPERIDA', 'BAPPERIDA', 'membaca rujukan', 'reading referrals'),
  'referral.send': wording('BAPPERIDA', 'BAPPERIDA', 'mengirim rujukan', 'sending a referral'),
  'referral.answer': wording('BAPPERIDA', 'BAPPERIDA', 'menjawab rujukan', 'answering a referral'),
  'inbox.read': wording('BAPPERIDA', 'BAPPERIDA', 'membaca kotak masuk rujukan', 'reading the referral inbox'),
  'timeline.read': wording('BAPPERIDA', 'BAPPERIDA', 'membaca riwayat anak', 'reading a child’s timeline'),
  'ktp.list.read': wording(
    'OPERATOR_PEREKAMAN',
    'DUKCAPIL',
    'membaca daftar calon perekaman KTP-el',
    'reading the list for KTP-el recording',
  ),
  'ktp.list.change': wording(
    'OPERATOR_PEREKAMAN',
    'DUKCAPIL',
    'mengubah daftar calon perekaman KTP-el',
    'changing the list for KTP-el recording',
  ),
  'ktp.session.read': wording(
    'OPERATOR_PEREKAMAN',
    'DUKCAPIL',
    'membaca jadwal perekaman KTP-el',
    'reading the KTP-el recording schedule',
  ),
  'ktp.session.plan': wording(
    'OPERATOR_PEREKAMAN',
    'DUKCAPIL',
    'mengatur perekaman KTP-el di sekolah',
    'arranging KTP-el recording at schools',
  ),
  'intake.run': wording('OPERATOR_DUKCAPIL', 'DUKCAPIL', 'mengimpor data penduduk', 'importing population data'),
  'intake.read': wording(
    'OPERATOR_DUKCAPIL',
    'DUKCAPIL',
    'membaca hasil impor data penduduk',
    'reading what came of imported population data',
  ),
  'school.import': wording('DINAS_PENDIDIKAN', 'DISDIK', 'mengimpor daftar sekolah', 'importing a list of schools'),
  'ktp.record': wording('OPERATOR_PEREKAMAN', 'DUKCAPIL', 'merekam KTP-el', 'recording a KTP-el'),
  'webhook.read': wording('BAPPERIDA', 'BAPPERIDA', 'melihat kait web portal', 'seeing portals’ webhooks'),
  'webhook.manage': wording('BAPPERIDA', 'BAPPERIDA', 'mengatur kait web portal', 'managing portals’ webhooks'),
} as const satisfies Record<Permission, Wording>

type Sentences = (deed: Sentence, ask: Sentence) => Sentence

const SENTENCES = {
  ROLE: (deed, ask) => ({
    id: `Peran Anda tidak mencakup ${deed.id}. Hubungi ${ask.id}.`,
    en: `Your role does not cover ${deed.en}. Ask ${ask.en}.`,
  }),
  TERRITORY: (deed, ask) => ({
    id: `Wewenang Anda untuk ${deed.id} hanya berlaku di kelurahan, sekolah atau instansi Anda sendiri. Hubungi ${ask.id}.`,
    en: `You are cleared for ${deed.en} only within your own kelurahan, school or agency. Ask ${ask.en}.`,
  }),
  SENSITIVITY: (deed, ask) => ({
    id: `Catatan ini dijaga lebih ketat daripada wewenang Anda untuk ${deed.id}. Hubungi ${ask.id}.`,
    en: `This record is kept more strictly than your clearance for ${deed.en}. Ask ${ask.en}.`,
  }),
  NO_GRANT: (deed, ask) => ({
    id: `Instansi Anda tidak memegang rujukan berlaku yang membuka wewenang ${deed.id}. Mintalah rujukan kepada ${ask.id}.`,
    en: `Your agency holds no live referral that opens ${deed.en}. Request a referral from ${ask.en}.`,
  }),
  // The words of an ordinary "not found", so that nothing is learnt should they ever be shown.
  HIDDEN: () => ({ id: 'Data tidak ditemukan.', en: 'Not found.' }),
} as const satisfies Record<Denial, Sentences>

/** The refusal of one permission for one reason; says which desk at which agency to ask. */
export function denial(permission: Permission, reason: Denial): Denied {
  const { deed, role, agency } = WORDING[permission]
  const ask = {
    id: `${ROLE_NAMES[role].id} di ${AGENCY_NAMES[agency].id}`,
    en: `the ${ROLE_NAMES[role].en} at ${AGENCY_NAMES[agency].en}`,
  }
  return Object.freeze({ allowed: false, reason, agency, sentence: SENTENCES[reason](deed, ask) })
}

/**
 * The caller may not do this, here. An expected answer (a union member, or null with a reason). With reason `HIDDEN` the
 * use case throws its own NotFound instead: to this caller the child does not exist.
 */
export class NotPermitted extends Refusal {
  readonly code = 'NOT_PERMITTED'
  readonly permission: Permission
  readonly reason: Denial
  readonly agency: AgencyCode
  /** Whose record it was, where the facts say: for the audit. */
  readonly child: ChildId | null

  constructor(permission: Permission, denied: Denied, child: ChildId | null = null) {
    super(denied.sentence)
    this.child = child
    this.permission = permission
    this.reason = denied.reason
    this.agency = denied.agency
  }
}

/** The denial that an error is, or that a use case told as its own NotFound (`permitOr`); null where there is none. */
export function denialBehind(error: unknown): NotPermitted | null {
  if (error instanceof NotPermitted) return error
  return error instanceof Refusal && error.cause instanceof NotPermitted ? error.cause : null
}
