import { builder } from '../graphql/builder.ts'
import type { RecordField } from './domain.ts'

const FIELDS = {
  NAME: { value: 'name' },
  SEX: { value: 'sex' },
  BIRTH_DATE: { value: 'birthDate' },
  BIRTH_PLACE: { value: 'birthPlace' },
  MOTHER_NAME: { value: 'motherName' },
  FATHER_NAME: { value: 'fatherName' },
  GUARDIAN: { value: 'guardian' },
  CHILD_STATUS: { value: 'childStatus' },
  BIRTH_ORDER: { value: 'birthOrder' },
  AKTA_NUMBER: { value: 'aktaNumber' },
  EVER_MARRIED: { value: 'everMarried' },
  ADDRESS: { value: 'address' },
} as const satisfies Record<string, { readonly value: RecordField }>

export const FieldEnum = builder.enumType('RecordField', {
  description: 'What may be stated of a child; never a NIK or KK number.',
  values: FIELDS,
})
