import { accepted, isBlank, type Parsed, REQUIRED, refused, textOf } from '../notice.ts'
import { stripSeparators } from './digits.ts'

/** What the first character of an NPSN tells: P is a PKBM or SKB, K an LKP course provider (ID-13). */
export type NpsnKind = 'SEKOLAH' | 'PKBM_SKB' | 'LKP'

export interface Npsn {
  readonly code: string
  readonly kind: NpsnKind
}

const KIND_OF: Readonly<Record<string, NpsnKind>> = { P: 'PKBM_SKB', K: 'LKP' }

/** Reads a school number (ID-13): 8 digits, or P or K and 7 digits; a small p or k is taken. Never throws. */
export function parseNpsn(input: unknown): Parsed<Npsn> {
  const raw = textOf(input)
  if (isBlank(input)) return refused(raw, 'ID-13', REQUIRED)
  const code = stripSeparators(raw).toUpperCase()
  if (/^(?:\d{8}|[PK]\d{7})$/.test(code)) return accepted(raw, { code, kind: KIND_OF[code.charAt(0)] ?? 'SEKOLAH' })
  return refused(raw, 'ID-13', {
    id: 'NPSN harus 8 angka, atau P/K dan 7 angka (PKBM, SKB, LKP). Cari di referensi.data.kemdikbud.go.id.',
    en: 'An NPSN has 8 digits, or P or K and 7 digits (PKBM, SKB, LKP). Look it up at referensi.data.kemdikbud.go.id.',
  })
}
