import { ChildId, type EventOf } from '@satuanak/contracts'
import { audit } from '@satuanak/identity'
import { following } from '@satuanak/messaging'
import type { EducationApp, EducationTx } from '../app.ts'
import { identifyChildInTx } from '../child/identify-child.ts'
import { findCurrentEnrolmentInTx } from '../enrolment/find-enrolments.ts'
import { openAtsRecordInTx } from './open-ats-record.ts'
import { findOpenAtsRecords } from './repository.ts'

/**
 * Social workers found that a child they met dropped out of school (TPI-04): it goes on the out-of-school list, unless it
 * is there already or Dapodik has it in a school (EC-18).
 */
export async function openFromAssessment(
  app: EducationApp,
  tx: EducationTx,
  event: EventOf<'social.street.assessment.completed.v1'>,
): Promise<void> {
  if (!event.data.droppedOut) return
  const childId = ChildId.parse(event.subject)
  const { ids, level } = await identifyChildInTx(app, tx, childId)
  if ((await findOpenAtsRecords(tx, ids)).length > 0) return
  if (await findCurrentEnrolmentInTx(tx, ids, app.today())) return
  const report = {
    id: app.newId(),
    childId,
    category: 'DO',
    source: 'OUTREACH',
    kelurahan: event.data.kelurahan,
    note: null,
    reportedAt: app.now(),
  } as const
  const said = { actor: 'system', org: 'DISDIK', sensitivity: level, time: app.now(), ...following(event) } as const
  await openAtsRecordInTx(tx, report, said)
  await audit(tx, { subject: event.actor, agency: event.org, roles: [] }, 'ats.report', [childId], {
    event: event.id,
  })
}
