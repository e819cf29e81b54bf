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
