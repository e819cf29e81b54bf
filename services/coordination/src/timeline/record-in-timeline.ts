import type { EventOf, FactType } from '@satuanak/contracts'
import { entryOf } from './domain.ts'
import { saveTimelineEntryInTx, type TimelineTx } from './repository.ts'

/** Writes one event into its child's timeline, in the transaction in which it was received. */
export async function recordInTimeline(tx: TimelineTx, event: EventOf<FactType>): Promise<void> {
  await saveTimelineEntryInTx(tx, entryOf(event))
}
