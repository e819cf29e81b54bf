import { audit, type Caller, permit } from '@satuanak/identity'
import type { SqlClient } from '@satuanak/messaging'
import type { IntakeApp } from './app.ts'
import { IntakeAtWork } from './errors.ts'
import type { Batch, FileKind } from './file-kind.ts'
import { findIntake, lockIntakeInTx, saveProgressInTx, saveRowsInTx } from './ledger.ts'
import { type Intake, type IntakeCounts, type IntakeRow, isTaken } from './rows/index.ts'

/**
 * Takes the next rows of an intake in one transaction: what they brought, what came of each row and how far the intake has
 * come are written together or not at all, so that whoever goes on after a crash doubles nothing (EC-46).
 * @returns the intake as it stands then.
 * @throws NotPermitted, IntakeAtWork where another process has taken these rows or is taking them.
 */
export async function takeRows<Client extends SqlClient, App extends IntakeApp<Client>>(
  app: App,
  caller: Caller,
  { intake, kind }: { readonly intake: Intake; readonly kind: FileKind<Client, App> },
  batch: Batch,
): Promise<Intake> {
  permit(caller, kind.permissions.run, { level: kind.permissions.level })
  const { columns, take } = kind.prepare(app, caller, intake, batch)
  return app.inTransaction(async (tx) => {
    const now = await lockIntakeInTx(tx, intake.id)
    if (now?.state !== 'BERJALAN' || now.rowsDone !== intake.rowsDone) throw new IntakeAtWork()
    const taken = await take(tx)
    await saveRowsInTx(tx, intake.id, taken.filter(isWorthKeeping))
    const counts = countOf(taken, batch.rows.length)
    await saveProgressInTx(tx, intake.id, counts, columns)
    await audit(tx, caller, kind.permissions.run, [], { intake: intake.id, dryRun: intake.dryRun, ...counts })
    return (await findIntake(tx, intake.id)) ?? now
  })
}

const isWorthKeeping = ({ verdict, problems }: IntakeRow): boolean => !isTaken({ verdict }) || problems.length > 0

function countOf(taken: readonly IntakeRow[], rowsDone: number): IntakeCounts {
  const of = (verdict: IntakeRow['verdict']) => taken.filter((row) => row.verdict === verdict).length
  const created = taken.filter(isTaken)
  return {
    rowsDone,
    created: created.length,
    matched: of('SUDAH_ADA'),
    refused: of('DITOLAK'),
    unknown: of('TIDAK_DIKENAL'),
    warned: created.filter(({ problems }) => problems.length > 0).length,
  }
}
