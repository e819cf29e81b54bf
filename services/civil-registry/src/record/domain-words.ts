import type { RecordField, Said } from './domain.ts'

/** A stated value as the papers write it, on one line. */
export function inWords<Field extends RecordField>(field: Field, value: Said[Field]): string {
  return WORDS[field](value)
}

const asItIs = (value: string | number): string => String(value)

const WORDS: { readonly [Field in RecordField]: (value: Said[Field]) => string } = {
  name: asItIs,
  sex: asItIs,
  birthDate: ({ date, precision }) => PRECISE[precision](date),
  birthPlace: asItIs,
  motherName: asItIs,
  fatherName: asItIs,
  guardian: ({ name, relation, proof }) => `${name} (${relation}; ${proof})`,
  childStatus: asItIs,
  birthOrder: asItIs,
  aktaNumber: asItIs,
  everMarried: (value) => (value ? 'KAWIN/PERNAH KAWIN' : 'BELUM KAWIN'),
  address: ({ kelurahan, rt, rw, line }) =>
    [line, rt && `RT ${rt}`, rw && `RW ${rw}`, kelurahan].filter(Boolean).join(', '),
}

/** No more of a date than is known (ID-22). */
const PRECISE = {
  HARI: (date: string) => date,
  BULAN: (date: string) => date.slice(0, 7),
  TAHUN: (date: string) => date.slice(0, 4),
  TAKSIRAN: (date: string) => `±${date.slice(0, 4)}`,
} as const satisfies Record<Said['birthDate']['precision'], (date: string) => string>
