import { describe, expect, test } from 'vitest'
import type { Caller } from './caller.ts'
import { decide } from './decide.ts'
import type { Facts } from './facts.ts'
import type { Permission } from './permissions.ts'
import { PKBM, SCHOOL, someone } from './test-callers.ts'

const answer = (caller: Caller, permission: Permission, facts: Facts): string => {
  const decision = decide(caller, permission, facts)
  return decision.allowed ? 'yes' : decision.reason
}

describe('who may do what (PV-12, PV-18)', () => {
  const cases: readonly (readonly [string, Caller, Permission, Facts, string])[] = [
    ['Bapperida reads the identity of a social case', someone(['BAPPERIDA']), 'person.read', { level: 3 }, 'yes'],
    ['Bapperida manages webhooks', someone(['BAPPERIDA']), 'webhook.manage', { level: 1 }, 'yes'],
    ['no other office manages webhooks', someone(['DINAS_PENDIDIKAN']), 'webhook.manage', { level: 1 }, 'ROLE'],
    ['no other office sees where webhooks lead', someone(['PEKSOS']), 'webhook.read', { level: 1 }, 'ROLE'],
    ['Bapperida never sees a NIK', someone(['BAPPERIDA']), 'nik.read', { level: 1 }, 'ROLE'],
    ['Bapperida reads outreach', someone(['BAPPERIDA']), 'outreach.read', { level: 3 }, 'yes'],
    ['Bapperida reads no social worker’s note', someone(['BAPPERIDA']), 'outreach.note.read', { level: 1 }, 'ROLE'],
    ['Dukcapil issues a NIK', someone(['OPERATOR_DUKCAPIL']), 'nik.issue', { level: 3 }, 'yes'],
    ['Dukcapil does not see why a child left school', someone(['OPERATOR_DUKCAPIL']), 'ats.read', { level: 1 }, 'ROLE'],
    [
      'a recording operator checks a NIK in SIAK (BLG-04)',
      someone(['OPERATOR_PEREKAMAN']),
      'nik.verify',
      { level: 3 },
      'yes',
    ],
    ['education checks no NIK in SIAK (PV-10)', someone(['DINAS_PENDIDIKAN']), 'nik.verify', { level: 1 }, 'ROLE'],
    [
      'Dukcapil decides on a hidden child’s papers (RF-02)',
      someone(['OPERATOR_DUKCAPIL']),
      'papers.decide',
      { level: 4 },
      'yes',
    ],
    [
      'a recording operator decides on no papers (RF-02)',
      someone(['OPERATOR_PEREKAMAN']),
      'papers.decide',
      { level: 1 },
      'ROLE',
    ],
    [
      'social work requests papers for a child in shelter (RF-02)',
      someone(['PEKSOS']),
      'papers.request',
      { level: 4 },
      'yes',
    ],
    [
      'a recording operator corrects SIAK by the akta (BLG-05)',
      someone(['OPERATOR_PEREKAMAN']),
      'siak.correct',
      { level: 3 },
      'yes',
    ],
    [
      'a kelurahan corrects nothing in SIAK (BLG-05)',
      someone(['ADMIN_KELURAHAN']),
      'siak.correct',
      { level: 1 },
      'ROLE',
    ],
    [
      'Dukcapil screens a hidden child by iris (RF-20)',
      someone(['OPERATOR_DUKCAPIL']),
      'iris.record',
      { level: 4 },
      'yes',
    ],
    ['social work screens nobody by iris (RF-20, KT-04)', someone(['PEKSOS']), 'iris.record', { level: 1 }, 'ROLE'],
    ['Dukcapil sees no outreach', someone(['OPERATOR_DUKCAPIL']), 'outreach.read', { level: 1 }, 'ROLE'],
    [
      'Dukcapil reviews pairs, hidden children too',
      someone(['OPERATOR_DUKCAPIL']),
      'match.review',
      { level: 4 },
      'yes',
    ],
    ['social work decides on no pair (DESIGN-4)', someone(['PEKSOS']), 'match.review', { level: 2 }, 'ROLE'],
    ['a recording operator reads papers', someone(['OPERATOR_PEREKAMAN']), 'papers.read', { level: 3 }, 'yes'],
    ['a recording operator issues no NIK', someone(['OPERATOR_PEREKAMAN']), 'nik.issue', { level: 1 }, 'ROLE'],
    ['education reads an ordinary child', someone(['DINAS_PENDIDIKAN']), 'person.read', { level: 2 }, 'yes'],
    [
      'education starts an enrolment of a social case',
      someone(['DINAS_PENDIDIKAN']),
      'enrolment.start',
      { level: 3 },
      'yes',
    ],
    ['ATS staff see no social notes', someone(['DINAS_PENDIDIKAN']), 'outreach.note.read', { level: 1 }, 'ROLE'],
    ['a social worker reads a sheltered child', someone(['PEKSOS']), 'person.read', { level: 4 }, 'yes'],
    [
      'a social worker does not find one by searching (PV-14)',
      someone(['PEKSOS']),
      'person.search',
      { level: 4 },
      'HIDDEN',
    ],
    [
      'a recording operator plans the sessions at schools',
      someone(['OPERATOR_PEREKAMAN']),
      'ktp.session.plan',
      { level: 2 },
      'yes',
    ],
    [
      'a recording operator sees no hidden pupil on a list (PV-14)',
      someone(['OPERATOR_PEREKAMAN']),
      'ktp.list.read',
      { level: 4 },
      'HIDDEN',
    ],
    [
      'a civil registry operator imports population rows',
      someone(['OPERATOR_DUKCAPIL']),
      'intake.run',
      { level: 4 },
      'yes',
    ],
    [
      'nobody else imports them: what comes of a row tells of hidden children (PV-14)',
      someone(['OPERATOR_PEREKAMAN']),
      'intake.run',
      { level: 2 },
      'ROLE',
    ],
    ['Bapperida does not read what came of a row', someone(['BAPPERIDA']), 'intake.read', { level: 2 }, 'ROLE'],
    [
      'a school plans no session',
      someone(['PANITIA_SEKOLAH'], { schools: [SCHOOL] }),
      'ktp.session.plan',
      { level: 2, schools: [SCHOOL] },
      'ROLE',
    ],
    [
      'a school reads the list of its own pupils',
      someone(['PANITIA_SEKOLAH'], { schools: [SCHOOL] }),
      'ktp.list.read',
      { level: 2, schools: [SCHOOL] },
      'yes',
    ],
    [
      'a school reads no other school’s list',
      someone(['PANITIA_SEKOLAH'], { schools: [SCHOOL] }),
      'ktp.list.read',
      { level: 2, schools: [PKBM] },
      'TERRITORY',
    ],
    ['education sees no recording list', someone(['DINAS_PENDIDIKAN']), 'ktp.list.read', { level: 1 }, 'ROLE'],
    [
      'a printing operator reads whose card it is',
      someone(['OPERATOR_PENCETAKAN']),
      'person.read',
      { level: 3 },
      'yes',
    ],
    ['a printing operator sees no NIK', someone(['OPERATOR_PENCETAKAN']), 'nik.read', { level: 1 }, 'ROLE'],
    [
      'a printing operator records no status',
      someone(['OPERATOR_PENCETAKAN']),
      'ktp.status.record',
      { level: 1 },
      'ROLE',
    ],
    [
      'a recording operator records a status',
      someone(['OPERATOR_PEREKAMAN']),
      'ktp.status.record',
      { level: 3 },
      'yes',
    ],
    ['education states what a school’s papers say', someone(['DINAS_PENDIDIKAN']), 'person.state', { level: 2 }, 'yes'],
    [
      'Dukcapil settles a value on which agencies disagree, of a hidden child too (ID-05)',
      someone(['OPERATOR_DUKCAPIL']),
      'person.settle',
      { level: 4 },
      'yes',
    ],
    ['social work states and does not settle (ID-05)', someone(['PEKSOS']), 'person.settle', { level: 1 }, 'ROLE'],
    ['a school committee sees no provenance', someone(['PANITIA_SEKOLAH']), 'provenance.read', { level: 1 }, 'ROLE'],
    ['education reads since when a KK holds', someone(['DINAS_PENDIDIKAN']), 'kk.read', { level: 2 }, 'yes'],
    ['education records no KK', someone(['DINAS_PENDIDIKAN']), 'kk.record', { level: 1 }, 'ROLE'],
    [
      'a school sees nothing of what is found at the recording',
      someone(['PANITIA_SEKOLAH'], { schools: [SCHOOL] }),
      'ktp.record',
      { level: 2, schools: [SCHOOL] },
      'ROLE',
    ],
    ['a printing operator prints a card', someone(['OPERATOR_PENCETAKAN']), 'ktp.print', { level: 3 }, 'yes'],
    ['a recording operator prints none', someone(['OPERATOR_PEREKAMAN']), 'ktp.print', { level: 1 }, 'ROLE'],
    [
      'a school signs for its own pupils’ cards',
      someone(['PANITIA_SEKOLAH'], { schools: [SCHOOL] }),
      'ktp.card.receive',
      { level: 2, schools: [SCHOOL] },
      'yes',
    ],
    [
      'a school sees no other school’s cards',
      someone(['PANITIA_SEKOLAH'], { schools: [SCHOOL] }),
      'ktp.card.read',
      { level: 2, schools: [PKBM] },
      'TERRITORY',
    ],
    ['a parent reads nobody yet', someone(['ORANG_TUA']), 'person.read', { level: 1 }, 'ROLE'],
    ['a data protection officer sees no content', someone(['DPO']), 'person.read', { level: 1 }, 'ROLE'],
    ['shelter administration reads no note', someone(['TATA_USAHA']), 'outreach.note.read', { level: 4 }, 'HIDDEN'],
  ]
  test.each(cases)('%s', (_title, caller, permission, facts, expected) => {
    expect(answer(caller, permission, facts)).toBe(expected)
  })
})
