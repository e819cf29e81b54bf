import { createHash } from 'node:crypto'
import { badUserInput } from '../graph-error.ts'
import { parseDate, parseDateTime, UUID } from '../scalars.ts'

export type CursorKey = string | number | null
/** `day` is `2026-11-23`, `instant` `2026-11-23T02:00:00Z`; they and `uuid` are read before SQL sees them. */
export type CursorKind = 'string' | 'number' | 'string?' | 'number?' | 'day' | 'instant' | 'uuid'

type KeyOf<Kind extends CursorKind> = Kind extends 'string' | 'day' | 'instant' | 'uuid'
  ? string
  : Kind extends 'number'
    ? number
    : Kind extends 'string?'
      ? string | null
      : number | null
export type KeysOf<Kinds extends readonly CursorKind[]> = { readonly [I in keyof Kinds]: KeyOf<Kinds[I]> }

/** A place in one ordered list: the sort keys of the last row seen. */
export interface Cursor<Keys extends readonly CursorKey[]> {
  encode(keys: Keys): string
  /** @throws GraphQLError BAD_USER_INPUT for a cursor that was cut, changed or given out by another list. */
  decode(cursor: string): Keys
}

/** Far above any key here; a megabyte of cursor is not decoded first. */
const LONGEST = 1_000

/**
 * The cursor of one list, by name, and the kinds of its sort keys in order (`['day', 'uuid']` for a day and an id).
 * It is opaque, not secret: sort by dates and ids, never by what may not stand in a log. Its checksum tells a broken
 * cursor from a good one; who may see the rows behind it is checked anew on every page.
 */
export function createCursor<const Kinds extends readonly CursorKind[]>(
  name: string,
  kinds: Kinds,
): Cursor<KeysOf<Kinds>> {
  const checksum = (keys: string) => createHash('sha256').update(`${name}\n${keys}`).digest('base64url').slice(0, 8)
  return {
    encode(keys) {
      const text = JSON.stringify(keys)
      return Buffer.from(checksum(text) + text).toString('base64url')
    },
    decode(cursor) {
      const plain = cursor.length <= LONGEST ? Buffer.from(cursor, 'base64url').toString() : ''
      const [sum, text] = [plain.slice(0, 8), plain.slice(8)]
      const keys = sum === checksum(text) ? parse(text) : null
      if (keys !== null && fits(keys, kinds)) return keys
      throw badUserInput({
        id: '`after` bukan penanda halaman dari daftar ini. Kirim `endCursor` halaman sebelumnya, atau kosongkan.',
        en: '`after` is not a cursor of this list. Send the endCursor of the page before, or nothing.',
      })
    },
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function fits<Kinds extends readonly CursorKind[]>(keys: unknown, kinds: Kinds): keys is KeysOf<Kinds> {
  return Array.isArray(keys) && keys.length === kinds.length && kinds.every((kind, index) => isOf(kind, keys[index]))
}

function isOf(kind: CursorKind, key: unknown): boolean {
  if (kind === 'uuid') return typeof key === 'string' && UUID.test(key)
  if (kind === 'day') return typeof key === 'string' && parseDate(key) !== null
  if (kind === 'instant') return typeof key === 'string' && parseDateTime(key) !== null
  // No text of PostgreSQL holds it: it would be told as a fault of ours.
  if (typeof key === 'string' && key.includes('\0')) return false
  return kind.endsWith('?') && key === null ? true : typeof key === kind.replace('?', '')
}
