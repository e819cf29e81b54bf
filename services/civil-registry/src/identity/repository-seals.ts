import type { ChildId } from '@satuanak/contracts'
import type { RegistryTx } from '../app.ts'
import type { Sealed, StretchQuery } from '../sealed-rows.ts'
import type { SealedNik } from './domain.ts'

export interface ResealedNik {
  readonly id: ChildId
  readonly sealed: SealedNik
}

interface Row {
  readonly id: ChildId
  readonly index: string
  readonly holders: number
  readonly nikCipher: Uint8Array<ArrayBuffer>
  readonly nikKeyId: string
}

/** A holder's seal, and the index that all who hold the same NIK share. */
export interface HeldSeal {
  readonly id: ChildId
  readonly index: string
  readonly sealed: Sealed
}

/**
 * The holders of the next NIKs that are not under the current key, locked; those of whom one is locked by someone else
 * are left out with all who hold the same NIK. Nobody may be taking a NIK meanwhile.
 */
export async function findNiksToReseal(
  tx: RegistryTx,
  { current, after, limit }: StretchQuery & { readonly current: string },
): Promise<{ readonly after: string | null; readonly rows: HeldSeal[] }> {
  const due = await tx.$queryRaw<{ id: ChildId; index: string; holders: number }[]>`
    SELECT p.id, encode(p.nik_index, 'hex') AS index,
           (SELECT count(*)::int FROM person theirs WHERE theirs.nik_index = p.nik_index) AS holders
    FROM person p
    WHERE p.nik_key_id <> ${current} AND (${after}::uuid IS NULL OR p.id > ${after}::uuid)
    ORDER BY p.id LIMIT ${limit}`
  const holdersOf = new Map(due.map(({ index, holders }) => [index, holders]))
  const rows = await tx.$queryRaw<Row[]>`
    SELECT id, encode(nik_index, 'hex') AS index, nik_cipher AS "nikCipher", nik_key_id AS "nikKeyId"
    FROM person WHERE nik_index = ANY(
      SELECT decode(one, 'hex') FROM unnest(string_to_array(${[...holdersOf.keys()].join(',')}, ',')) one)
    ORDER BY id FOR UPDATE SKIP LOCKED`
  const locked = Map.groupBy(rows, ({ index }) => index)
  const whole = [...locked].filter(([index, held]) => held.length === holdersOf.get(index))
  return {
    after: due.length < limit ? null : (due.at(-1)?.id ?? null),
    rows: whole.flatMap(([index, held]) =>
      held.map(({ id, nikCipher, nikKeyId }) => ({
        id,
        index,
        sealed: { cipher: new Uint8Array(nikCipher), keyId: nikKeyId },
      })),
    ),
  }
}

export async function saveResealedNiksInTx(tx: RegistryTx, resealed: readonly ResealedNik[]): Promise<void> {
  const rows = resealed.map(({ id, sealed }) => ({
    id,
    cipher: Buffer.from(sealed.cipher).toString('hex'),
    key: sealed.keyId,
    index: Buffer.from(sealed.index).toString('hex'),
  }))
  await tx.$executeRaw`
    UPDATE person p SET nik_cipher = decode(cipher, 'hex'), nik_key_id = key, nik_index = decode(index, 'hex')
    FROM json_to_recordset(${JSON.stringify(rows)}::json) one(id uuid, cipher text, key text, index text)
    WHERE p.id = one.id`
}
