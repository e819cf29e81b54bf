import { type Caller, permit } from '@satuanak/identity'
import type { IntakeApp } from './app.ts'
import type { IntakePermissions } from './file-kind.ts'
import { findIntake, lockIntakeInTx, saveFinishedInTx } from './ledger.ts'
import { type Intake, remarksOn } from './rows/index.ts'

/** The file's last row has been taken: says what its columns as a whole give away (ID-07). @throws NotPermitted */
export async function finishIntake(
  app: IntakeApp,
  caller: Caller,
  { intake, kind }: { readonly intake: Intake; readonly kind: { readonly permissions: IntakePermissions } },
): Promise<Intake> {
  permit(caller, kind.permissions.run, { level: kind.permissions.level })
  return app.inTransaction(async (tx) => {
    const now = await lockIntakeInTx(tx, intake.id)
    if (now === null || now.state === 'SELESAI') return now ?? intake
    await saveFinishedInTx(tx, intake.id, remarksOn(now.columns), app.now())
    return (await findIntake(tx, intake.id)) ?? now
  })
}
