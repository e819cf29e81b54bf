import { type ChildId, Particulars } from '@satuanak/contracts'
import {
  CompactEncrypt,
  calculateJwkThumbprint,
  compactDecrypt,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
} from 'jose'

const ALG = 'ECDH-ES+A256KW'
const ENC = 'A256GCM'
const TYP = 'satuanak-particulars+jwe'

/** The registry's key pair for sealed particulars: the public half goes to every service that meets children. */
export interface SealingKeys {
  readonly publicJwk: JWK
  readonly privateJwk: JWK
}

/** The seal is not ours to open: foreign key, changed on the way, or not particulars at all. Says nothing of them. */
export class SealBroken extends Error {
  override readonly name = 'SealBroken'
}

/** A new P-256 key pair, named by its RFC 7638 thumbprint. */
export async function createSealingKeys(): Promise<SealingKeys> {
  const pair = await generateKeyPair(ALG, { crv: 'P-256', extractable: true })
  const publicJwk = await exportJWK(pair.publicKey)
  const kid = await calculateJwkThumbprint(publicJwk)
  const about = { kid, alg: ALG, use: 'enc' }
  return { publicJwk: { ...publicJwk, ...about }, privateJwk: { ...(await exportJWK(pair.privateKey)), ...about } }
}

/**
 * Seal a child's particulars for the civil registry alone (DESIGN §4): a compact JWE that may travel and be kept on
 * the bus. Good for this id only: told anew under another one, a hidden child would be read as an ordinary one.
 * Throws on particulars that do not fit the contract.
 */
export async function sealParticulars(publicJwk: JWK, childId: ChildId, particulars: Particulars): Promise<string> {
  const plain = new TextEncoder().encode(JSON.stringify(Particulars.parse(particulars)))
  return new CompactEncrypt(plain)
    .setProtectedHeader({
      alg: ALG,
      enc: ENC,
      typ: TYP,
      sub: childId,
      ...(publicJwk.kid ? { kid: publicJwk.kid } : {}),
    })
    .encrypt(await importJWK(publicJwk, ALG))
}

/**
 * Open what `sealParticulars` sealed. Several keys may be given while an old one retires; the seal names its own.
 * Throws `SealBroken`, whose message carries nothing of the content.
 */
export async function openParticulars(
  privateJwk: JWK | readonly JWK[],
  childId: ChildId,
  sealed: string,
): Promise<Particulars> {
  const keys: readonly JWK[] = Array.isArray(privateJwk) ? privateJwk : [privateJwk as JWK]
  try {
    const { plaintext, protectedHeader } = await compactDecrypt(
      sealed,
      async ({ kid }) => importJWK(keys.find((key) => key.kid === kid) ?? {}, ALG),
      { keyManagementAlgorithms: [ALG], contentEncryptionAlgorithms: [ENC] },
    )
    if (protectedHeader.typ !== TYP) throw new SealBroken('The seal is of another kind')
    if (protectedHeader.sub !== childId) throw new SealBroken('The seal is of another child')
    return Particulars.parse(JSON.parse(new TextDecoder().decode(plaintext)))
  } catch (cause) {
    // The cause is left out: a parser's error quotes what it could not read.
    throw cause instanceof SealBroken ? cause : new SealBroken('The sealed particulars cannot be opened')
  }
}
