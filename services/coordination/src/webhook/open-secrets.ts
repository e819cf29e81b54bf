import type { Logger } from '@satuanak/service-kit'
import type { SealedSecret } from './domain.ts'
import type { Claimed } from './repository-dispatch.ts'
import type { Vault } from './secret.ts'

/**
 * The secrets by which a message is signed, the present one first. A former one that does not open is left out: a
 * portal that has taken the present one over needs no more.
 * @returns null where the present one does not open: its key is gone or its row was tampered with, and the log says so.
 */
export function openSecrets(
  vault: Vault,
  { id, webhookId, secret, formerSecret }: Pick<Claimed, 'id' | 'webhookId' | 'secret' | 'formerSecret'>,
  log: Pick<Logger, 'warn'>,
): readonly string[] | null {
  const opened = (sealed: SealedSecret, fault: string): string[] => {
    try {
      return [vault.open(sealed, webhookId)]
    } catch {
      // Without the error: nothing of a key or a ciphertext is ever logged.
      log.warn({ webhook: webhookId, delivery: id, key: sealed.keyId }, fault)
      return []
    }
  }
  const present = opened(
    secret,
    'a message cannot be signed: its webhook’s secret does not open; see WEBHOOKS.md, Keys',
  )
  if (present.length === 0) return null
  return formerSecret === null
    ? present
    : [
        ...present,
        ...opened(formerSecret, 'a former secret does not open: a message is signed with the present one alone'),
      ]
}
