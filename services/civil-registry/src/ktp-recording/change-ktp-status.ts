import { lockChildrenInTx } from '@satuanak/child-kit'
import { audit, type Caller } from '@satuanak/identity'
import type { RegistryApp, RegistryTx } from '../app.ts'
import { findSharedNiks } from '../flags/find-shared-niks.ts'
import { type ChildFile, childFileFor } from '../identity/find-child-files.ts'
import { type Holder, type KtpRecord, latestOf, type PrintDecision, printDecision, whenReady } from './domain.ts'
import { toldStatus } from './domain-statuses.ts'
import { holderOf } from './holder-of.ts'
import { findKnownStepsInTx, findKtpRecords } from './repository.ts'
import { isOlder, type KtpStatusNews, oldStep, weighNews } from './weigh-news.ts'
import { writeNewsInTx } from './write-news.ts'

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
  const herald = { actor: caller.subject, org: caller.agency, correlationid: news.requestId }
  const person = { childId: known?.childId ?? news.childId, level: file.group.level }
  if (known !== null && isOlder(news, known)) {
    const step = oldStep(app, caller.subject, known, news)
    const isNews = (await findKnownStepsInTx(tx, [step])).length === 0
    await writeNewsInTx(app, tx, herald, [{ ...person, record: null, steps: isNews ? [step] : [], told: [] }])
    return outcome(known, holder, app.today(), isNews)
  }
  const { record, step, told, changed } = weighNews(app, caller.subject, { holder, known, news })
  await writeNewsInTx(app, tx, herald, [{ ...person, record, steps: step === null ? [] : [step], told }])
  return outcome(record, holder, app.today(), changed)
}

function outcome(record: KtpRecord, holder: Holder, today: Temporal.PlainDate, changed: boolean): KtpOutcome {
  return { record, decision: printDecision(record.code, holder, today), whenReady: whenReady(holder, today), changed }
}
