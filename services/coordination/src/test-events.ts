import { randomUUID } from 'node:crypto'
import type { AtsOpd, AtsReason, ChildId } from '@satuanak/contracts'
import { KelurahanCode, Npsn } from '@satuanak/contracts'
import type { NewEvent } from '@satuanak/messaging'

export const KRAPYAK = '33.75.03.1002'
export const PANJANG_WETAN = '33.75.03.1004'

const told = (childId: ChildId, time: string) => ({
  subject: childId,
  actor: 'akun-uji',
  time: Temporal.Instant.from(time),
})

/** The registry keeps this child from now on. */
export const registered = (childId: ChildId, kelurahan = PANJANG_WETAN, time = '2026-11-23T01:00:00Z'): NewEvent => ({
  ...told(childId, time),
  type: 'civil-registry.person.registered.v1',
  data: { missing: ['AKTA', 'NIK'], kelurahan: KelurahanCode.parse(kelurahan) },
  org: 'DUKCAPIL',
  sensitivity: 2,
})

/** A social worker finished an assessment. */
export const assessed = (
  childId: ChildId,
  found: { droppedOut: boolean; needs: readonly ('EDUCATION' | 'IDENTITY' | 'HEALTH')[] },
  time = '2026-11-23T01:30:00Z',
): NewEvent => ({
  ...told(childId, time),
  type: 'social.street.assessment.completed.v1',
  data: { ...found, needs: [...found.needs], assessmentId: childId, kelurahan: null },
  org: 'DINSOS',
  sensitivity: 3,
})

/** Outreach met the child on the street. */
export const met = (childId: ChildId, kelurahan = KRAPYAK, time = '2026-11-23T00:30:00Z'): NewEvent => ({
  ...told(childId, time),
  type: 'social.street.contact.recorded.v1',
  data: { contactId: childId, kelurahan: KelurahanCode.parse(kelurahan), repeat: false },
  org: 'DINSOS',
  sensitivity: 3,
})

/** The child is kept at this level from now on (PV-14). */
export const protectedAt = (childId: ChildId, level: 2 | 3 | 4, time = '2026-11-23T01:31:00Z'): NewEvent => ({
  ...told(childId, time),
  type: 'social.child.protected.v1',
  data: { level },
  org: 'DINSOS',
  sensitivity: level,
})

/** Something is doubtful about the child's NIK; told at the level of everyone it is about. */
export const flagged = (
  childId: ChildId,
  code: 'DIPAKAI_BERSAMA' | 'DIDUGA_GANDA' = 'DIPAKAI_BERSAMA',
  sensitivity: 2 | 3 | 4 = 2,
): NewEvent => ({
  ...told(childId, '2026-11-23T01:20:00Z'),
  type: 'civil-registry.person.identifier.flagged.v1',
  data: { type: 'NIK', code, level: code === 'DIPAKAI_BERSAMA' ? 'BLOKIR' : 'PERIKSA' },
  org: 'DUKCAPIL',
  sensitivity,
})

/** An officer declared two ids to be one child. */
export const merged = (canonical: ChildId, alias: ChildId, time = '2026-11-23T01:40:00Z'): NewEvent => ({
  ...told(canonical, time),
  type: 'civil-registry.person.merged.v1',
  data: { alias, canonical },
  org: 'DUKCAPIL',
  sensitivity: 2,
})

/** An officer took two ids apart again. */
export const split = (canonical: ChildId, alias: ChildId, time = '2026-11-23T01:50:00Z'): NewEvent => ({
  ...told(canonical, time),
  type: 'civil-registry.person.split.v1',
  data: { alias, canonical },
  org: 'DUKCAPIL',
  sensitivity: 2,
})

const SCHOOL = '99000001'

/** A child is this school's pupil from now on. */
export const enrolled = (childId: ChildId, npsn = SCHOOL): NewEvent => ({
  ...told(childId, '2026-11-23T01:10:00Z'),
  type: 'education.enrolment.started.v1',
  data: { enrolmentId: childId, npsn: Npsn.parse(npsn), level: 'SMP', startedOn: '2026-07-13' },
  org: 'DISDIK',
  sensitivity: 2,
})

/** It is so no longer. */
export const left = (childId: ChildId, npsn = SCHOOL): NewEvent => ({
  ...told(childId, '2026-11-23T01:55:00Z'),
  type: 'education.enrolment.ended.v1',
  data: { enrolmentId: childId, npsn: Npsn.parse(npsn), endedOn: '2026-11-23' },
  org: 'DISDIK',
  sensitivity: 2,
})

/** Education proposes these causes of a child to the agencies that answer for them (TUN-08). */
export const proposed = (
  childId: ChildId,
  causes: readonly { readonly reason: AtsReason; readonly opd: AtsOpd }[],
): NewEvent => ({
  ...told(childId, '2026-11-23T01:40:00Z'),
  type: 'education.ats.record.proposed.v1',
  data: {
    recordId: childId,
    kelurahan: KelurahanCode.parse(PANJANG_WETAN),
    causes: causes.map((cause) => ({ ...cause, causeId: randomUUID() })),
  },
  org: 'KELURAHAN',
  sensitivity: 2,
})
