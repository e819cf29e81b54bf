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

const positive = (normal: number) => z.coerce.number().int().min(1).default(normal)

export const liveEnv = {
  NATS_URL: z.string().min(1).optional(),
  LIVE_KEPT: positive(LIVE.kept),
  LIVE_STREAMS_PERSON: positive(LIVE.ofOnePerson),
  LIVE_STREAMS: positive(LIVE.streams),
  LIVE_WAITING_BYTES: positive(LIVE.waitingBytes),
  LIVE_BEAT_MS: positive(LIVE.beatMs),
}

export const liveOptions = (env: z.infer<z.ZodObject<typeof liveEnv>>): LiveOptions => ({
  natsUrl: env.NATS_URL,
  kept: env.LIVE_KEPT,
  ofOnePerson: env.LIVE_STREAMS_PERSON,
  streams: env.LIVE_STREAMS,
  waitingBytes: env.LIVE_WAITING_BYTES,
  beatMs: env.LIVE_BEAT_MS,
})
