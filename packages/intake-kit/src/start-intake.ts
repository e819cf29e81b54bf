import { type Caller, permit } from '@satuanak/identity'
import type { IntakeApp } from './app.ts'
import type { IntakePermissions } from './file-kind.ts'
import { findIntakeOfFileInTx, saveIntakeInTx } from './ledger.ts'
import { type Format, type Intake, NOTHING_SEEN } from './rows/index.ts'

export interface StartIntake {
  readonly fileName: string
  /** SHA-256 of the file, hexadecimal. */
  readonly fileHash: string
  readonly format: Format
  /** As what it is taken in. */
  readonly kind: { readonly kind: string; readonly reading: string; readonly permissions: IntakePermissions }
  readonly dryRun: boolean
}

/**
 * Starts the intake of a file, or finds it again: one that stopped half way goes on, one that is done stays done
 * (EC-46). A finished dry run is tried anew: what the service holds may have changed since.
 * @throws NotPermitted
 */
export async function startIntake(app: IntakeApp, caller: Caller, command: StartIntake): Promise<Intake> {
  const { fileHash, dryRun, format, kind } = command
  permit(caller, kind.permissions.run, { level: kind.permissions.level })
  const print = app.fingerprint(`file ${fileHash}${kind.reading}`)
  return app.inTransaction(async (tx) => {
    const known = await findIntakeOfFileInTx(tx, print, dryRun)
    if (known && !(known.dryRun && known.state === 'SELESAI')) return known
    const intake: Intake = {
      id: app.newId(),
      fileName: shown(command.fileName),
      format,
      kind: kind.kind,
      dryRun,
      state: 'BERJALAN',
      rowsDone: 0,
      created: 0,
      matched: 0,
      refused: 0,
      warned: 0,
      unknown: 0,
      columns: NOTHING_SEEN,
      remarks: [],
      startedBy: caller.subject,
      startedAt: app.now(),
      finishedAt: null,
    }
    await saveIntakeInTx(tx, intake, print)
    return intake
  })
}

/** The file's name as it is kept: what could be a NIK is not (ID-09). */
const shown = (name: string): string => name.replace(/\d{9,}/g, '…').slice(0, 200)
