import { precisionEnum, sexEnum } from '@satuanak/child-kit/graphql'
import { type ChildId, MATCH_VERDICTS, PAPERS, type Paper } from '@satuanak/contracts'
import { connection, createCursor, type Page, pageArgs, pageRequest } from '@satuanak/graphql-kit'
import type { Permission } from '@satuanak/identity'
import { noteRead } from '@satuanak/service-kit'
import type { RegistryContext } from '../app.ts'
import { builder } from '../graphql/builder.ts'
import { type Child, ChildType, childOf, factsOf } from '../graphql/child.ts'
import { missingPapers, type Person } from './domain.ts'
import { findChildByNik } from './find-child-by-nik.ts'
import { listChildrenWithoutPapers } from './list-children-without-papers.ts'
import { searchChildren } from './search-children.ts'

export const Sex = sexEnum(builder)
const Precision = precisionEnum(builder)
export const PaperKind = builder.enumType('Paper', {
  description: 'Papers every child should hold (RF-02): akta kelahiran, NIK, Kartu Keluarga, Kartu Identitas Anak.',
  values: PAPERS,
})
const MatchVerdict = builder.enumType('MatchVerdict', {
  description: 'What the identity index found when the child came in; an officer decides, never the index (ID-21).',
  values: MATCH_VERDICTS,
})

const Address = builder.objectRef<NonNullable<Person['address']>>('Address').implement({
  description: 'Domicile, as far as it is known.',
  permission: 'person.read',
  fields: (t) => ({
    kelurahan: t.expose('kelurahan', { type: 'RegionCode', nullable: false, permission: 'person.read' }),
    rt: t.exposeString('rt', { permission: 'person.read' }),
    rw: t.exposeString('rw', { permission: 'person.read' }),
    line: t.exposeString('line', { permission: 'person.read' }),
  }),
})

interface Identity {
  readonly child: Child
  readonly person: Person
}

const ChildIdentity = builder.objectRef<Identity>('ChildIdentity').implement({
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
    resolve: (child, _args, context) => {
      const person = child.persons[0]
      if (person === undefined) return null
      noteRead(context, child.id, 'person.read')
      return { child, person }
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

const BY_NAME = createCursor('searchChildren', ['uuid'])
const BY_ID = createCursor('childrenWithoutPapers', ['uuid'])

/** The same page, of children instead of their ids. To be found says something already: it is a read (PV-05). */
async function withChildren(
  { pageInfo, nodes }: Page<ChildId>,
  permission: Permission,
  context: RegistryContext,
): Promise<Page<Child>> {
  for (const id of nodes) noteRead(context, id, permission)
  const children = await Promise.all(nodes.map(childOf(context)))
  return { pageInfo, nodes: children.filter((child) => child !== null) }
}

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
  searchChildren: t.field({
    description:
      'Children with these words in their name, in any order, slips and spelling variants of MUHAMMAD, SITI … included (ID-20).',
    type: ChildConnection,
    permission: 'person.search',
    args: {
      name: t.arg.string({ required: true }),
      birthDate: t.arg.string(),
      birthYear: t.arg.int({ description: 'Where only the year is known.' }),
      motherName: t.arg.string(),
      kelurahan: t.arg.string(),
      ...pageArgs(builder),
    },
    resolve: async (_root, args, context) => {
      const ask = pageRequest(args, BY_NAME)
      const ids = await searchChildren(context.app, context.caller, { ...args, ...ask })
      return withChildren(
        ask.page(ids, (id) => [id]),
        'person.search',
        context,
      )
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
