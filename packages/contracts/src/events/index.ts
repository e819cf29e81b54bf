import type { z } from 'zod'
import { civilRegistryEvents } from './civil-registry.ts'
import { coordinationEvents } from './coordination.ts'
import { educationEvents } from './education.ts'
import type { Envelope } from './envelope.ts'
import { socialEvents } from './social.ts'

/** Every event that may stand on the bus: type → schema of its `data`. Published shapes never change; a new one is `v2`. */
export const EVENTS = { ...civilRegistryEvents, ...educationEvents, ...socialEvents, ...coordinationEvents } as const

export type EventType = keyof typeof EVENTS
export type EventData<Type extends EventType> = z.infer<(typeof EVENTS)[Type]>
/** An event as a consumer's handler receives it. */
export type EventOf<Type extends EventType> = { [T in Type]: Envelope<T, EventData<T>> }[Type]

export * from './civil-registry.ts'
export * from './coordination.ts'
export * from './education.ts'
export * from './envelope.ts'
export * from './social.ts'
