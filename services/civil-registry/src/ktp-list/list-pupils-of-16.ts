import { groupOf } from '@satuanak/child-kit'
import { audit } from '@satuanak/identity'
import type { Job } from '@satuanak/service-kit'
import type { RegistryApp, RegistryTx } from '../app.ts'
import { lastOfMonth } from './domain.ts'
import { listPupilInTx } from './list-pupil.ts'
import { findListMonth, findUnlisted, returnPupilsWithNikInTx, saveListMonthInTx } from './repository.ts'

const HOUR = 3_600_000
/** Pupils in one step. */
const BATCH = 100

/**
 * Once a month each school is proposed its pupils who are 16 or turn 16 in that month (BLG-01, RF-10: on the list by
 * the month's end), from the enrolments that education tells of.
 */
export function listPupilsOf16(app: RegistryApp): Job<RegistryApp['db']> {
  return { name: 'list-pupils-of-16', every: HOUR, step: (tx) => listSomeInTx(app, tx) }
}

async function listSomeInTx(app: RegistryApp, tx: RegistryTx): Promise<boolean> {
  const today = app.today()
  const month = today.with({ day: 1 })
  const on = lastOfMonth(today)
  const { after, listed, isDone } = await findListMonth(tx, month)
  if (isDone) return false
  const pupils = await findUnlisted(tx, { after, today, bornBy: on.subtract({ years: 16 }), limit: BATCH })
  const ids = pupils.map(({ childId }) => childId)
  const groups = await groupOf(tx, ids, app.now())
  const correlationid = app.newId()
  let added = 0
  for (const { npsn, childId } of pupils) {
    const group = groups.get(childId)
    const how = { source: 'BULANAN', everMarried: false, on, actor: 'system', org: 'DUKCAPIL', correlationid } as const
    if (group && typeof (await listPupilInTx(app, tx, { npsn, group, ...how })) === 'object') added += 1
  }
  if (added > 0) {
    await audit(tx, { subject: 'system', agency: 'DUKCAPIL', roles: [] }, 'ktp.list.change', ids, { source: 'BULANAN' })
  }
  const isLast = pupils.length < BATCH
  await saveListMonthInTx(tx, month, {
    after: pupils.at(-1)?.enrolmentId ?? after,
    listed: listed + added,
    doneAt: isLast ? app.now() : null,
  })
  return !isLast
}

/** Whoever waited for a NIK and has one by now is proposed again (RF-02, BLG-R2). */
export function returnPupilsWithNik(): Job<RegistryApp['db']> {
  return {
    name: 'return-pupils-with-nik',
    every: HOUR,
    step: async (tx) => (await returnPupilsWithNikInTx(tx, BATCH)) === BATCH,
  }
}
