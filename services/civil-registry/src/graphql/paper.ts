import { PAPERS } from '@satuanak/contracts'
import { builder } from './builder.ts'

export const PaperKind = builder.enumType('Paper', {
  description: 'Papers every child should hold (RF-02): akta kelahiran, NIK, Kartu Keluarga, Kartu Identitas Anak.',
  values: PAPERS,
})
