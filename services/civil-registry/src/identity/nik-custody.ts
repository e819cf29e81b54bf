import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'
import type { BlindIndex, SealedNik } from './domain.ts'

/** What is sealed: a person's number, or a household's. One is never found by the other's index. */
type SealedKind = 'NIK' | 'KK'

/** One key of the ring: 32 bytes that encrypt, and 32 others that index. */
interface NikKey {
  readonly seal: Uint8Array
  readonly index: Uint8Array
}

export interface NikRing {
  /** Id of the key under which new numbers are sealed and indexed. */
  readonly current: string
  /** Old ones stay as long as a row names them, a coming one is known before the first row does (ADR 0020). */
  readonly keys: Readonly<Record<string, NikKey>>
}

export interface NikCustody {
  /**
   * `rowId` is bound into the seal: a ciphertext moved to another row does not open. Under the ring's current key, or
   * the one named.
   */
  seal(number: string, rowId: string, kind?: SealedKind, keyId?: string): SealedNik
  /** Any other text that is as secret as a NIK, under the same keys; `boundTo` as the row's id is to a NIK. */
  sealText(text: string, boundTo: string): Pick<SealedNik, 'cipher' | 'keyId'>
  /** @throws where the row was tampered with or its key is gone. */
  open(sealed: Pick<SealedNik, 'cipher' | 'keyId'>, rowId: string): string
  /** Under every key of the ring, the current one's first: whoever holds the number is found by one of them. */
  indexesOf(number: string, kind?: SealedKind): readonly [BlindIndex, ...BlindIndex[]]
  /** What it works with now. */
  ring(): NikRing
  /** Works with this ring from now on. */
  take(ring: NikRing): void
}

const NONCE = 12
const TAG = 16

/** @throws where the ring lacks its own current key */
export function createNikCustody(first: NikRing): NikCustody {
  let ring = first
  const keyOf = (id: string): NikKey => {
    const key = ring.keys[id]
    if (!key) throw new Error(`the NIK key "${id}" is not in the key ring`)
    return key
  }
  const sealText = (text: string, boundTo: string, keyId = ring.current) => {
    const nonce = randomBytes(NONCE)
    const cipher = createCipheriv('aes-256-gcm', keyOf(keyId).seal, nonce).setAAD(Buffer.from(boundTo))
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
    return { cipher: new Uint8Array(Buffer.concat([nonce, cipher.getAuthTag(), sealed])), keyId }
  }
  const take = (next: NikRing) => {
    if (!next.keys[next.current]) throw new Error(`the NIK key "${next.current}" is not in the key ring`)
    ring = next
  }
  take(first)
  return {
    sealText: (text, boundTo) => sealText(text, boundTo),
    seal: (number, rowId, kind = 'NIK', keyId = ring.current) => ({
      ...sealText(number, rowId, keyId),
      index: indexUnder(keyOf(keyId), number, kind),
      last4: number.slice(-4),
    }),
    open: ({ cipher, keyId }, rowId) => {
      const decipher = createDecipheriv('aes-256-gcm', keyOf(keyId).seal, cipher.subarray(0, NONCE))
        .setAAD(Buffer.from(rowId))
        .setAuthTag(cipher.subarray(NONCE, NONCE + TAG))
      return Buffer.concat([decipher.update(cipher.subarray(NONCE + TAG)), decipher.final()]).toString('utf8')
    },
    indexesOf: (number, kind = 'NIK') => {
      const { [ring.current]: _, ...others } = ring.keys
      const under = (key: NikKey) => indexUnder(key, number, kind)
      return [under(keyOf(ring.current)), ...Object.values(others).map(under)]
    },
    ring: () => ring,
    take,
  }
}

const indexUnder = (key: NikKey, number: string, kind: SealedKind): BlindIndex =>
  new Uint8Array(
    createHmac('sha256', key.index)
      .update(kind === 'NIK' ? number : `${kind} ${number}`)
      .digest(),
  )

/** As statements of many rows carry it. */
export const hexOf = (index: BlindIndex): string => Buffer.from(index).toString('hex')
