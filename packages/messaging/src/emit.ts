import type { AgencyCode, EventData, EventId, EventType, Sensitivity } from '@satuanak/contracts'
import type { Tx } from './tx.ts'

/** What a use case says; id, version, time, trace and source are added here. */
export interface NewEvent<Type extends EventType = EventType> {
  readonly type: Type
  readonly subject: string
  readonly data: EventData<Type>
  readonly actor: string
  readonly org: AgencyCode
  readonly sensitivity: Sensitivity
  readonly time: Temporal.Instant
  /** The event or request that this one follows from. */
  readonly correlationid?: string
  readonly causationid?: string
}

export async function emit<Type extends EventType>(_tx: Tx, _event: NewEvent<Type>): Promise<EventId> {
  throw new Error('messaging helper writes this')
}
