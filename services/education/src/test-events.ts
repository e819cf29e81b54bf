import { randomUUID } from 'node:crypto'
import { type ChildId, KelurahanCode, type Sensitivity } from '@satuanak/contracts'
import type { NewEvent } from '@satuanak/messaging'

const told = (childId: ChildId) => ({
  subject: childId,
  actor: 'akun-uji',
  time: Temporal.Instant.from('2026-11-23T01:30:00Z'),
})

/** The registry keeps this child from now on. */
export const registered = (childId: ChildId): NewEvent => ({
  ...told(childId),
  type: 'civil-registry.person.registered.v1',
  data: { missing: ['AKTA'], kelurahan: null },
  org: 'DUKCAPIL',
  sensitivity: 2,
})

/** A social worker finished an assessment. */
export const assessed = (childId: ChildId, droppedOut: boolean, kelurahan: string | null = null): NewEvent => ({
  ...told(childId),
  type: 'social.street.assessment.completed.v1',
  data: {
    assessmentId: randomUUID(),
    droppedOut,
    needs: ['EDUCATION'],
    kelurahan: kelurahan === null ? null : KelurahanCode.parse(kelurahan),
  },
  org: 'DINSOS',
  sensitivity: 3,
})

/** The child is kept at this level from now on (PV-14). */
export const protectedAt = (childId: ChildId, level: Sensitivity): NewEvent => ({
  ...told(childId),
  type: 'social.child.protected.v1',
  data: { level },
  org: 'DINSOS',
  sensitivity: level,
})

/** An officer declared two ids to be one child. */
export const merged = (canonical: ChildId, alias: ChildId): NewEvent => ({
  ...told(canonical),
  type: 'civil-registry.person.merged.v1',
  data: { alias, canonical },
  org: 'DUKCAPIL',
  sensitivity: 2,
})
