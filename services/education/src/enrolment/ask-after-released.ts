import { audit } from '@satuanak/identity'
import type { Job } from '@satuanak/service-kit'
import type { EducationApp } from '../app.ts'
import { openFromSchoolInTx } from '../ats/open-from-school.ts'
import { identifyChildInTx } from '../child/identify-child.ts'
import { dropFollowUpsInTx, findDueFollowUp } from './repository.ts'

const EVERY_TEN_MINUTES = 600_000

/**
 * Puts on the out-of-school list whom a school let go 14 days ago, or longer ago while the service was down, and no
 * school has received (RF-01). Whoever is in a school meanwhile is left alone. One pupil a step: its child is held, as by
 * whoever enrols it at the same moment.
 */
export function askAfterReleased(app: EducationApp): Job<EducationApp['db']> {
  return {
    name: 'ask-after-released-pupils',
    every: EVERY_TEN_MINUTES,
    step: async (tx) => {
      const due = await findDueFollowUp(tx, app.today())
      if (!due) return false
      const { id: enrolmentId, childId, endedOn } = due
      const group = await identifyChildInTx(app, tx, childId)
      const said = { actor: 'system', org: 'DISDIK', sensitivity: group.level, time: app.now() } as const
      const since = endedOn ?? app.today()
      const recordId = await openFromSchoolInTx(
        app,
        tx,
        { childId, group, enrolmentId, ground: 'TIDAK_DITERIMA', since },
        said,
      )
      await dropFollowUpsInTx(tx, group.ids)
      if (recordId !== null) {
        const system = { subject: 'system', agency: 'DISDIK', roles: [] } as const
        await audit(tx, system, 'ats.report', [childId], { record: recordId, ground: 'TIDAK_DITERIMA' })
      }
      return true
    },
  }
}
