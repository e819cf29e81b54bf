import type { ChildId, KelurahanCode, Sensitivity } from '@satuanak/contracts'
import type { Caller } from '@satuanak/identity'
import { emit } from '@satuanak/messaging'
import type { RegistryApp, RegistryTx } from '../app.ts'
import type { Said } from './domain.ts'

/** What stood before and what stands after, of whom, and by which request. */
interface Change {
  readonly before: Partial<Said>
  readonly after: Partial<Said>
  readonly level: Sensitivity
  readonly childId: ChildId
  readonly requestId: string
}

/** Tells of a move where the kelurahan that stands has changed (EC-07). */
export async function tellMove(app: RegistryApp, tx: RegistryTx, caller: Caller, change: Change): Promise<void> {
  const { before, after, level, childId, requestId } = change
  const from: KelurahanCode | undefined = before.address?.kelurahan
  const to = after.address?.kelurahan
  if (from === undefined || to === undefined || from === to) return
  await emit(tx, {
    type: 'civil-registry.person.moved.v1',
    subject: childId,
    data: { from, to },
    actor: caller.subject,
    org: caller.agency,
    sensitivity: level,
    time: app.now(),
    correlationid: requestId,
  })
}
