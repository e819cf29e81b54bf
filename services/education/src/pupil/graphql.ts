import type { ChildId } from '@satuanak/contracts'
import { loader, refusal } from '@satuanak/graphql-kit'
import { noteRead } from '@satuanak/service-kit'
import { builder } from '../graphql/builder.ts'
import { ChildNotFound, ChildType, childOf, REQUEST_ID } from '../graphql/references.ts'
import { NisnTaken } from './errors.ts'
import { findNisnsOf } from './find-nisns.ts'
import { recordNisn } from './record-nisn.ts'

builder.objectFields(ChildType, (t) => ({
  nisn: t.string({
    permission: 'nisn.read',
    description: 'Nomor Induk Siswa Nasional, 10 digits; null where none was recorded (ID-12).',
    resolve: async ({ id, group }, _args, context) => {
      const nisnOf = loader(context, 'nisn', (ids: readonly ChildId[]) => findNisnsOf(context.app, ids))
      const [own, ...others] = await Promise.all([nisnOf(id), ...group.ids.map(nisnOf)])
      const nisn = own ?? others.find((one) => one !== null) ?? null
      if (nisn !== null) noteRead(context, id, 'nisn.read')
      return nisn
    },
  }),
}))

refusal(builder, NisnTaken, {
  name: 'NisnTaken',
  description: 'The number is on record for another child (ID-12).',
})

const RecordNisnInput = builder.inputType('RecordNisnInput', {
  fields: (t) => ({
    requestId: t.field({ type: 'UUID', required: true, description: REQUEST_ID }),
    childId: t.field({ type: 'UUID', required: true }),
    nisn: t.string({ required: true, description: '10 digits, leading zeros included (ID-12).' }),
  }),
})

builder.mutationFields((t) => ({
  recordNisn: t.field({
    description: "Record or correct a pupil's NISN (ID-12).",
    type: ChildType,
    permission: 'nisn.record',
    args: { input: t.arg({ type: RecordNisnInput, required: true }) },
    errors: { types: [ChildNotFound, NisnTaken] },
    resolve: async (_root, { input }, context) =>
      childOf(context)(await recordNisn(context.app, context.caller, input)),
  }),
}))
