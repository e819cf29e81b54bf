import type { AgencyCode, ChildId, Sensitivity } from '@satuanak/contracts'
import { emitAll, type NewEvent } from '@satuanak/messaging'
import type { RegistryApp, RegistryTx } from '../app.ts'
import { followDuplicatesInTx } from '../ktp-duplicate/follow-duplicates.ts'
import type { KtpRecord, StatusChange } from './domain.ts'
import type { Told } from './move-card.ts'
import { addStatusChangesInTx, saveKtpRecordsInTx } from './repository.ts'

/** On whose word events are told. */
export interface Herald {
  readonly actor: string
  readonly org: AgencyCode
  readonly correlationid?: string | undefined
}

/** What is new of one person's KTP-el. */
export interface News {
  readonly childId: ChildId
  readonly level: Sensitivity
  /** The record as it is now; null where it stays. */
  readonly record: KtpRecord | null
  readonly steps: readonly StatusChange[]
  readonly told: readonly Told[]
}

/**
 * Writes what is new of any number of persons, each once, and tells it: a statement for the records, one for the
 * history, two for the duplicates, and as many for the events as the person with the most of them has.
 */
export async function writeNewsInTx(
  app: RegistryApp,
  tx: RegistryTx,
  { correlationid, ...herald }: Herald,
  news: readonly News[],
): Promise<void> {
  await saveKtpRecordsInTx(
    tx,
    news.flatMap(({ record }) => record ?? []),
  )
  await addStatusChangesInTx(
    tx,
    news.flatMap(({ steps }) => steps),
  )
  await followDuplicatesInTx(
    app,
    tx,
    news.flatMap(({ record, steps }) => (record !== null && steps.some(isMove(record.code)) ? record : [])),
  )
  const more = correlationid === undefined ? {} : { correlationid }
  const most = Math.max(0, ...news.map(({ told }) => told.length))
  // One event of each subject at once, the first of all before the second of any.
  for (let turn = 0; turn < most; turn++) {
    const events = news.flatMap(({ childId, level, told }): NewEvent[] => {
      const one = told[turn]
      return one ? [{ ...one, ...herald, ...more, subject: childId, sensitivity: level, time: app.now() }] : []
    })
    await emitAll(tx, events)
  }
}

/** A step to the status that stands now; what lies before it moves nothing (KT-01). */
const isMove =
  (code: string) =>
  ({ newCode, oldCode }: StatusChange): boolean =>
    newCode === code && oldCode !== code
