import type { z } from 'zod'
import { civilRegistryEvents } from './civil-registry.ts'
import { coordinationEvents } from './coordination.ts'
import { educationEvents } from './education.ts'
import type { Envelope } from './envelope.ts'
import { socialEvents } from './social.ts'

/** Every event that may stand on the bus: type → schema of its `data`. Published shapes never change; a new one is `v2`. */
export const EVENTS = { ...civilRegistryEvents, ...educationEvents, ...socialEvents, ...coordinationEvents } as const

export type EventType = keyof typeof EVENTS
/** What happened in an office: every event but the notice, which tells of one of them. */
export type FactType = Exclude<EventType, 'coordination.notice.given.v1'>
export const FACT_TYPES = (Object.keys(EVENTS) as EventType[]).filter(
  (type): type is FactType => type !== 'coordination.notice.given.v1',
)
export type EventData<Type extends EventType> = z.infer<(typeof EVENTS)[Type]>
/** An event as a consumer's handler receives it. */
export type EventOf<Type extends EventType> = { [T in Type]: Envelope<T, EventData<T>> }[Type]

export * from './civil-registry.ts'
export * from './coordination.ts'
export * from './education.ts'
export * from './envelope.ts'
export * from './social.ts'
