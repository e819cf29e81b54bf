import type { AgencyCode, ChildId, Sensitivity } from '@satuanak/contracts'
import { assertPermissions } from '@satuanak/graphql-kit/testing'
import { contextOf } from '@satuanak/testkit'
import { expect, test } from 'vitest'
import { schema } from '../graphql/schema.ts'

const NEAR = '33.75.03.1004'
const FAR = '33.75.01.1001'
/** Whose committee is asked, and where the near children go to school. */
const SCHOOL = '99000001'

function sample(level: Sensitivity, kelurahan: string, agency: AgencyCode | null) {
  const id = '01930000-0000-7000-8000-000000000001' as ChildId
  const grants = agency === null ? [] : [{ referralId: id, agency, parts: ['identity', 'papers'] }]
  return {
    id,
    group: { canonical: id, ids: [id], level, grants, schools: kelurahan === NEAR ? [SCHOOL] : [] },
    persons: [{ id, address: { kelurahan }, held: [] }],
  }
}
const MOMENT = Temporal.Instant.from('2026-11-26T00:00:00Z')
const LEVELS = [2, 3, 4] as const
const CHILDREN = [NEAR, FAR].flatMap((place) =>
  [null, 'DISDIK' as const, 'DINKES' as const].flatMap((agency) => LEVELS.map((level) => sample(level, place, agency))),
)

test('every field of the civil registry lets through exactly whom the permissions table lets through, role by role', async () => {
  const walked = await assertPermissions({
    schema,
    contextFor: (role) => contextOf(role, { kelurahan: [NEAR], schools: [SCHOOL] }),
    parents: {
      Child: CHILDREN,
      KtpSession: [{ npsn: SCHOOL }, { npsn: '99000002' }],
      KtpOfflineBundle: [{ bundle: { takenAt: MOMENT, expiresAt: MOMENT }, uploads: [], conflicts: [] }],
      KtpBundleUpload: [{ uploadedBy: '', uploadedAt: MOMENT, entries: 0, applied: 0 }],
      KtpOfflineConflict: [{ conflict: 'JAM_ALAT', entry: { kind: 'START', at: MOMENT.toString() } }],
      KtpTakenBundle: [{ sessionId: '', childIds: [], expiresAt: MOMENT }],
      KtpUploadOutcome: [{ childId: null, verdict: 'BENTROK', applied: 0, conflicts: [] }],
      KtpUploadedResult: [{ bundle: {}, outcomes: [] }],
      KtpSessionPupil: CHILDREN.flatMap((child) =>
        [false, true].map((everMarried) => ({
          session: { npsn: SCHOOL },
          pupil: { childId: child.id, everMarried, sixteenOn: null },
          child,
          today: Temporal.PlainDate.from('2026-11-23'),
        })),
      ),
      KtpStatusLine: CHILDREN.flatMap((child) =>
        [false, true].map((everMarried) => ({
          seat: {
            session: { npsn: SCHOOL },
            pupil: { childId: child.id, everMarried, sixteenOn: null },
            child,
            today: Temporal.PlainDate.from('2026-11-23'),
          },
          entry: { outcome: 'BELUM_REKAM' },
        })),
      ),
      KtpCandidate: CHILDREN.flatMap((child) =>
        [false, true].map((everMarried) => ({
          candidate: { childId: child.id, npsn: SCHOOL, everMarried, sixteenOn: null },
          child,
          today: Temporal.PlainDate.from('2026-11-23'),
        })),
      ),
      ChildKtp: CHILDREN.flatMap((child) =>
        [false, true].map((everMarried) => ({
          child,
          record: { code: 'PRINT_READY_RECORD', everMarried },
          holder: { birthDate: null, precision: 'HARI', everMarried, birthDateConfirmed: false },
          decision: { state: 'SIAP_CETAK' },
        })),
      ),
      KtpPrintBatch: [SCHOOL, null].map((npsn) => ({ npsn, cards: [] })),
      KtpCard: CHILDREN.flatMap((child) =>
        [SCHOOL, null].map((npsn) => ({ child, childId: child.id, batch: { npsn } })),
      ),
      ChildPapers: CHILDREN,
      IrisScreening: CHILDREN.map((child) => ({ child, screening: { outcome: 'TIDAK_DITEMUKAN' } })),
      SiakCorrection: CHILDREN.map((child) => ({ child, correction: { state: 'DIPERBAIKI', fields: [] } })),
      KtpDuplicate: CHILDREN.map((child) => ({ child, duplicate: { state: 'BARU', steps: [] } })),
      PaperRequest: CHILDREN.map((child) => ({ child, request: { state: 'TERBIT' } })),
      MatchCandidate: CHILDREN.map((child) => ({ child, candidate: { verdict: 'MUNGKIN', score: 12, fields: [] } })),
      Provenance: CHILDREN.map((child) => ({ child, value: { statement: { statedOn: '2026-11-23', ruling: null } } })),
      RecordDispute: CHILDREN.map((child) => ({ child, dispute: { field: 'birthDate', openedAt: MOMENT } })),
      Residence: CHILDREN.map((child) => ({ child, value: { since: '2026-11-23' } })),
      Kk: CHILDREN.map((child) => ({ child, value: { since: '2026-11-23', current: { issuedOn: '2026-11-23' } } })),
      KkEntry: CHILDREN.map((child) => ({ child, value: { issuedOn: '2026-11-23' } })),
      NikVerification: CHILDREN.map((child) => ({ child, verification: { differing: [] } })),
      NikReveal: CHILDREN.map((child) => ({
        child,
        revealed: { nik: '', childId: child.id, expiresAt: Temporal.Instant.fromEpochMilliseconds(0) },
      })),
      IdentifierFlag: CHILDREN.map((child) => ({ child, flag: { code: 'DIDUGA_GANDA', others: [] } })),
      ReviewPair: CHILDREN.map((child) => ({ left: child, right: child, pair: { reasons: [] } })),
      ChildIdentity: CHILDREN.map((child) => ({ child, person: child.persons[0] })),
    },
  })
  expect(walked).toBeGreaterThan(5_000)
})
