import { audit, type Caller } from '@satuanak/identity'
import type { RegistryApp } from '../app.ts'
import { AlreadyOnePerson, DeclaredDistinct } from './errors.ts'
import { areDistinct, saveDecisionBetweenInTx, savePairInTx } from './repository.ts'
import { checkTwoRecords, getTwoPersonsInTx, type TwoRecords } from './two-persons.ts'

/**
 * An officer's word that two records are two persons, twins above all (EC-06): they are never offered again, under
 * whichever of their ids.
 * @returns the pair's id
 * @throws InvalidInput, ReviewedChildNotFound, AlreadyOnePerson, DeclaredDistinct, NotPermitted, RequestIdReused.
 */
export async function declareDistinct(app: RegistryApp, caller: Caller, command: TwoRecords): Promise<string> {
  const named = checkTwoRecords(command)
  return app.once(caller, { name: 'declareDistinct', ...command, input: command }, async (tx) => {
    const [one, other] = await getTwoPersonsInTx(app, tx, caller, [
      { field: 'childId', id: named.childId },
      { field: 'otherId', id: named.otherId },
    ])
    if (one.canonical === other.canonical) throw new AlreadyOnePerson('otherId')
    const persons = { one: one.ids, other: other.ids }
    if (await areDistinct(tx, persons)) throw new DeclaredDistinct('otherId')
    const decision = {
      state: 'BERBEDA',
      decidedBy: caller.subject,
      decidedAt: app.now(),
      note: named.reason,
    } as const
    await saveDecisionBetweenInTx(tx, persons, 'MENUNGGU', decision)
    const pairId = await savePairInTx(tx, app.newId(), [one.id, other.id], decision)
    await audit(tx, caller, 'match.review', [one.id, other.id], { decision: 'BERBEDA' })
    return pairId
  })
}
