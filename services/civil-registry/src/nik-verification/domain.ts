import type { Precision, Sex } from '@satuanak/contracts'

/** What an akta and SIAK both say of a person (BLG-04). */
const COMPARED_FIELDS = ['NAMA', 'JENIS_KELAMIN', 'TANGGAL_LAHIR', 'TEMPAT_LAHIR', 'NAMA_IBU'] as const
export type ComparedField = (typeof COMPARED_FIELDS)[number]

/** `MENUNGGU_VERIFIKASI`: SIAK has not answered yet; nobody has to do anything (BLG-04). */
export type NikVerdict = 'COCOK' | 'TIDAK_COCOK' | 'TIDAK_DITEMUKAN' | 'MENUNGGU_VERIFIKASI'

/** A person as SIAK describes them. */
export interface InSiak {
  readonly name: string
  readonly sex: Sex
  readonly birthDate: string | null
  readonly birthPlace: string | null
  readonly motherName: string | null
}

/** A person as the registry has them, by the akta. */
export interface InRegistry extends InSiak {
  readonly birthDatePrecision: Precision
}

/** How much of `2013-03-02` is known (ID-22): SIAK writes 1 July or the 15th for the rest. */
const KNOWN_DIGITS = { HARI: 10, BULAN: 7, TAHUN: 4, TAKSIRAN: 4 } as const satisfies Record<Precision, number>

/**
 * Where SIAK says something else than the registry. By the letter, since a card prints what SIAK has: capitals,
 * punctuation and spaces apart, no variant of a spelling is the same. What the registry does not know cannot differ.
 */
export function differingFields(registry: InRegistry, siak: InSiak): ComparedField[] {
  const known = KNOWN_DIGITS[registry.birthDatePrecision]
  const pairs: Record<ComparedField, readonly [string | null, string | null]> = {
    NAMA: [plain(registry.name), plain(siak.name)],
    JENIS_KELAMIN: [registry.sex, siak.sex],
    TANGGAL_LAHIR: [registry.birthDate?.slice(0, known) ?? null, siak.birthDate?.slice(0, known) ?? null],
    TEMPAT_LAHIR: [plain(registry.birthPlace), plain(siak.birthPlace)],
    NAMA_IBU: [plain(registry.motherName), plain(siak.motherName)],
  }
  return COMPARED_FIELDS.filter((field) => pairs[field][0] !== null && pairs[field][0] !== pairs[field][1])
}

const plain = (written: string | null): string | null =>
  written === null
    ? null
    : written
        .toUpperCase()
        .replace(/[^\p{L}\p{N}]+/gu, ' ')
        .trim()
