import type { Notice } from '@satuanak/contracts'
import { type Position, positionText } from './position.ts'

/** Milliseconds after which a client comes back: spread, so that thousands who were cut off at once do not return at once. */
const BACK_AFTER_MS = 1_000
const BACK_WITHIN_MS = 4_000

/** How long this client waits before it comes back. */
export const comeBack = (): string => `retry: ${BACK_AFTER_MS + Math.floor(Math.random() * BACK_WITHIN_MS)}\n\n`

/** One notice as the client reads it: ids and codes, never the facts by which it was decided who may. */
export const noticeFrame = (at: Position, { topic, about, ids, at: when }: Notice): string =>
  frame(topic, { topic, about, ids, at: when }, at)

/** The first word of a stream: from here on nothing is missed. */
export const helloFrame = (at: Position, topics: readonly string[], expiresAt: Temporal.Instant): string =>
  frame('hello', { topics, expiresAt: expiresAt.toString() }, at)

/** What was missed is not known: the client asks the graph again for what it shows. */
export const reloadFrame = (at: Position): string => frame('reload', {}, at)

/** The token is over: the client comes back with a new one, from the place where it is. */
export const expiredFrame = (): string => frame('expired', {})

/** A sign of life, which also moves the client's place on: an id without data is no event to it. */
export const beatFrame = (at: Position): string => `: \nid: ${positionText(at)}\n\n`

const frame = (event: string, data: object, at?: Position): string =>
  `${at === undefined ? '' : `id: ${positionText(at)}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`
