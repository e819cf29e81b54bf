import { lockChildrenInTx } from '@satuanak/child-kit'
import type { ChildId } from '@satuanak/contracts'
import { audit, type Caller } from '@satuanak/identity'
import type { RegistryApp, RegistryTx } from '../app.ts'
import { findSharedNiks } from '../flags/find-shared-niks.ts'
import { type ChildFile, childFileFor } from '../identity/find-child-files.ts'
import {
  type Holder,
  isRecording,
  type KtpRecord,
  type KtpSource,
  latestOf,
  type PrintDecision,
  type PrintState,
  printDecision,
  whenReady,
} from './domain.ts'
import { ktpCode, toldStatus } from './domain-statuses.ts'
import { type Herald, moveCardInTx, tell } from './move-card.ts'
import { addStatusChangeInTx, findKtpRecords, isStatusKnownInTx } from './repository.ts'

/** News of a child's KTP-el, from an officer, a file or a school session. */
export interface KtpStatusNews {
  readonly childId: ChildId
  /** A national status: a known one in any spelling, any other as written (KT-01). At most 60 characters. */
  readonly code: string
  readonly source: KtpSource
  /** As of when it is true. */
  readonly at: Temporal.Instant
  /** Left out: as it was. Kawin or pernah kawin (KT-10). */
  readonly everMarried?: boolean | undefined
  /** Left out: as it was. An officer stands for a date that is not exact to the day (ID-22). */
  readonly birthDateConfirmed?: boolean | undefined
  /** Only where the card stands here; elsewhere nothing is written, and `changed` is false. */
  readonly onlyFrom?: PrintState | undefined
  /** For the events that follow. */
  readonly requestId?: string | undefined
}

export interface KtpOutcome {
  /** What stands now; older news than what is known changes nothing of it. */
  readonly record: KtpRecord
  readonly decision: PrintDecision
  /** The same for the day on which the centre finds the record unique: `DITAHAN` means recorded and held (BLG-R3). */
  readonly whenReady: PrintDecision
  /** Whether anything was news. */
  readonly changed: boolean
}

/**
 * Writes down a status and decides over the card, in the caller's own transaction: for every feature that hears one.
 * The person's record is one under all ids; news older than the known goes to the history and moves nothing (KT-01).
 * @throws ChildNotFound, NotPermitted (`ktp.status.record`).
 */
export async function changeKtpStatusInTx(
  app: RegistryApp,
  tx: RegistryTx,
  caller: Caller,
  news: KtpStatusNews,
): Promise<KtpOutcome> {
  const file = await childFileFor(app, tx, { caller, permission: 'ktp.status.record', childId: news.childId })
  return tellKtpStatusInTx(app, tx, caller, file, news)
}

/** The same for a feature that asked its own permission of the child's file (`childFileFor`), as the print room does. */
export async function tellKtpStatusInTx(
  app: RegistryApp,
  tx: RegistryTx,
  caller: Caller,
  file: ChildFile,
  news: KtpStatusNews,
): Promise<KtpOutcome> {
  await lockChildrenInTx(tx, file.group.ids)
  const known = latestOf(await findKtpRecords(tx, file.group.ids))
  const holder = holderOf(file, {
    everMarried: news.everMarried ?? known?.everMarried ?? false,
    birthDateConfirmed: news.birthDateConfirmed ?? known?.birthDateConfirmed ?? false,
    nikShared: (await findSharedNiks(tx, [file])).has(file.group.canonical),
  })
  if (known !== null && news.onlyFrom !== undefined && known.state !== news.onlyFrom) {
    return outcome(known, holder, app.today(), false)
  }
  await audit(tx, caller, 'ktp.status.record', [news.childId], { code: toldStatus(news.code), source: news.source })
  if (known !== null && Temporal.Instant.compare(news.at, known.statusAt) < 0) {
    const changed = await keepOldNews(app, tx, caller, known, news)
    return outcome(known, holder, app.today(), changed)
  }
  return moveOn(app, tx, { caller, level: file.group.level, holder, known, news })
}

/** What decides over the card of a file's person; the canonical record's birth date is the one that counts. */
export function holderOf({ persons }: ChildFile, said: Omit<Holder, 'birthDate' | 'precision'>): Holder {
  const person = persons[0]
  return {
    birthDate: person?.birthDate ? Temporal.PlainDate.from(person.birthDate) : null,
    precision: person?.birthDatePrecision ?? 'TAKSIRAN',
    everMarried: said.everMarried,
    birthDateConfirmed: said.birthDateConfirmed,
    nikShared: said.nikShared,
  }
}

function outcome(record: KtpRecord, holder: Holder, today: Temporal.PlainDate, changed: boolean): KtpOutcome {
  return { record, decision: printDecision(record.code, holder, today), whenReady: whenReady(holder, today), changed }
}

/** A step that lies before the known one: history, once. */
async function keepOldNews(
  app: RegistryApp,
  tx: RegistryTx,
  caller: Caller,
  known: KtpRecord,
  { code, source, at }: KtpStatusNews,
): Promise<boolean> {
  const step = { childId: known.childId, oldCode: null, newCode: ktpCode(code), source, at }
  if (await isStatusKnownInTx(tx, step)) return false
  await addStatusChangeInTx(tx, { ...step, id: app.newId(), recordedBy: caller.subject })
  return true
}

interface Move {
  readonly caller: Caller
  readonly level: Herald['level']
  readonly holder: Holder
  readonly known: KtpRecord | null
  readonly news: KtpStatusNews
}

async function moveOn(app: RegistryApp, tx: RegistryTx, { caller, level, holder, known, news }: Move) {
  const code = ktpCode(news.code)
  const old = known?.code ?? null
  const day = news.at.toZonedDateTimeISO(app.zone).toPlainDate()
  // A file tells a status and not the day on which a pupil sat before the camera.
  const recorded = news.source !== 'IMPORT' && isRecording(old, code)
  const record = {
    childId: known?.childId ?? news.childId,
    code,
    source: news.source,
    statusAt: news.at,
    recordedOn: recorded ? day : (known?.recordedOn ?? null),
    everMarried: holder.everMarried,
    birthDateConfirmed: holder.birthDateConfirmed,
  }
  const herald = { actor: caller.subject, org: caller.agency, level, correlationid: news.requestId }
  if (old !== code) {
    await tell(app, tx, herald, record.childId, {
      type: 'civil-registry.ktp.status.changed.v1',
      data: { old: old === null ? null : toldStatus(old), new: toldStatus(code) },
    })
  }
  if (recorded) {
    await tell(app, tx, herald, record.childId, {
      type: 'civil-registry.ktp.recorded.v1',
      data: { recordedOn: day.toString() },
    })
  }
  const next = await moveCardInTx(app, tx, herald, { known, record, holder })
  if (old !== code) {
    const { childId, source, statusAt: at } = record
    const step = { id: app.newId<string>(), childId, oldCode: old, newCode: code, source, at }
    await addStatusChangeInTx(tx, { ...step, recordedBy: caller.subject })
  }
  const changed = old !== code || known?.everMarried !== holder.everMarried || known.state !== next.state
  return outcome(next, holder, app.today(), changed)
}
