import type { ChildId } from '@satuanak/contracts'
import { fields, given, instant, orRefuse, uuid } from '@satuanak/domain-kit'
import type { Caller } from '@satuanak/identity'
import type { RegistryApp } from '../app.ts'
import { changeKtpStatusInTx } from './change-ktp-status.ts'
import { FIRST_KTP_EL, statusText } from './file-status.ts'

export interface RecordKtpStatus {
  readonly requestId: string
  readonly childId: string
  readonly code: string
  /** As of when; now where it is left out. */
  readonly at?: Temporal.Instant | null | undefined
  readonly everMarried?: boolean | null | undefined
  readonly birthDateConfirmed?: boolean | null | undefined
}

/**
 * An officer writes down what SIAK says of a child's KTP-el (KT-01): the print queue, or the wait for the 17th birthday,
 * follows from it (BLG-R3).
 * @throws InvalidInput, ChildNotFound, NotPermitted, RequestIdReused.
 */
export async function recordKtpStatus(app: RegistryApp, caller: Caller, command: RecordKtpStatus): Promise<ChildId> {
  const now = app.now()
  const { value } = orRefuse(
    fields({
      childId: uuid<ChildId>(command.childId),
      code: statusText(command.code),
      // The present is taken when the deed is done: sent again, the same request must still be the same.
      at: command.at ? instant(command.at, { rule: 'KT-01', earliest: FIRST_KTP_EL, latest: now }) : given(now),
    }),
  )
  return app.once(caller, { name: 'recordKtpStatus', ...command, input: command }, async (tx) => {
    await changeKtpStatusInTx(app, tx, caller, {
      ...value,
      source: 'MANUAL',
      everMarried: command.everMarried ?? undefined,
      birthDateConfirmed: command.birthDateConfirmed ?? undefined,
      requestId: command.requestId,
    })
    return value.childId
  })
}
