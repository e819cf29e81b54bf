import { ROLES, type Role } from '@satuanak/contracts'
import { agency, agencyKelurahan, all, grant, kelurahan, type Rule, school } from './rule.ts'

/** Every permission a type, field, query or mutation may name. The table below may not miss one. */
export const PERMISSION_NAMES = [
  'anyone',
  'child.refer',
  'school.read',
  'school.manage',
  'agency.read',
  'person.read',
  'person.search',
  'person.register',
  'person.state',
  'person.settle',
  'provenance.read',
  'kk.read',
  'kk.record',
  'nik.search',
  'nik.read',
  'nik.issue',
  'nik.reveal',
  'nik.verify',
  'iris.record',
  'siak.correct',
  'match.read',
  'match.review',
  'papers.read',
  'papers.request',
  'papers.decide',
  'ktp.read',
  'ktp.status.read',
  'ktp.status.record',
  'ktp.print',
  'ktp.card.read',
  'ktp.card.receive',
  'enrolment.read',
  'enrolment.start',
  'enrolment.receive',
  'enrolment.keep',
  'attendance.read',
  'nisn.read',
  'nisn.record',
  'ats.read',
  'ats.report',
  'ats.verify',
  'ats.instrument.read',
  'ats.cause.read',
  'ats.cause.map',
  'ats.opd.decide',
  'outreach.read',
  'outreach.note.read',
  'outreach.record',
  'assessment.read',
  'assessment.complete',
  'referral.read',
  'referral.send',
  'referral.answer',
  'inbox.read',
  'timeline.read',
  'ktp.list.read',
  'ktp.list.change',
  'ktp.session.read',
  'ktp.session.plan',
  'intake.run',
  'intake.read',
  'school.import',
  'ktp.record',
  'webhook.read',
  'webhook.manage',
] as const
export type Permission = (typeof PERMISSION_NAMES)[number]

const DUKCAPIL = ['OPERATOR_DUKCAPIL'] as const satisfies readonly Role[]
const PEREKAMAN = ['OPERATOR_PEREKAMAN'] as const satisfies readonly Role[]
const PENCETAKAN = ['OPERATOR_PENCETAKAN'] as const satisfies readonly Role[]
const BAPPERIDA = ['BAPPERIDA'] as const satisfies readonly Role[]
const KELURAHAN = ['ADMIN_KELURAHAN'] as const satisfies readonly Role[]
const RELAWAN = ['RELAWAN'] as const satisfies readonly Role[]
const DISDIK = ['DINAS_PENDIDIKAN'] as const satisfies readonly Role[]
const PANITIA = ['PANITIA_SEKOLAH'] as const satisfies readonly Role[]
const OPD = ['ADMIN_OPD'] as const satisfies readonly Role[]
/** Dinas Sosial's own desks, from the street to the head of the office. */
const DINSOS = ['PETUGAS_SOSIAL', 'PEKSOS', 'KASI_SOSIAL', 'KABID_SOSIAL', 'KADIS_SOSIAL'] as const satisfies Role[]
/** The shelter's sections: reading as social staff; each section's own fields come with the shelter's rooms (PV-18). */
const RPPSA = ['KEPALA_RPPSA', 'PNY', 'BIM', 'TATA_USAHA', 'PERAWAT'] as const satisfies readonly Role[]
/** Who speaks for the shelter to other agencies. */
const RPPSA_DESK = ['KEPALA_RPPSA', 'PNY'] as const satisfies readonly Role[]
const SOCIAL = [...DINSOS, ...RPPSA] as const
/** Whom a referral's named parts are opened to. The rest read by territory, or the whole part anyway. */
const RECEIVERS = [...DISDIK, ...OPD] as const

/** Open to every verified caller: says nothing about a child that the caller did not say first. */
const OPEN = [all(ROLES, 4)] as const

/**
 * Who may do what, where, up to which level (DOMAIN PV-12, PV-14, PV-18, TUN-R3). The first line of a permission is the
 * agency that keeps the data.
 *
 * Grants end at level 3: a level-4 referral carries a case code only (RF-R3), so its receiver reads the referral itself
 * (`agency` lines, level 4) and not the child through it.
 */
export const PERMISSIONS = {
  anyone: OPEN,
  'child.refer': OPEN,
  'school.read': OPEN,
  'agency.read': OPEN,
  // Which schools there are is the Education Office's list; it names no child (ID-14).
  'school.manage': [all(DISDIK, 3)],

  'person.read': [
    all(DUKCAPIL, 4),
    all([...PEREKAMAN, ...PENCETAKAN], 3),
    all(SOCIAL, 4),
    all(BAPPERIDA, 3),
    all(DISDIK, 2),
    kelurahan([...KELURAHAN, ...RELAWAN], 2),
    school(PANITIA, 2),
    grant(RECEIVERS, 'identity', 3),
  ],
  // Level 4 is hidden from search (PV-14) for all but the registry that must not register a child twice.
  'person.search': [all(DUKCAPIL, 4), all([...PEREKAMAN, ...DINSOS], 3), kelurahan(KELURAHAN, 2)],
  'person.register': [all(DUKCAPIL, 4), all([...DINSOS, ...RPPSA_DESK], 4), kelurahan(KELURAHAN, 2)],
  // Who may register a child may also say what is known of one; nothing is overwritten by it (ID-05).
  'person.state': [all(DUKCAPIL, 4), all([...DINSOS, ...RPPSA_DESK], 4), all(DISDIK, 2), kelurahan(KELURAHAN, 2)],
  // The registry's officers alone say which of two agencies is right (ID-05).
  'person.settle': [all(DUKCAPIL, 4)],
  // Which agency said so tells which agency met the child: for whom that is no news (PV-12).
  'provenance.read': [all(DUKCAPIL, 4), all(SOCIAL, 4), all(BAPPERIDA, 3)],
  // Admission asks for the date and the last digits, no more (PD-08, PV-12).
  'kk.read': [all(DUKCAPIL, 4), all(DISDIK, 2), kelurahan(KELURAHAN, 2)],
  'kk.record': [all(DUKCAPIL, 4), kelurahan(KELURAHAN, 2)],
  // The NIK stays with the civil registry, masked even there (PV-10).
  'nik.search': [all(DUKCAPIL, 4)],
  'nik.read': [all(DUKCAPIL, 4)],
  'nik.issue': [all(DUKCAPIL, 4)],
  // All 16 digits, once, with a reason, for a minute: by named role only (PV-10).
  'nik.reveal': [all(DUKCAPIL, 4), all(PEREKAMAN, 3)],
  // Whether SIAK says the same of the person: names of fields, never SIAK's own words (BLG-04).
  'nik.verify': [all(DUKCAPIL, 4), all(PEREKAMAN, 3)],
  // By the akta in hand, at the recording desk too (BLG-05).
  'siak.correct': [all(DUKCAPIL, 4), all(PEREKAMAN, 3)],
  // The verdict also looks at hidden children, so to anyone else it would tell that there is one (PV-14).
  'match.read': [all(DUKCAPIL, 4)],
  // Who is who is decided where all records can be seen, hidden ones too (DESIGN §4, PV-14).
  'match.review': [all(DUKCAPIL, 4)],
  'papers.read': [
    all(DUKCAPIL, 4),
    all(PEREKAMAN, 3),
    all(SOCIAL, 4),
    all(BAPPERIDA, 3),
    kelurahan(KELURAHAN, 2),
    grant(RECEIVERS, 'papers', 3),
  ],
  // A school is told whether and when of its own pupils; status, duplicates and marriage stay with Dukcapil (KT-10).
  'ktp.read': [all(DUKCAPIL, 4), all([...PEREKAMAN, ...PENCETAKAN], 3), school(PANITIA, 2)],
  'ktp.status.read': [all(DUKCAPIL, 4), all([...PEREKAMAN, ...PENCETAKAN], 3)],
  'ktp.status.record': [all(DUKCAPIL, 4), all(PEREKAMAN, 3)],
  'ktp.print': [all(DUKCAPIL, 4), all(PENCETAKAN, 3)],
  // A school sees and signs for the cards it was handed; none of them is of a social case (PV-14, BLG-R6).
  'ktp.card.read': [all(DUKCAPIL, 4), all([...PEREKAMAN, ...PENCETAKAN], 3), school(PANITIA, 2)],
  'ktp.card.receive': [all(DUKCAPIL, 4), all(PENCETAKAN, 3), school(PANITIA, 2)],

  // RF-02 comes from any desk that meets the child; the registry alone answers it.
  'papers.request': [all(DUKCAPIL, 4), all(PEREKAMAN, 3), all([...DINSOS, ...RPPSA_DESK], 4), kelurahan(KELURAHAN, 2)],
  'papers.decide': [all(DUKCAPIL, 4)],
  // Irises are matched in the registry's own centre; the house knows act and outcome only (RF-20, KT-04).
  'iris.record': [all(DUKCAPIL, 4)],

  'enrolment.read': [
    all(DISDIK, 3),
    all(SOCIAL, 4),
    all(BAPPERIDA, 3),
    kelurahan(KELURAHAN, 2),
    school(PANITIA, 2),
    grant(OPD, 'school', 3),
  ],
  'enrolment.start': [all(DISDIK, 3)],
  // Whom another school let go; the use case holds it to that.
  'enrolment.receive': [all(DISDIK, 3), school(PANITIA, 2)],
  // A school writes of its own pupils: class, attendance, and that one left and why.
  'enrolment.keep': [all(DISDIK, 3), school(PANITIA, 2)],
  // Whether a child attends stays with its school and the Education Office, who ask after 30 and 90 days (AT-15).
  'attendance.read': [all(DISDIK, 3), school(PANITIA, 2)],
  // Education's own number of a child goes to no other agency (PV-11, PV-12).
  'nisn.read': [all(DISDIK, 3), school(PANITIA, 2)],
  'nisn.record': [all(DISDIK, 3), school(PANITIA, 2)],
  // Dukcapil does not see why a child left school, nor a school committee (PV-12).
  'ats.read': [
    all(DISDIK, 3),
    all(SOCIAL, 4),
    all(BAPPERIDA, 3),
    kelurahan([...KELURAHAN, ...RELAWAN], 2),
    grant(OPD, 'ats', 3),
  ],
  'ats.report': [all(DISDIK, 3), kelurahan([...KELURAHAN, ...RELAWAN], 2)],
  'ats.verify': [all(DISDIK, 3), kelurahan(KELURAHAN, 2)],

  // What a family told a volunteer is for those who help it; the city leads, without the detail of social cases (TUN-R3).
  'ats.instrument.read': [all(DISDIK, 3), all(BAPPERIDA, 2), kelurahan(KELURAHAN, 2)],
  // Dukcapil does not see causes (PV-12); an OPD sees those that were proposed to it, which the use case picks out.
  'ats.cause.read': [all(DISDIK, 3), all(DINSOS, 4), all(BAPPERIDA, 2), kelurahan(KELURAHAN, 2), grant(OPD, 'ats', 3)],
  'ats.cause.map': [all(DISDIK, 3), kelurahan(KELURAHAN, 2)],
  // Which OPD answers for a cause that the list does not have is the coordinator's word (A13).
  // Of a social case, which Bapperida does not see, the Education Office says it.
  'ats.opd.decide': [all(BAPPERIDA, 2), all(DISDIK, 3)],

  // Dates, places and repeats are shared; the narrative never leaves social work (PV-12).
  'outreach.read': [all(SOCIAL, 4), all(BAPPERIDA, 3), grant(RECEIVERS, 'outreach', 3)],
  'outreach.note.read': [all([...DINSOS, 'KEPALA_RPPSA'], 4)],
  'outreach.record': [all(DINSOS, 4)],
  'assessment.read': [all(SOCIAL, 4), all(BAPPERIDA, 3), grant(RECEIVERS, 'assessment', 3)],
  'assessment.complete': [all(DINSOS, 4)],

  'referral.read': [
    all(BAPPERIDA, 3),
    agency([...DINSOS, ...RPPSA, ...DUKCAPIL, ...DISDIK, ...OPD], 4),
    agencyKelurahan(KELURAHAN, 2),
  ],
  // To send is to say that the child exists: no higher than the role may know of the child itself.
  'referral.send': [
    agency([...DINSOS, ...RPPSA_DESK, ...DUKCAPIL], 4),
    agency([...BAPPERIDA, ...DISDIK, ...OPD], 3),
    agencyKelurahan(KELURAHAN, 2),
  ],
  // Only the receiver answers: the use case gives the receiving agency alone as `facts.agencies`.
  'referral.answer': [
    agency([...DINSOS, ...RPPSA_DESK, ...DUKCAPIL, ...DISDIK, ...OPD], 4),
    agency(BAPPERIDA, 3),
    agencyKelurahan(KELURAHAN, 2),
  ],
  'inbox.read': [
    agency([...DINSOS, ...RPPSA, ...DUKCAPIL, ...DISDIK, ...OPD], 4),
    agency(BAPPERIDA, 3),
    agencyKelurahan(KELURAHAN, 2),
  ],
  'timeline.read': [all(BAPPERIDA, 3), all(SOCIAL, 4), kelurahan(KELURAHAN, 2)],

  // A school knows which of its own pupils are listed and when the officers come; no hidden child is among them (PV-14).
  'ktp.list.read': [all(DUKCAPIL, 4), all(PEREKAMAN, 3), school(PANITIA, 2)],
  'ktp.list.change': [all(DUKCAPIL, 4), all(PEREKAMAN, 3), school(PANITIA, 2)],
  'ktp.session.read': [all(DUKCAPIL, 4), all(PEREKAMAN, 3), school(PANITIA, 2)],
  'ktp.session.plan': [all(DUKCAPIL, 4), all(PEREKAMAN, 3)],

  // A file of population rows tells of its every row whether the registry knows that person, hidden ones too (PV-14).
  'intake.run': [all(DUKCAPIL, 4)],
  'intake.read': [all(DUKCAPIL, 4)],
  // A list of schools names no child; whoever may bring it in reads what came of its rows.
  'school.import': [all(DISDIK, 3)],
  // What is found and done at the school, SIAK's faults and a pupil's impairment included, stays with those who do it.
  'ktp.record': [all(DUKCAPIL, 4), all(PEREKAMAN, 3)],

  // Which portals the city's notices go to is the coordinator's word; a webhook and its log name no child.
  'webhook.read': [all(BAPPERIDA, 3)],
  'webhook.manage': [all(BAPPERIDA, 3)],
} as const satisfies Record<Permission, readonly Rule[]>
