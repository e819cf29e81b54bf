import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'
import type { SealedSecret } from './domain.ts'

/** Keys under which the portals' secrets are sealed at rest: 32 bytes each. */
export interface WebhookKeys {
  readonly current: string
  /** Old ones stay as long as a secret was sealed under them. */
  readonly keys: Readonly<Record<string, Uint8Array>>
}

export interface Vault {
  /** `boundTo` is the webhook's id: a ciphertext moved to another row does not open. */
  seal(secret: string, boundTo: string): SealedSecret
  /** @throws where the row was tampered with or its key is gone. */
  open(sealed: SealedSecret, boundTo: string): string
  /** Whether this key is in the ring. */
  has(keyId: string): boolean
}

const NONCE = 12
const TAG = 16
const PREFIX = 'whsec_'
/** Standard Webhooks asks for 24 to 64. */
const SECRET_BYTES = 32

export function createVault({ current, keys }: WebhookKeys): Vault {
  const keyOf = (id: string): Uint8Array => {
    const key = Object.hasOwn(keys, id) ? keys[id] : undefined
    if (!key) throw new Error(`the webhook key "${id}" is not in the key ring`)
    return key
  }
  return {
    has: (keyId) => Object.hasOwn(keys, keyId),
    seal: (secret, boundTo) => {
      const nonce = randomBytes(NONCE)
      const cipher = createCipheriv('aes-256-gcm', keyOf(current), nonce).setAAD(Buffer.from(boundTo))
      const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
      return { cipher: new Uint8Array(Buffer.concat([nonce, cipher.getAuthTag(), sealed])), keyId: current }
    },
    open: ({ cipher, keyId }, boundTo) => {
      const decipher = createDecipheriv('aes-256-gcm', keyOf(keyId), cipher.subarray(0, NONCE))
        .setAAD(Buffer.from(boundTo))
        .setAuthTag(cipher.subarray(NONCE, NONCE + TAG))
      return Buffer.concat([decipher.update(cipher.subarray(NONCE + TAG)), decipher.final()]).toString('utf8')
    },
  }
}

/** A new secret, `whsec_…`, as Standard Webhooks writes it. */
export const newSecret = (): string => PREFIX + randomBytes(SECRET_BYTES).toString('base64')

interface Signed {
  readonly id: string
  /** Seconds since 1970. */
  readonly timestamp: number
  readonly body: string
}

/** The `webhook-signature` header: one signature per secret, the newest first. */
export function signatureOf({ id, timestamp, body }: Signed, secrets: readonly string[]): string {
  return secrets
    .map((secret) => {
      const key = Buffer.from(secret.slice(PREFIX.length), 'base64')
      return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`
    })
    .join(' ')
}
