import type { ChildId } from '@satuanak/contracts'
import type { RegistryApp, RegistryTx } from '../app.ts'
import { findSharedNiks } from '../flags/find-shared-niks.ts'
import { type ChildFile, findChildFiles } from '../identity/find-child-files.ts'
import {
  type Holder,
  type KtpRecord,
  latestOf,
  type PrintDecision,
  printDecision,
  type StatusChange,
} from './domain.ts'
import { holderOf } from './holder-of.ts'
import { findKtpRecords, findStatusChanges } from './repository.ts'

type Reader = RegistryApp['db'] | RegistryTx

/** What is known of one child's KTP-el, and what follows from it today. */
export interface KtpStanding {
  readonly record: KtpRecord
  readonly holder: Holder
  readonly decision: PrintDecision
}

/**
 * The standing of each of these children who has one, under whichever id it was written: four statements for any
 * number of children. Asks no permission: the feature that shows it does.
 */
export async function readKtpStatuses(
  app: RegistryApp,
  reader: Reader,
  ids: readonly ChildId[],
): Promise<ReadonlyMap<ChildId, KtpStanding>> {
  return standingsOf(app, reader, await findChildFiles(app, reader, ids))
}

/** The same, where the files are at hand. */
export async function standingsOf(
  app: RegistryApp,
  reader: Reader,
  files: ReadonlyMap<ChildId, ChildFile>,
): Promise<ReadonlyMap<ChildId, KtpStanding>> {
  const members = [...new Set([...files.values()].flatMap(({ group }) => group.ids))]
  const byId = new Map((await findKtpRecords(reader, members)).map((record) => [record.childId, record]))
  const shared = await findSharedNiks(reader, [...files.values()])
  const today = app.today()
  return new Map(
    [...files].flatMap(([id, file]) => {
      const record = latestOf(file.group.ids.flatMap((member) => byId.get(member) ?? []))
      if (record === null) return []
      const holder = holderOf(file, { ...record, nikShared: shared.has(file.group.canonical) })
      return [[id, { record, holder, decision: printDecision(record.code, holder, today) }] as const]
    }),
  )
}

/** Every step of each child's status under all of its ids, the latest first: one statement for any number of children. */
export async function readKtpHistories(
  reader: Reader,
  groups: ReadonlyMap<ChildId, readonly ChildId[]>,
): Promise<ReadonlyMap<ChildId, readonly StatusChange[]>> {
  const changes = await findStatusChanges(reader, [...new Set([...groups.values()].flat())])
  return new Map([...groups].map(([id, ids]) => [id, changes.filter(({ childId }) => ids.includes(childId))]))
}
