import {
  CompactEncrypt,
  CompactSign,
  type CryptoKey,
  compactDecrypt,
  compactVerify,
  type FlattenedJWSInput,
  importJWK,
  type JWSHeaderParameters,
  type KeyObject,
} from 'jose'
import { jwkOf, type PublicPoint, SEAL } from './format.ts'

/** A private key with its algorithm, and how its public half is found. */
export interface SigningKey {
  readonly key: CryptoKey | KeyObject
  readonly kid: string
  readonly alg: string
}

/** What kind of thing it is, signed and sealed, so that none can be passed off as another. */
export interface Kind {
  readonly jws: string
  readonly jwe: string
}

type FindKey = (header: JWSHeaderParameters, token: FlattenedJWSInput) => Promise<CryptoKey | Uint8Array>

const bytes = (text: string) => new TextEncoder().encode(text)
const textOf = (plain: Uint8Array) => new TextDecoder().decode(plain)

/** JSON under a signature: a compact JWS. */
export const sign = (value: unknown, { key, kid, alg }: SigningKey, typ: string): Promise<string> =>
  new CompactSign(bytes(JSON.stringify(value))).setProtectedHeader({ alg, kid, typ }).sign(key)

/** Signed within, sealed without: nobody but the holder of `seal` sees even who signed. */
export async function signAndSeal(value: unknown, signing: SigningKey, seal: PublicPoint, kind: Kind): Promise<string> {
  const signed = await sign(value, signing, kind.jws)
  return new CompactEncrypt(bytes(signed))
    .setProtectedHeader({ ...SEAL, typ: kind.jwe, cty: 'JWS' })
    .encrypt(await importJWK(jwkOf(seal), SEAL.alg))
}

/** The value under the signature. Throws where signature, algorithm or kind are not as expected, or it is no JSON. */
export async function verified(signed: string, key: FindKey, typ: string, algorithms: readonly string[]) {
  const { payload, protectedHeader } = await compactVerify(signed, key, { algorithms: [...algorithms] })
  if (protectedHeader.typ !== typ) throw new Error('of another kind')
  return { value: JSON.parse(textOf(payload)) as unknown, kid: protectedHeader.kid }
}

/** The inverse of `signAndSeal`; throws likewise, and where the seal is not for this key. */
export async function unsealed(
  sealed: string,
  seal: CryptoKey,
  kind: Kind,
  signer: { readonly key: FindKey; readonly algorithms: readonly string[] },
): Promise<unknown> {
  const { plaintext, protectedHeader } = await compactDecrypt(sealed, seal, {
    keyManagementAlgorithms: [SEAL.alg],
    contentEncryptionAlgorithms: [SEAL.enc],
  })
  if (protectedHeader.typ !== kind.jwe) throw new Error('of another kind')
  return (await verified(textOf(plaintext), signer.key, kind.jws, signer.algorithms)).value
}
