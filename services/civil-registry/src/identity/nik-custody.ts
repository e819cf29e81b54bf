import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'
import type { SealedNik } from './domain.ts'

/** What is sealed: a person's number, or a household's. One is never found by the other's index. */
type SealedKind = 'NIK' | 'KK'

export interface NikCustody {
  /** `rowId` is bound into the seal: a ciphertext moved to another row does not open. */
  seal(number: string, rowId: string, kind?: SealedKind): SealedNik
  /** Any other text that is as secret as a NIK, under the same keys; `boundTo` as the row's id is to a NIK. */
  sealText(text: string, boundTo: string): Pick<SealedNik, 'cipher' | 'keyId'>
  /** @throws where the row was tampered with or its key is gone. */
  open(sealed: Pick<SealedNik, 'cipher' | 'keyId'>, rowId: string): string
  indexOf(number: string, kind?: SealedKind): Uint8Array<ArrayBuffer>
}

export interface NikKeys {
  /** Key id under which new NIKs are sealed. */
  readonly current: string
  /** 32 bytes each; old keys stay as long as a row names them. */
  readonly keys: Readonly<Record<string, Uint8Array>>
  /** 32 bytes, used for nothing else. */
  readonly indexKey: Uint8Array
}

const NONCE = 12
const TAG = 16

export function createNikCustody({ current, keys, indexKey }: NikKeys): NikCustody {
  const keyOf = (id: string): Uint8Array => {
    const key = keys[id]
    if (!key) throw new Error(`the NIK key "${id}" is not in the key ring`)
    return key
  }
  keyOf(current)
  const indexOf = (number: string, kind: SealedKind = 'NIK') =>
    new Uint8Array(
      createHmac('sha256', indexKey)
        .update(kind === 'NIK' ? number : `${kind} ${number}`)
        .digest(),
    )
  const sealText: NikCustody['sealText'] = (text, boundTo) => {
    const nonce = randomBytes(NONCE)
    const cipher = createCipheriv('aes-256-gcm', keyOf(current), nonce).setAAD(Buffer.from(boundTo))
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
    return { cipher: new Uint8Array(Buffer.concat([nonce, cipher.getAuthTag(), sealed])), keyId: current }
  }
  return {
    indexOf,
    sealText,
    seal: (number, rowId, kind = 'NIK') => ({
      ...sealText(number, rowId),
      index: indexOf(number, kind),
      last4: number.slice(-4),
    }),
    open: ({ cipher, keyId }, rowId) => {
      const decipher = createDecipheriv('aes-256-gcm', keyOf(keyId), cipher.subarray(0, NONCE))
        .setAAD(Buffer.from(rowId))
        .setAuthTag(cipher.subarray(NONCE, NONCE + TAG))
      return Buffer.concat([decipher.update(cipher.subarray(NONCE + TAG)), decipher.final()]).toString('utf8')
    },
  }
}
