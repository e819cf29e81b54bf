import { createHash } from 'node:crypto'

/** A place in the run of notices: which stream of the broker, and the sequence up to which everything was heard. */
export interface Position {
  readonly stream: string
  readonly seq: number
}

/** A short name for one incarnation of the stream, from the moment at which it was made. */
export const streamKey = (created: string): string =>
  createHash('sha256').update(created).digest('base64url').slice(0, 8)

/** `x3Jq_0aZ-1204`, as the client sends it back in `Last-Event-ID`. */
export const positionText = ({ stream, seq }: Position): string => `${stream}-${seq}`

const FORM = /^([\w-]{8})-(\d{1,15})$/

/** Undefined for what is no position of ours: the client is then told to ask again. */
export function readPosition(text: string): Position | undefined {
  const [, stream, seq] = FORM.exec(text) ?? []
  return stream === undefined ? undefined : { stream, seq: Number(seq) }
}

/** By how much the clocks of the broker and of coordination may differ. */
const CLOCKS_MS = 60_000

/**
 * Whether an event (a UUIDv7) was told before this incarnation of the stream. A stream that was lost is given every event
 * of the past once more; who listens is told to ask anew instead, and nobody is told the whole past.
 */
export const toldBefore = (id: string, created: string): boolean =>
  Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16) < Temporal.Instant.from(created).epochMilliseconds - CLOCKS_MS
