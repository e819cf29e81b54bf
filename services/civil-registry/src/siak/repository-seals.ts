import type { RegistryTx } from '../app.ts'
import type { Sealed, StretchQuery } from '../sealed-rows.ts'
import type { LookUpId, NikIndex } from './repository.ts'

/** A look-up as it is sealed; `record` is null while it waits, and where the register knows nobody. */
export interface SealedLookUp {
  readonly id: LookUpId
  readonly nik: Sealed
  readonly record: Sealed | null
}

export interface ResealedLookUp extends SealedLookUp {
  readonly index: NikIndex
}

interface Row {
  readonly id: LookUpId
  readonly nikCipher: Uint8Array<ArrayBuffer>
  readonly nikKeyId: string
  readonly recordCipher: Uint8Array<ArrayBuffer> | null
  readonly recordKeyId: string | null
}

/** The next look-ups of which something is not under the current key, locked; who is locked by someone else is left out. */
export async function findLookUpsToReseal(
  tx: RegistryTx,
  { current, after, limit }: StretchQuery & { readonly current: string },
): Promise<SealedLookUp[]> {
  const rows = await tx.$queryRaw<Row[]>`
    SELECT id, nik_cipher AS "nikCipher", nik_key_id AS "nikKeyId", record_cipher AS "recordCipher",
           record_key_id AS "recordKeyId"
    FROM siak_lookup
    WHERE (nik_key_id <> ${current} OR record_key_id <> ${current}) AND (${after}::uuid IS NULL OR id > ${after}::uuid)
    ORDER BY id LIMIT ${limit} FOR UPDATE SKIP LOCKED`
  const sealed = (cipher: Uint8Array<ArrayBuffer>, keyId: string): Sealed => ({ cipher: new Uint8Array(cipher), keyId })
  return rows.map(({ id, nikCipher, nikKeyId, recordCipher, recordKeyId }) => ({
    id,
    nik: sealed(nikCipher, nikKeyId),
    record: recordCipher === null || recordKeyId === null ? null : sealed(recordCipher, recordKeyId),
  }))
}

/**
 * Of two rows about one NIK, which are there where it was asked under two keys in the same moment, the one under the
 * current key stays.
 */
export async function saveResealedLookUpsInTx(tx: RegistryTx, resealed: readonly ResealedLookUp[]): Promise<void> {
  const hex = ({ cipher }: Sealed) => Buffer.from(cipher).toString('hex')
  const rows = JSON.stringify(
    resealed.map(({ id, index, nik, record }) => ({
      id,
      index,
      nik: hex(nik),
      nik_key: nik.keyId,
      ...(record && { record: hex(record), record_key: record.keyId }),
    })),
  )
  await tx.$executeRaw`
    DELETE FROM siak_lookup old USING json_to_recordset(${rows}::json) one(id uuid, index text), siak_lookup kept
    WHERE old.id = one.id AND kept.nik_index = decode(one.index, 'hex') AND kept.id <> old.id`
  await tx.$executeRaw`
    UPDATE siak_lookup kept
    SET nik_index = decode(index, 'hex'), nik_cipher = decode(nik, 'hex'), nik_key_id = nik_key,
        record_cipher = decode(record, 'hex'), record_key_id = record_key
    FROM json_to_recordset(${rows}::json) one(id uuid, index text, nik text, nik_key text, record text, record_key text)
    WHERE kept.id = one.id`
}
