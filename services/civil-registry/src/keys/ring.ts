import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { NikRing } from '../identity/nik-custody.ts'

// How a ring goes from one key to the next (ADR 0020): known to all, then current, then the old one without a row, then gone.

const key32 = z
  .base64url()
  .length(43)
  .transform((text) => new Uint8Array(Buffer.from(text, 'base64url')))

/** A ring, and the key that is known to every process before it becomes the current one. */
export interface KeptRing extends NikRing {
  readonly next: string | null
}

/** As the ring is written to its file. */
const Written = z
  .object({
    current: z.string(),
    next: z.string().nullable().default(null),
    keys: z.record(z.string().regex(/^[a-z0-9-]{1,20}$/), z.object({ seal: key32, index: key32 })),
  })
  .refine(({ current, next, keys }) => current in keys && (next === null || next in keys))

/** As it was before keys could be rotated: one index key for all. */
const Older = z
  .object({ ring: z.object({ current: z.string(), keys: z.record(z.string(), key32) }), indexKey: key32 })
  .transform(({ ring: { current, keys }, indexKey }) => ({
    current,
    next: null,
    keys: Object.fromEntries(Object.entries(keys).map(([id, seal]) => [id, { seal, index: indexKey }])),
  }))
  .refine(({ current, keys }) => current in keys)

/** @throws where the text is no ring; the error quotes nothing of it. */
export function readRing(text: string): KeptRing {
  try {
    return z.union([Written, Older]).parse(JSON.parse(text))
  } catch {
    throw new Error('not a key ring')
  }
}

export function writeRing({ current, next, keys }: KeptRing): string {
  const text = (key: Uint8Array) => Buffer.from(key).toString('base64url')
  const written = Object.entries(keys).map(([id, { seal, index }]) => [id, { seal: text(seal), index: text(index) }])
  return `${JSON.stringify({ current, next, keys: Object.fromEntries(written) }, null, 2)}\n`
}

/** A ring of one new key. */
export const newRing = (): KeptRing => ({ current: 'k1', next: null, keys: { k1: newKey() } })

const newKey = () => ({ seal: new Uint8Array(randomBytes(32)), index: new Uint8Array(randomBytes(32)) })

/** With a new key that is known and not used yet, called by the next number. */
export function withNext(ring: KeptRing): KeptRing {
  const numbers = Object.keys(ring.keys).map((id) => Number(/^k(\d+)$/.exec(id)?.[1] ?? 0))
  const next = `k${Math.max(0, ...numbers) + 1}`
  return { ...ring, next, keys: { ...ring.keys, [next]: newKey() } }
}

/** With the coming key as the current one. */
export const promoted = (ring: KeptRing): KeptRing => ({ ...ring, current: ring.next ?? ring.current, next: null })

/** Without this key. */
export function without(ring: KeptRing, retired: string): KeptRing {
  const { [retired]: _, ...keys } = ring.keys
  return { ...ring, keys }
}

/** By which two processes see whether they work with the same ring; nothing of the keys is in it. */
export const nameOf = ({ current, keys }: NikRing): string => JSON.stringify([current, Object.keys(keys).toSorted()])
