import { z } from 'zod'

export interface LiveOptions {
  /** Where the notices come from; undefined where this gateway tells nothing by itself. */
  readonly natsUrl: string | undefined
  /** How many notices are kept for those who resume. */
  readonly kept: number
  /** Streams of one person at once. */
  readonly ofOnePerson: number
  /** Streams of this process at once. */
  readonly streams: number
  /** Bytes that may wait for a client; one that is slower is cut off and resumes. */
  readonly waitingBytes: number
  /** Milliseconds between two signs of life. */
  readonly beatMs: number
}

/** A person has a few windows on a few devices; 5,000 streams take some 100 MB; proxies cut what is silent for 60 s [D]. */
export const LIVE: LiveOptions = {
  natsUrl: undefined,
  kept: 10_000,
  ofOnePerson: 10,
  streams: 5_000,
  waitingBytes: 64 * 1024,
  beatMs: 15_000,
}

/** What may be set instead. A timer that is told to wait longer than it can does not wait at all. */
function between(least: number, most: number, normal: number) {
  const error = `must be a whole number from ${least} to ${most}`
  return z.coerce.number({ error }).int({ error }).min(least, { error }).max(most, { error }).default(normal)
}

export const liveEnv = {
  NATS_URL: z.string().min(1).optional(),
  // Who resumes is looked through all of them in one piece.
  LIVE_KEPT: between(1, 100_000, LIVE.kept),
  LIVE_STREAMS_PERSON: between(1, 1_000, LIVE.ofOnePerson),
  LIVE_STREAMS: between(1, 100_000, LIVE.streams),
  // Less than some twenty notices, and nearly everyone who resumes is told to ask anew.
  LIVE_WAITING_BYTES: between(4_096, 16 * 1024 * 1024, LIVE.waitingBytes),
  LIVE_BEAT_MS: between(10, 300_000, LIVE.beatMs),
}

export const liveOptions = (env: z.infer<z.ZodObject<typeof liveEnv>>): LiveOptions => ({
  natsUrl: env.NATS_URL,
  kept: env.LIVE_KEPT,
  ofOnePerson: env.LIVE_STREAMS_PERSON,
  streams: env.LIVE_STREAMS,
  waitingBytes: env.LIVE_WAITING_BYTES,
  beatMs: env.LIVE_BEAT_MS,
})
