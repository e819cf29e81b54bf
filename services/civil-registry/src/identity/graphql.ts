import type { Paper } from '@satuanak/contracts'
import { connection, createCursor, pageArgs, pageRequest } from '@satuanak/graphql-kit'
import { noteRead } from '@satuanak/service-kit'
import { builder } from '../graphql/builder.ts'
import { type Child, ChildType, childOf, factsOf, withChildren } from '../graphql/child.ts'
import { Address, ChildIdentity, Precision, Sex } from '../graphql/child-identity.ts'
import { MatchVerdict } from '../graphql/match-verdict.ts'
import { PaperKind } from '../graphql/paper.ts'
import { withStanding } from '../graphql/statements.ts'
import { missingPapers } from './domain.ts'
import { findChildByNik } from './find-child-by-nik.ts'
import { listChildrenWithoutPapers } from './list-children-without-papers.ts'

ChildIdentity.implement({
  description: 'Who the child is, as the civil registry has it.',
  permission: 'person.read',
  facts: ({ child }) => factsOf(child),
  child: ({ child }) => child.id,
  fields: (t) => ({
    name: t.string({ nullable: false, permission: 'person.read', resolve: ({ person }) => person.name }),
    sex: t.field({ type: Sex, nullable: false, permission: 'person.read', resolve: ({ person }) => person.sex }),
    birthDate: t.field({
      type: 'Date',
      permission: 'person.read',
      resolve: ({ person }) => (person.birthDate === null ? null : Temporal.PlainDate.from(person.birthDate)),
    }),
    birthDatePrecision: t.field({
      type: Precision,
      nullable: false,
      permission: 'person.read',
      resolve: ({ person }) => person.birthDatePrecision,
    }),
    birthPlace: t.string({ permission: 'person.read', resolve: ({ person }) => person.birthPlace }),
    motherName: t.string({ permission: 'person.read', resolve: ({ person }) => person.motherName }),
    address: t.field({ type: Address, permission: 'person.read', resolve: ({ person }) => person.address }),
    nik: t.field({
      description: 'Masked: only the last four digits (PV-10).',
      type: 'MaskedNik',
      permission: 'nik.read',
      resolve: ({ child, person }, _args, context) => {
        if (person.nikLast4 === null) return null
        noteRead(context, child.id, 'nik.read')
        return `${'*'.repeat(12)}${person.nikLast4}`
      },
    }),
    match: t.field({
      type: MatchVerdict,
      permission: 'match.read',
      resolve: ({ person }) => person.match,
    }),
    ids: t.field({
      description: 'Every id this person was written under, the canonical one first.',
      type: ['UUID'],
      nullable: false,
      permission: 'person.read',
      resolve: ({ child }) => [...child.group.ids],
    }),
  }),
})

const ChildPapers = builder.objectRef<Child>('ChildPapers').implement({
  description: 'Which papers the child holds, and which every child should hold and this one does not (RF-02).',
  permission: 'papers.read',
  facts: factsOf,
  child: ({ id }) => id,
  fields: (t) => ({
    held: t.field({ type: [PaperKind], nullable: false, permission: 'papers.read', resolve: heldBy }),
    missing: t.field({
      type: [PaperKind],
      nullable: false,
      permission: 'papers.read',
      resolve: (child) => missingPapers(heldBy(child)),
    }),
  }),
})

const heldBy = (child: Child): Paper[] => [...new Set(child.persons.flatMap((person) => person.held))]

builder.objectFields(ChildType, (t) => ({
  identity: t.field({
    type: ChildIdentity,
    permission: 'person.read',
    resolve: async (child, _args, context) => {
      const [person] = child.persons
      if (person === undefined) return null
      noteRead(context, child.id, 'person.read')
      return { child, person: await withStanding(context, child, person) }
    },
  }),
  papers: t.field({
    type: ChildPapers,
    permission: 'papers.read',
    resolve: (child, _args, context) => {
      if (child.persons.length === 0) return null
      noteRead(context, child.id, 'papers.read')
      return child
    },
  }),
}))

const ChildConnection = connection(builder, 'ChildConnection', { node: ChildType, permission: 'child.refer' })

const BY_ID = createCursor('childrenWithoutPapers', ['uuid'])

builder.queryFields((t) => ({
  childByNik: t.field({
    description: 'The child who holds this NIK. Audited, found or not.',
    type: ChildType,
    permission: 'nik.search',
    args: { nik: t.arg.string({ required: true }) },
    resolve: async (_root, { nik }, context) => {
      const id = await findChildByNik(context.app, context.caller, nik)
      return id === null ? null : childOf(context)(id)
    },
  }),
  childrenWithoutPapers: t.field({
    description: 'The working list of RF-02: children who lack a paper, oldest record first.',
    type: ChildConnection,
    permission: 'papers.read',
    args: {
      missing: t.arg({ type: PaperKind, required: true }),
      kelurahan: t.arg.string(),
      ...pageArgs(builder),
    },
    resolve: async (_root, args, context) => {
      const ask = pageRequest(args, BY_ID)
      const ids = await listChildrenWithoutPapers(context.app, context.caller, { ...args, ...ask })
      return withChildren(
        ask.page(ids, (id) => [id]),
        'papers.read',
        context,
      )
    },
  }),
}))
