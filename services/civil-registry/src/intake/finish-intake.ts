import { type Caller, permit } from '@satuanak/identity'
import type { RegistryApp } from '../app.ts'
import { type Intake, remarksOn } from './domain.ts'
import { findIntake, lockIntakeInTx, saveFinishedInTx } from './repository.ts'

/** The file's last row has been taken: says what its columns as a whole give away (ID-07). @throws NotPermitted */
export async function finishIntake(app: RegistryApp, caller: Caller, intake: Intake): Promise<Intake> {
  permit(caller, 'intake.run', { level: 4 })
  return app.inTransaction(async (tx) => {
    const now = await lockIntakeInTx(tx, intake.id)
    if (now === null || now.state === 'SELESAI') return now ?? intake
    await saveFinishedInTx(tx, intake.id, remarksOn(now.columns), app.now())
    return (await findIntake(tx, intake.id)) ?? now
  })
}
