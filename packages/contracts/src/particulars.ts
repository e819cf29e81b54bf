import { z } from 'zod'
import { KelurahanCode } from './ids.ts'

export const SEXES = ['L', 'P'] as const
/** `L` laki-laki, `P` perempuan, as the papers write it. */
export const Sex = z.enum(SEXES)
export type Sex = z.infer<typeof Sex>

export const PRECISIONS = ['HARI', 'BULAN', 'TAHUN', 'TAKSIRAN'] as const
/** How exactly a birth date is known (ID-22). */
export const Precision = z.enum(PRECISIONS)
export type Precision = z.infer<typeof Precision>

/**
 * What an agency knows of a child it has just met and presents, sealed, to the civil registry (DESIGN §4). Already
 * normalised by the domain-kit; lengths are the registry's columns.
 */
export const Particulars = z.strictObject({
  name: z.string().min(1).max(120),
  sex: Sex,
  birthDate: z.iso.date().nullable(),
  birthDatePrecision: Precision,
  birthPlace: z.string().max(120).nullable(),
  motherName: z.string().max(120).nullable(),
  nik: z.string().nullable(),
  address: z
    .strictObject({
      kelurahan: KelurahanCode,
      rt: z.string().nullable(),
      rw: z.string().nullable(),
      line: z.string().max(240).nullable(),
    })
    .nullable(),
})
export type Particulars = z.infer<typeof Particulars>
