import { KK_REASONS } from '../kk/domain.ts'
import { CHILD_STATUSES, GUARDIAN_RELATIONS, STATED_PAPERS } from '../record/domain.ts'
import { builder } from './builder.ts'

/** Parts of the registry's own forms, for a new child and for one it has. */

export const StatedPaperEnum = builder.enumType('StatedPaper', {
  description: 'The paper that particulars were copied from. The akta decides a birth date (ID-05).',
  values: STATED_PAPERS,
})
export const ChildStatusEnum = builder.enumType('ChildStatus', {
  description: 'Whose child it is: own, adopted, step or foster (AT-07).',
  values: CHILD_STATUSES,
})
export const GuardianRelationEnum = builder.enumType('GuardianRelation', {
  description: 'What the guardian is to the child (EC-13).',
  values: GUARDIAN_RELATIONS,
})
export const KkReasonEnum = builder.enumType('KkReason', {
  description:
    'Why a KK was issued. KELAHIRAN, KEMATIAN, ANGGOTA_KELUAR and HILANG_RUSAK leave the address as it was (PD-08).',
  values: KK_REASONS,
})

export const GuardianInput = builder.inputType('GuardianInput', {
  description: 'Who cares for the child where the parents do not, with proof (EC-13).',
  fields: (t) => ({
    name: t.string({ required: true }),
    relation: t.field({ type: GuardianRelationEnum, required: true }),
    proof: t.string({ description: 'The paper that shows it, by name and number; may not be missing (EC-13).' }),
  }),
})

export const RecordInput = builder.inputType('RecordInput', {
  description: 'What the registry asks of a child besides the particulars that every agency asks.',
  fields: (t) => ({
    fatherName: t.string(),
    guardian: t.field({ type: GuardianInput }),
    childStatus: t.field({ type: ChildStatusEnum }),
    birthOrder: t.int({ description: '1 for the first-born; tells twins apart (EC-06).' }),
    aktaNumber: t.string({ description: 'As written, whatever its form (ID-17).' }),
    everMarried: t.boolean({ description: 'Asks for a KTP-el before 17 (ID-30).' }),
  }),
})

export const KkInput = builder.inputType('KkInput', {
  fields: (t) => ({
    number: t.string({ required: true, description: 'No. KK, 16 digits at the head of the card (ID-10).' }),
    issuedOn: t.field({ type: 'Date', required: true, description: 'Tanggal terbit, as printed on it (ID-11).' }),
    reason: t.field({ type: KkReasonEnum, required: true }),
  }),
})
