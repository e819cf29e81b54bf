import { type Notice, problem } from '../notice.ts'

/** What an intake may know of a child; null or absent is not known. */
export interface Known {
  readonly nik?: unknown
  readonly nisn?: unknown
  readonly name?: string | null
  readonly birthYear?: number | null
  readonly motherName?: string | null
  readonly address?: unknown
}

/** ID-15: a NIK, or a NISN, or name + birth year + (mother or address). Null where that is enough. */
export function enoughToIdentify({ nik, nisn, name, birthYear, motherName, address }: Known): Notice | null {
  if (nik || nisn || (name && birthYear && (motherName || address))) return null
  return problem('ID-15', {
    id: 'Anak belum dapat dikenali. Isi NIK, atau NISN, atau nama dengan tahun lahir dan nama ibu atau alamat.',
    en: 'The child cannot be told apart yet. Give the NIK, or the NISN, or name and birth year with mother or address.',
  })
}
