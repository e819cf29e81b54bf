import type { EventData, EventType } from '@satuanak/contracts'
import type { RegistryApp } from '../app.ts'
import { type Holder, type KtpRecord, type PrintDecision, printDecision } from './domain.ts'
import { statusOf } from './domain-statuses.ts'

interface Step {
  readonly known: KtpRecord | null
  /** What is known now, all but what follows from it. */
  readonly record: Omit<KtpRecord, 'state' | 'stateSince' | 'holdUntil'>
  readonly holder: Holder
}

/**
 * Decides over the card by today's date: the record as it is then, and where the card went, held, ready, printed. What
 * has not moved is not told again.
 */
export function moveCard(
  app: RegistryApp,
  { known, record, holder }: Step,
): { readonly next: KtpRecord; readonly told: Told | null } {
  const decision = printDecision(record.code, holder, app.today())
  const stays = known?.state === decision.state
  const next: KtpRecord = {
    ...record,
    state: decision.state,
    stateSince: stays ? known.stateSince : app.now(),
    holdUntil: decision.state === 'DITAHAN' ? decision.until : null,
  }
  return { next, told: toldOf(app, decision, { known, next }) }
}

/** One fact of a KTP-el. */
export type Told = {
  [Type in EventType]: { readonly type: Type; readonly data: EventData<Type> }
}[EventType]

function toldOf(
  app: RegistryApp,
  decision: PrintDecision,
  { known, next }: { readonly known: KtpRecord | null; readonly next: KtpRecord },
): Told | null {
  const moved = known?.state !== next.state
  switch (decision.state) {
    case 'DITAHAN': {
      const same = known?.holdUntil?.equals(decision.until) ?? false
      const data = { heldUntil: decision.until.toString() }
      return moved || !same ? { type: 'civil-registry.ktp.held.v1', data } : null
    }
    case 'SIAP_CETAK': {
      const data = { readyOn: app.today().toString(), wasHeld: known?.state === 'DITAHAN' }
      return moved ? { type: 'civil-registry.ktp.printready.v1', data } : null
    }
    case 'SUDAH_CETAK': {
      const printedOn = next.statusAt.toZonedDateTimeISO(app.zone).toPlainDate().toString()
      const news = isPrinted(next.code) && !(known !== null && isPrinted(known.code))
      return news ? { type: 'civil-registry.ktp.printed.v1', data: { printedOn } } : null
    }
    case 'BELUM':
    case 'PERLU_PETUGAS':
    case 'TANPA_KARTU':
      return null
  }
}

/** A card exists, and not only an order for one. */
const isPrinted = (code: string): boolean => {
  const { openSid } = statusOf(code)
  return openSid === 4 || openSid === 6 || openSid === 8
}
