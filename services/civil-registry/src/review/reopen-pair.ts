import { audit, type Caller } from '@satuanak/identity'
import type { RegistryApp } from '../app.ts'
import { NotDeclaredDistinct } from './errors.ts'
import { areDistinct, saveDecisionBetweenInTx, savePairInTx } from './repository.ts'
import { checkTwoRecords, getTwoPersonsInTx, type TwoRecords } from './two-persons.ts'

/**
 * Takes back that two persons were declared distinct, under whichever of their ids: they wait for a decision again.
 * @returns the pair's id
 * @throws InvalidInput, ReviewedChildNotFound, NotDeclaredDistinct, NotPermitted, RequestIdReused.
 */
export async function reopenPair(app: RegistryApp, caller: Caller, command: TwoRecords): Promise<string> {
  const named = checkTwoRecords(command)
  return app.once(caller, { name: 'reopenPair', ...command, input: command }, async (tx) => {
    const [one, other] = await getTwoPersonsInTx(app, tx, caller, [
      { field: 'childId', id: named.childId },
      { field: 'otherId', id: named.otherId },
    ])
    const persons = { one: one.ids, other: other.ids }
    if (!(await areDistinct(tx, persons))) throw new NotDeclaredDistinct('otherId')
    const decision = {
      state: 'MENUNGGU',
      decidedBy: caller.subject,
      decidedAt: app.now(),
      note: named.reason,
    } as const
    await saveDecisionBetweenInTx(tx, persons, 'BERBEDA', decision)
    const pairId = await savePairInTx(tx, app.newId(), [one.id, other.id], decision)
    await audit(tx, caller, 'match.review', [one.id, other.id], { decision: 'MENUNGGU' })
    return pairId
  })
}
