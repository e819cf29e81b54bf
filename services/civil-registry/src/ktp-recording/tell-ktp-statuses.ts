import { lockChildrenInTx } from '@satuanak/child-kit'
import type { ChildId } from '@satuanak/contracts'
import { audit, type Caller, permit } from '@satuanak/identity'
import type { RegistryApp, RegistryTx } from '../app.ts'
import { findSharedNiks } from '../flags/find-shared-niks.ts'
import { type ChildFile, findChildFiles } from '../identity/find-child-files.ts'
import { type KtpRecord, latestOf, type PrintDecision, printDecision, type StatusChange } from './domain.ts'
import { fromOpenSid, isBehind, type KtpCode, ktpCode } from './domain-statuses.ts'
import type { FileStatus } from './file-status.ts'
import { holderOf } from './holder-of.ts'
import { findKnownStepsInTx, findKtpRecords, type StepKey } from './repository.ts'
import { isOlder, type KtpStatusNews, oldStep, weighNews } from './weigh-news.ts'
import { type News, writeNewsInTx } from './write-news.ts'

/** A status of a list: whose, which, as of when, and from which system. */
interface ListedStatus {
  /** Records that the row's NIK stands with; at least one. */
  readonly holders: readonly ChildId[]
  readonly status: FileStatus
  /** Null where the list does not say. */
  readonly at: Temporal.Instant | null
  readonly origin: string | null
}

/** What became of one: `childId` is the record under which the person's KTP-el is kept. */
export type StatusAnswer =
  /** News. The card stands as decided. */
  | { readonly verdict: 'DITERAPKAN'; readonly childId: ChildId; readonly decision: PrintDecision }
  /** Known; or older than what is known, and in the history since now or before (KT-01). */
  | { readonly verdict: 'SUDAH_ADA'; readonly childId: ChildId; readonly older: boolean }
  /** Undated, and behind what is known: no machine takes a status back. */
  | { readonly verdict: 'MUNDUR'; readonly childId: ChildId }
  /** The NIK stands with two persons: no machine says whose status it is (EC-01). */
  | { readonly verdict: 'NIK_DIPAKAI_BERSAMA' }

interface StatusList {
  /** What the list comes from, an id: its events' correlation, and in the audit. */
  readonly source: string
  /** As of when what bears no date is true. */
  readonly asOf: Temporal.Instant
  readonly statuses: readonly ListedStatus[]
  /** Answers only: nothing is written, nobody waits, nothing is told. */
  readonly dryRun: boolean
}

/**
 * Writes down the statuses of a list, each as `recordKtpStatus` would one after the other, in as many statements whatever
 * its length: cards, print queue and holds follow from them (KT-01, BLG-R3). An OpenSID code that says no more than what
 * is known changes nothing (KT-02). The answers stand in the order of the list. Only for whoever may know of every child.
 * @throws NotPermitted
 */
export async function tellKtpStatusesInTx(
  app: RegistryApp,
  tx: RegistryTx,
  caller: Caller,
  list: StatusList,
): Promise<readonly StatusAnswer[]> {
  permit(caller, 'ktp.status.record', { level: 4 })
  const holders = [...new Set(list.statuses.flatMap((one) => one.holders))]
  const persons = await readPersons(app, tx, holders, list)
  const known = await knownSteps(tx, persons, list)
  const answers = list.statuses.map((one) => answer({ app, caller, list, known }, persons, one))
  if (list.dryRun) return answers
  const news = [...new Set(persons.values())].flatMap((person) => newsOf(person) ?? [])
  const ids = news.map(({ childId }) => childId)
  await audit(tx, caller, 'ktp.status.record', ids, { source: 'IMPORT', list: list.source, count: ids.length })
  await writeNewsInTx(app, tx, { actor: caller.subject, org: caller.agency, correlationid: list.source }, news)
  return answers
}

/** One person, and what the list has said of it so far. */
interface Person {
  readonly file: ChildFile
  readonly nikShared: boolean
  known: KtpRecord | null
  moved: boolean
  readonly steps: StatusChange[]
  readonly told: News['told'][number][]
}

/** By each of the holders' ids; the same one for all ids of a person. */
async function readPersons(
  app: RegistryApp,
  tx: RegistryTx,
  holders: readonly ChildId[],
  { dryRun }: Pick<StatusList, 'dryRun'>,
): Promise<ReadonlyMap<ChildId, Person>> {
  const files = await findChildFiles(app, tx, holders)
  const byCanonical = new Map([...files.values()].map((file) => [file.group.canonical, file]))
  const members = [...byCanonical.values()].flatMap(({ group }) => group.ids)
  if (!dryRun) await lockChildrenInTx(tx, members)
  const records = new Map((await findKtpRecords(tx, members)).map((record) => [record.childId, record]))
  const shared = await findSharedNiks(tx, [...byCanonical.values()])
  const persons = new Map(
    [...byCanonical].map(([canonical, file]): [ChildId, Person] => {
      const known = latestOf(file.group.ids.flatMap((id) => records.get(id) ?? []))
      return [canonical, { file, nikShared: shared.has(canonical), known, moved: false, steps: [], told: [] }]
    }),
  )
  return new Map(
    [...files].flatMap(([id, { group }]) => {
      const person = persons.get(group.canonical)
      return person ? [[id, person] as const] : []
    }),
  )
}

const keyOf = ({ childId, newCode, at }: StepKey): string => `${childId} ${at.epochMilliseconds} ${newCode}`

/** Of the dated statuses those that stand in the history already. */
async function knownSteps(
  tx: RegistryTx,
  persons: ReadonlyMap<ChildId, Person>,
  { statuses }: StatusList,
): Promise<Set<string>> {
  const asked = statuses.flatMap(({ holders: [id], status, at }): StepKey[] => {
    const childId = id && persons.get(id)?.known?.childId
    return childId && at ? [{ childId, newCode: codeOf(status, null), at }] : []
  })
  return new Set((await findKnownStepsInTx(tx, asked)).map(keyOf))
}

/** The national code that a row stands for, by what is known at its time. */
const codeOf = (status: FileStatus, current: KtpCode | null): KtpCode =>
  'openSid' in status ? fromOpenSid(status.openSid, current) : ktpCode(status.code)

interface Telling {
  readonly app: RegistryApp
  readonly caller: Caller
  readonly list: StatusList
  /** Steps of the history, the list's own among them as it is walked through. */
  readonly known: Set<string>
}

/** What becomes of one status, after those before it in the list. */
function answer(telling: Telling, persons: ReadonlyMap<ChildId, Person>, one: ListedStatus): StatusAnswer {
  const { app, caller, list, known: history } = telling
  const [id] = one.holders
  const [person, ...others] = new Set(one.holders.flatMap((holder) => persons.get(holder) ?? []))
  if (id === undefined || person === undefined) throw new Error('a status of a record that the registry does not keep')
  if (others.length > 0) return { verdict: 'NIK_DIPAKAI_BERSAMA' }
  const { known } = person
  const childId = known?.childId ?? id
  const at = one.at ?? list.asOf
  const isOld = known !== null && isOlder({ at }, known)
  const code = codeOf(one.status, isOld ? null : (known?.code ?? null))
  const news: KtpStatusNews = { childId, code, source: 'IMPORT', at, origin: one.origin ?? undefined }
  if (known !== null && isOld) {
    const step = oldStep(app, caller.subject, known, news)
    if (!history.has(keyOf(step))) person.steps.push(step)
    history.add(keyOf(step))
    return { verdict: 'SUDAH_ADA', childId, older: true }
  }
  if (known !== null && one.at === null) {
    if (isBehind(code, known.code)) return { verdict: 'MUNDUR', childId }
    // An undated list says no more than that it is still so: the day of the status stays.
    if (code === known.code) return { verdict: 'SUDAH_ADA', childId, older: false }
  }
  return move(telling, person, news)
}

/** Moves the person on, and remembers what is to be written. */
function move({ app, caller, known: history }: Telling, person: Person, news: KtpStatusNews): StatusAnswer {
  const { everMarried = false, birthDateConfirmed = false } = person.known ?? {}
  const holder = holderOf(person.file, { everMarried, birthDateConfirmed, nikShared: person.nikShared })
  const weighed = weighNews(app, caller.subject, { holder, known: person.known, news })
  person.known = weighed.record
  person.moved = true
  if (weighed.step !== null) {
    person.steps.push(weighed.step)
    history.add(keyOf(weighed.step))
  }
  person.told.push(...weighed.told)
  const { childId } = weighed.record
  const decision = printDecision(weighed.record.code, holder, app.today())
  return weighed.changed
    ? { verdict: 'DITERAPKAN', childId, decision }
    : { verdict: 'SUDAH_ADA', childId, older: false }
}

function newsOf({ file, known, moved, steps, told }: Person): News | null {
  if (known === null || (!moved && steps.length === 0)) return null
  return { childId: known.childId, level: file.group.level, record: moved ? known : null, steps, told }
}
