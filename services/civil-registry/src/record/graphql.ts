import { noteRead } from '@satuanak/service-kit'
import { builder } from '../graphql/builder.ts'
import { type Child, factsOf } from '../graphql/child.ts'
import { Address, ChildIdentity } from '../graphql/child-identity.ts'
import { ChildStatusEnum, GuardianRelationEnum, StatedPaperEnum } from '../graphql/record-inputs.ts'
import { statementsOf } from '../graphql/statements.ts'
import { isLate } from './check-record.ts'
import {
  decideRecord,
  type Provenance,
  RECORD_FIELDS,
  type Residence,
  residences,
  type Said,
  STANDINGS,
  weigh,
} from './domain.ts'
import { inWords } from './domain-words.ts'
import { FieldEnum } from './graphql-fields.ts'

interface OfChild<Value> {
  readonly child: Child
  readonly value: Value
}

const Guardian = builder.objectRef<Said['guardian']>('Guardian').implement({
  description: 'Who cares for the child where the parents do not (EC-13).',
  permission: 'person.read',
  fields: (t) => ({
    name: t.exposeString('name', { nullable: false, permission: 'person.read' }),
    relation: t.field({
      type: GuardianRelationEnum,
      nullable: false,
      permission: 'person.read',
      resolve: ({ relation }) => relation,
    }),
    proof: t.exposeString('proof', { nullable: false, permission: 'person.read' }),
  }),
})

const ResidenceType = builder.objectRef<OfChild<Residence>>('Residence').implement({
  description: 'Where the child lived, and from which day the registry was told so.',
  permission: 'person.read',
  facts: ({ child }) => factsOf(child),
  child: ({ child }) => child.id,
  fields: (t) => ({
    address: t.field({ type: Address, nullable: false, permission: 'person.read', resolve: ({ value }) => value }),
    since: t.field({
      type: 'Date',
      nullable: false,
      permission: 'person.read',
      resolve: ({ value }) => Temporal.PlainDate.from(value.since),
    }),
  }),
})

const StandingEnum = builder.enumType('Standing', {
  description:
    'BERLAKU: shown. SEJALAN: says the same. LAMA: gave way to a later word or a deciding paper. BERBEDA: another agency says otherwise and neither paper nor officer decides.',
  values: STANDINGS,
})

export const ProvenanceType = builder.objectRef<OfChild<Provenance>>('Provenance').implement({
  description:
    'One value that was stated of the child, and where it came from. That an agency knows a child is its own matter, so few may see this (PV-12).',
  permission: 'provenance.read',
  facts: ({ child }) => factsOf(child),
  child: ({ child }) => child.id,
  fields: (t) => ({
    field: t.field({
      type: FieldEnum,
      nullable: false,
      permission: 'provenance.read',
      resolve: ({ value }) => value.field,
    }),
    value: t.string({
      description: 'As the papers write it.',
      nullable: false,
      permission: 'provenance.read',
      resolve: ({ value }) => inWords(value.field, value.value),
    }),
    agency: t.string({
      description: 'The agency that said so, by its code.',
      nullable: false,
      permission: 'provenance.read',
      resolve: ({ value }) => value.statement.agency,
    }),
    statedOn: t.field({
      type: 'Date',
      nullable: false,
      permission: 'provenance.read',
      resolve: ({ value }) => Temporal.PlainDate.from(value.statement.statedOn),
    }),
    paper: t.field({
      description: 'Null: by word of mouth.',
      type: StatedPaperEnum,
      permission: 'provenance.read',
      resolve: ({ value }) => value.statement.paper,
    }),
    standing: t.field({
      type: StandingEnum,
      nullable: false,
      permission: 'provenance.read',
      resolve: ({ value }) => value.standing,
    }),
    ground: t.string({
      description: 'On what ground, where it is an officer’s word that settled a disagreement; null for all else.',
      permission: 'provenance.read',
      resolve: ({ value }) => value.statement.ruling?.ground ?? null,
    }),
    statementId: t.field({
      type: 'UUID',
      nullable: false,
      permission: 'provenance.read',
      resolve: ({ value }) => value.statement.id,
    }),
  }),
})

builder.objectFields(ChildIdentity, (t) => ({
  fatherName: t.string({
    permission: 'person.read',
    resolve: async ({ child }, _args, context) => decideRecord(await statementsOf(context, child)).fatherName ?? null,
  }),
  guardian: t.field({
    type: Guardian,
    permission: 'person.read',
    resolve: async ({ child }, _args, context) => decideRecord(await statementsOf(context, child)).guardian ?? null,
  }),
  childStatus: t.field({
    type: ChildStatusEnum,
    permission: 'person.read',
    resolve: async ({ child }, _args, context) => decideRecord(await statementsOf(context, child)).childStatus ?? null,
  }),
  birthOrder: t.int({
    description: 'Tells twins apart (EC-06).',
    permission: 'person.read',
    resolve: async ({ child }, _args, context) => decideRecord(await statementsOf(context, child)).birthOrder ?? null,
  }),
  everMarried: t.boolean({
    description: 'Asks for a KTP-el before 17 (ID-30). No school sees it (KT-10).',
    permission: 'provenance.read',
    resolve: async ({ child }, _args, context) => decideRecord(await statementsOf(context, child)).everMarried ?? null,
  }),
  aktaNumber: t.string({
    description: 'As written (ID-17).',
    permission: 'papers.read',
    resolve: async ({ child }, _args, context) => {
      noteRead(context, child.id, 'papers.read')
      return decideRecord(await statementsOf(context, child)).aktaNumber ?? null
    },
  }),
  registeredLate: t.boolean({
    description:
      'Whether the birth was reported after 60 days (ID-18); null where akta number or birth date do not say.',
    permission: 'papers.read',
    resolve: async ({ child }, _args, context) => isLate(decideRecord(await statementsOf(context, child))),
  }),
  residences: t.field({
    description: 'Where the child lived, oldest first; the last one is the address.',
    type: [ResidenceType],
    nullable: false,
    permission: 'person.read',
    resolve: async ({ child }, _args, context) =>
      residences(await statementsOf(context, child)).map((value) => ({ child, value })),
  }),
  provenance: t.field({
    description: 'Every value that was stated, the one that stands first (ID-05); of one field, or of all.',
    type: [ProvenanceType],
    permission: 'provenance.read',
    args: { field: t.arg({ type: FieldEnum }) },
    resolve: async ({ child }, { field }, context) => {
      noteRead(context, child.id, 'provenance.read')
      const statements = await statementsOf(context, child)
      const asked = field == null ? RECORD_FIELDS : [field]
      return asked.flatMap((one) => weigh(one, statements)).map((value) => ({ child, value }))
    },
  }),
}))
