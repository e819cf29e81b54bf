import { PRECISIONS, SEXES } from '@satuanak/contracts'
import type { GraphContext, KitBuilder } from '@satuanak/graphql-kit'

/** The form of a new child's particulars, the same in every subgraph that may meet one (DESIGN §4). */
export function particularsInput<Context extends GraphContext>(
  builder: KitBuilder<Context>,
  sex: ReturnType<typeof sexEnum<Context>>,
) {
  const address = builder.inputType('AddressInput', {
    fields: (t) => ({
      kelurahan: t.string({ required: true, description: 'Kemendagri code, `33.75.01.1001` (ID-23).' }),
      rt: t.string({ description: 'One to three digits, or "-" (ID-24).' }),
      rw: t.string({ description: 'One to three digits, or "-" (ID-24).' }),
      line: t.string({ description: 'Street and number, at most 240 characters.' }),
    }),
  })
  return builder.inputType('ChildParticularsInput', {
    description: 'What is known of a child met for the first time. Enough to tell the child from another (ID-15).',
    fields: (t) => ({
      name: t.string({ required: true, description: 'As written in the papers, or as the child says it (ID-19).' }),
      sex: t.field({ type: sex, required: true }),
      birthDate: t.string({ description: '`2013-05-20`, `2013-05`, `2013` or `±2013`, as exactly as known (ID-22).' }),
      birthPlace: t.string(),
      motherName: t.string(),
      nik: t.string({ description: '16 digits; leave empty where the child has none (EC-05).' }),
      address: t.field({ type: address }),
    }),
  })
}

export function sexEnum<Context extends GraphContext>(builder: KitBuilder<Context>) {
  return builder.enumType('Sex', {
    description: '`L` laki-laki (male), `P` perempuan (female), as the papers write it.',
    values: SEXES,
  })
}

export function precisionEnum<Context extends GraphContext>(builder: KitBuilder<Context>) {
  return builder.enumType('Precision', {
    description: 'How exactly a birth date is known (ID-22).',
    values: PRECISIONS,
  })
}
