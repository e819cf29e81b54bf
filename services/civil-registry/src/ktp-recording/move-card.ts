import type { AgencyCode, ChildId, EventData, EventType, Sensitivity } from '@satuanak/contracts'
import { emit } from '@satuanak/messaging'
import type { RegistryApp, RegistryTx } from '../app.ts'
import { type Holder, type KtpRecord, type PrintDecision, printDecision } from './domain.ts'
import { statusOf } from './domain-statuses.ts'
import { saveKtpRecordInTx } from './repository.ts'

/** On whose word events are told. */
export interface Herald {
  readonly actor: string
  readonly org: AgencyCode
  readonly level: Sensitivity
  readonly correlationid?: string | undefined
}

interface Step {
  readonly known: KtpRecord | null
  /** What is known now, all but what follows from it. */
  readonly record: Omit<KtpRecord, 'state' | 'stateSince' | 'holdUntil'>
  readonly holder: Holder
}

/**
 * Decides over the card by today's date, writes the record, and tells where the card went: held, ready, printed. What
 * has not moved is not told again.
 */
export async function moveCardInTx(
  app: RegistryApp,
  tx: RegistryTx,
  herald: Herald,
  { known, record, holder }: Step,
): Promise<KtpRecord> {
  const decision = printDecision(record.code, holder, app.today())
  const stays = known?.state === decision.state
  const next: KtpRecord = {
    ...record,
    state: decision.state,
    stateSince: stays ? known.stateSince : app.now(),
    holdUntil: decision.state === 'DITAHAN' ? decision.until : null,
  }
  await saveKtpRecordInTx(tx, next)
  const told = toldOf(app, decision, { known, next })
  if (told !== null) await tell(app, tx, herald, record.childId, told)
  return next
}

type Told = {
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

export async function tell(
  app: RegistryApp,
  tx: RegistryTx,
  { level, correlationid, ...herald }: Herald,
  subject: ChildId,
  told: Told,
): Promise<void> {
  const more = correlationid === undefined ? {} : { correlationid }
  await emit(tx, { ...told, ...herald, ...more, subject, sensitivity: level, time: app.now() })
}
