import type { RegistryTx } from '../app.ts'
import type { Sealed, StretchQuery } from '../sealed-rows.ts'

export interface ResealedKk {
  readonly id: string
  readonly sealed: Sealed & { readonly index: Uint8Array<ArrayBuffer> }
}

interface Row {
  readonly id: string
  readonly kkCipher: Uint8Array<ArrayBuffer>
  readonly kkKeyId: string
}

/** The next KKs that are not under the current key, locked; who is locked by someone else is left out. */
export async function findKksToReseal(
  tx: RegistryTx,
  { current, after, limit }: StretchQuery & { readonly current: string },
): Promise<{ readonly id: string; readonly sealed: Sealed }[]> {
  const rows = await tx.$queryRaw<Row[]>`
    SELECT id, kk_cipher AS "kkCipher", kk_key_id AS "kkKeyId" FROM person_kk
    WHERE kk_key_id <> ${current} AND (${after}::uuid IS NULL OR id > ${after}::uuid)
    ORDER BY id LIMIT ${limit} FOR UPDATE SKIP LOCKED`
  return rows.map(({ id, kkCipher, kkKeyId }) => ({
    id,
    sealed: { cipher: new Uint8Array(kkCipher), keyId: kkKeyId },
  }))
}

export async function saveResealedKksInTx(tx: RegistryTx, resealed: readonly ResealedKk[]): Promise<void> {
  const rows = resealed.map(({ id, sealed }) => ({
    id,
    cipher: Buffer.from(sealed.cipher).toString('hex'),
    key: sealed.keyId,
    index: Buffer.from(sealed.index).toString('hex'),
  }))
  await tx.$executeRaw`
    UPDATE person_kk kk SET kk_cipher = decode(cipher, 'hex'), kk_key_id = key, kk_index = decode(index, 'hex')
    FROM json_to_recordset(${JSON.stringify(rows)}::json) one(id uuid, cipher text, key text, index text)
    WHERE kk.id = one.id`
}
