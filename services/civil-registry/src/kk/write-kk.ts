import type { AgencyCode, ChildId } from '@satuanak/contracts'
import { type Checked, date, fields, oneOf, parseKk } from '@satuanak/domain-kit'
import type { RegistryApp, RegistryTx } from '../app.ts'
import { KK_REASONS, type KkReason } from './domain.ts'
import { saveKkInTx } from './repository.ts'

export interface KkInput {
  /** 16 digits. */
  readonly number: string
  readonly issuedOn: Temporal.PlainDate
  readonly reason: KkReason
}

export interface CheckedKk {
  readonly digits: string
  readonly issuedOn: string
  readonly reason: KkReason
}

/** The household card as the law writes it began in the seventies [D]. */
const EARLIEST = new Temporal.PlainDate(1970, 1, 1)

/** A KK number by ID-10, its issue date by itself (ID-11). */
export function checkKk({ number, issuedOn, reason }: KkInput, today: Temporal.PlainDate): Checked<CheckedKk> {
  const checked = fields({
    number: parseKk(number, { today }),
    issuedOn: date(issuedOn, { rule: 'ID-11', earliest: EARLIEST, latest: today }),
    reason: oneOf(reason, KK_REASONS, { rule: 'PD-08' }),
  })
  if (!checked.ok) return checked
  const { number: kk, issuedOn: day, reason: why } = checked.value
  return { ...checked, value: { digits: kk.digits, issuedOn: day.toString(), reason: why } }
}

/** Adds a KK to a record's history, sealed. The caller has the permission. */
export async function writeKkInTx(
  app: RegistryApp,
  tx: RegistryTx,
  { digits, ...kk }: CheckedKk,
  of: { readonly personId: ChildId; readonly agency: AgencyCode; readonly recordedBy: string },
): Promise<void> {
  const id = app.newId()
  const { last4, ...sealed } = app.custody.seal(digits, id, 'KK')
  await saveKkInTx(tx, { ...kk, ...of, id, last4, sealed, recordedAt: app.now() })
}
