import { lockChildrenInTx } from '@satuanak/child-kit'
import type { ChildId } from '@satuanak/contracts'
import { audit, type Caller } from '@satuanak/identity'
import type { RegistryApp, RegistryTx } from '../app.ts'
import { findSharedNiks } from '../flags/find-shared-niks.ts'
import { type ChildFile, childFileFor } from '../identity/find-child-files.ts'
import {
  type Holder,
  type KtpRecord,
  latestOf,
  type PrintDecision,
  printDecision,
  type StatusChange,
  whenReady,
} from './domain.ts'
import { toldStatus } from './domain-statuses.ts'
import { holderOf } from './holder-of.ts'
import { findKnownStepsInTx, findKtpRecords } from './repository.ts'
import { isOlder, type KtpStatusNews, oldStep, type Weighed, weighNews } from './weigh-news.ts'
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
  const outcomes = await tellKtpStatusInTx(app, tx, caller, new Map([[news.childId, file]]), news)
  const outcome = outcomes.get(news.childId)
  if (!outcome) throw new Error('a status that was told has no outcome')
  return outcome
}

/**
 * The same for any number of children at once, in as many statements as for one: for a feature that asked its own
 * permission of their files (`findChildFiles`), as the print room does.
 * @param files by the id under which each is known to the feature.
 * @returns the outcome of each, by those ids.
 */
export async function tellKtpStatusInTx(
  app: RegistryApp,
  tx: RegistryTx,
  caller: Caller,
  files: ReadonlyMap<ChildId, ChildFile>,
  news: Omit<KtpStatusNews, 'childId'>,
): Promise<ReadonlyMap<ChildId, KtpOutcome>> {
  const members = [...new Set([...files.values()].flatMap(({ group }) => group.ids))]
  await lockChildrenInTx(tx, members)
  const records = new Map((await findKtpRecords(tx, members)).map((record) => [record.childId, record]))
  const shared = await findSharedNiks(tx, [...files.values()])
  const weighed = [...byPerson(files)].map(([id, file]) => {
    const known = latestOf(file.group.ids.flatMap((member) => records.get(member) ?? []))
    const holder = holderOf(file, {
      everMarried: news.everMarried ?? known?.everMarried ?? false,
      birthDateConfirmed: news.birthDateConfirmed ?? known?.birthDateConfirmed ?? false,
      nikShared: shared.has(file.group.canonical),
    })
    return { id, file, known, holder, ...weigh(app, caller, { known, holder, news: { ...news, childId: id } }) }
  })
  const heard = weighed.flatMap(({ id, isHeard }) => (isHeard ? [id] : []))
  if (heard.length > 0) {
    await audit(tx, caller, 'ktp.status.record', heard, { code: toldStatus(news.code), source: news.source })
  }
  const known = new Set(
    (
      await findKnownStepsInTx(
        tx,
        weighed.flatMap(({ old }) => old ?? []),
      )
    ).map(({ childId }) => childId),
  )
  const isNews = ({ old }: Weighing) => old !== null && !known.has(old.childId)
  const herald = { actor: caller.subject, org: caller.agency, correlationid: news.requestId }
  await writeNewsInTx(
    app,
    tx,
    herald,
    weighed.map((one) => ({
      childId: one.known?.childId ?? one.id,
      level: one.file.group.level,
      record: one.next?.record ?? null,
      steps: [...(isNews(one) && one.old ? [one.old] : []), ...(one.next?.step ? [one.next.step] : [])],
      told: one.next?.told ?? [],
    })),
  )
  const outcomes = new Map(
    weighed.map((one) => {
      const record = one.next?.record ?? one.known
      if (record === null) throw new Error('a status was weighed and left no record')
      return [one.file.group.canonical, outcome(record, one.holder, app.today(), one.next?.changed ?? isNews(one))]
    }),
  )
  const first = new Set(weighed.map(({ id }) => id))
  return new Map(
    [...files].flatMap(([id, { group }]) => {
      const ofPerson = outcomes.get(group.canonical)
      return ofPerson ? [[id, first.has(id) ? ofPerson : { ...ofPerson, changed: false }]] : []
    }),
  )
}

/** Each person once: of two records that are one by now, the second has nothing new to hear. */
function byPerson(files: ReadonlyMap<ChildId, ChildFile>): ReadonlyMap<ChildId, ChildFile> {
  const first = new Map([...files].toReversed().map(([id, { group }]) => [group.canonical, id]))
  return new Map([...files].filter(([id, { group }]) => first.get(group.canonical) === id))
}

/** What becomes of one child's news: the next record, or a step that lies before the known one, or nothing. */
interface Weighing {
  /** False where the card does not stand where it must: then nobody asked for anything. */
  readonly isHeard: boolean
  readonly next: Weighed | null
  readonly old: StatusChange | null
}

function weigh(
  app: RegistryApp,
  caller: Caller,
  { known, holder, news }: { readonly known: KtpRecord | null; readonly holder: Holder; readonly news: KtpStatusNews },
): Weighing {
  if (known !== null && news.onlyFrom !== undefined && known.state !== news.onlyFrom) {
    return { isHeard: false, next: null, old: null }
  }
  if (known !== null && isOlder(news, known)) {
    return { isHeard: true, next: null, old: oldStep(app, caller.subject, known, news) }
  }
  return { isHeard: true, next: weighNews(app, caller.subject, { holder, known, news }), old: null }
}

function outcome(record: KtpRecord, holder: Holder, today: Temporal.PlainDate, changed: boolean): KtpOutcome {
  return { record, decision: printDecision(record.code, holder, today), whenReady: whenReady(holder, today), changed }
}
