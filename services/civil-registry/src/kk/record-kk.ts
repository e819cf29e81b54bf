import { type ChildId, PAPERS } from '@satuanak/contracts'
import { fields, type Notice, orRefuse, uuid } from '@satuanak/domain-kit'
import { audit, type Caller } from '@satuanak/identity'
import { emit } from '@satuanak/messaging'
import type { RegistryApp } from '../app.ts'
import { lockedChildFileFor } from '../identity/find-child-files.ts'
import { KkAlreadyRecorded } from './errors.ts'
import { hasKk, saveHeldKkInTx } from './repository.ts'
import { checkKk, type KkInput, writeKkInTx } from './write-kk.ts'

export interface RecordKk {
  readonly requestId: string
  readonly childId: string
  readonly kk: KkInput
}

/**
 * Adds the KK on which a child stands to its history, sealed as a NIK is (ID-09, ID-10). A child that lacked a KK
 * holds one from now on (RF-02).
 * @throws InvalidInput, ChildNotFound, KkAlreadyRecorded, NotPermitted, RequestIdReused.
 */
export async function recordKk(
  app: RegistryApp,
  caller: Caller,
  command: RecordKk,
): Promise<{ readonly childId: ChildId; readonly warnings: readonly Notice[] }> {
  const { value, warnings } = orRefuse(
    fields({ childId: uuid<ChildId>(command.childId), kk: checkKk(command.kk, app.today()) }),
  )
  const childId = await app.once(caller, { name: 'recordKk', ...command, input: command }, async (tx) => {
    const deed = { caller, permission: 'kk.record', childId: value.childId } as const
    const { group, persons } = await lockedChildFileFor(app, tx, deed)
    const indexes = app.custody.indexesOf(value.kk.digits, 'KK')
    if (await hasKk(tx, group.ids, indexes, value.kk.issuedOn)) throw new KkAlreadyRecorded()
    const personId = persons[0]?.id ?? value.childId
    await writeKkInTx(app, tx, value.kk, { personId, agency: caller.agency, recordedBy: caller.subject })
    await audit(tx, caller, 'kk.record', [value.childId], { reason: value.kk.reason })
    const held = persons.flatMap((person) => person.held)
    if (!held.includes('KK') && (await saveHeldKkInTx(tx, personId, caller.agency, app.now()))) {
      await emit(tx, {
        type: 'civil-registry.paper.issued.v1',
        subject: value.childId,
        data: { paper: 'KK', missing: PAPERS.filter((paper) => paper !== 'KK' && !held.includes(paper)) },
        actor: caller.subject,
        org: caller.agency,
        sensitivity: group.level,
        time: app.now(),
        correlationid: command.requestId,
      })
    }
    return value.childId
  })
  return { childId, warnings }
}
