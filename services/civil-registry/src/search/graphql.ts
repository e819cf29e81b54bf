import type { ChildId } from '@satuanak/contracts'
import { type Notice, warning } from '@satuanak/domain-kit'
import { createCursor, emptyPage, type Page, pageArgs, pageRequest } from '@satuanak/graphql-kit'
import { builder } from '../graphql/builder.ts'
import { type Child, ChildType, withChildren } from '../graphql/child.ts'
import { RegistryWarning } from '../graphql/warning.ts'
import { type Found, type Place, searchChildren } from './search-children.ts'

interface SearchPage extends Page<Child> {
  readonly warnings: readonly Notice[]
}

const NOT_ALL_LOOKED_AT = warning(
  'ID-20',
  {
    id: 'Nama ini terlalu umum: belum semua anak diperiksa. Tambahkan kata nama lain, tahun lahir, nama ibu atau kelurahan; atau lanjutkan ke halaman berikutnya.',
    en: 'This name is too common: not all children have been looked at yet. Add another word of the name, the birth year, the mother or the kelurahan; or go on to the next page.',
  },
  'name',
)

const ChildSearchConnection = builder.objectRef<SearchPage>('ChildSearchConnection').implement({
  description:
    'Exact names first. A page may hold fewer than asked, even none, and yet be followed by others: see `warnings`.',
  permission: 'child.refer',
  extensions: { empty: () => ({ ...emptyPage(), warnings: [] }) },
  fields: (t) => ({
    nodes: t.field({
      type: [ChildType],
      nullable: { list: false, items: false },
      permission: 'child.refer',
      resolve: ({ nodes }) => [...nodes],
    }),
    pageInfo: t.field({
      type: 'PageInfo',
      nullable: false,
      permission: 'child.refer',
      resolve: ({ pageInfo }) => pageInfo,
    }),
    warnings: t.field({
      description: 'That the search was ended early, and how to narrow it.',
      type: [RegistryWarning],
      nullable: false,
      permission: 'child.refer',
      resolve: ({ warnings }) => [...warnings],
    }),
  }),
})

const BY_LIKENESS = createCursor('searchChildren', ['number', 'uuid'])

builder.queryFields((t) => ({
  searchChildren: t.field({
    description:
      'Children with these words in their name, in any order, slips of the pen, old spellings and variants of MUHAMMAD, SITI … included (ID-20).',
    type: ChildSearchConnection,
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
      const ask = pageRequest(args, BY_LIKENESS)
      const found = await searchChildren(context.app, context.caller, { ...args, ...ask })
      const page = ask.page(found.places, (place) => place)
      return {
        ...(await withChildren(idsOf(endedEarly(page, found)), 'person.search', context)),
        warnings: found.stoppedAt === null ? [] : [NOT_ALL_LOOKED_AT],
      }
    },
  }),
}))

const idsOf = ({ pageInfo, nodes }: Page<Place>): Page<ChildId> => ({
  pageInfo,
  nodes: nodes.map(([, id]) => id as ChildId),
})

/** Where looking was ended early more may follow, from there. */
function endedEarly(page: Page<Place>, { stoppedAt }: Found): Page<Place> {
  return stoppedAt === null
    ? page
    : { ...page, pageInfo: { hasNextPage: true, endCursor: BY_LIKENESS.encode(stoppedAt) } }
}
