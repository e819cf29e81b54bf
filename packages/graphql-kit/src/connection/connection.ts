import type { ObjectRef } from '@pothos/core'
import type { Permission } from '@satuanak/identity'
import type { KitBuilder, KitTypes } from '../builder.ts'
import type { GraphContext } from '../context.ts'
import { badUserInput } from '../graph-error.ts'
import type { Cursor, CursorKey } from './cursor.ts'

/** One page of a list. `nodes` and `pageInfo` are all there is: no edge here carries anything of its own. */
export interface Page<Node> {
  readonly nodes: readonly Node[]
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
}

export const PAGE_SIZE = { least: 1, most: 100, usual: 20 } as const

export const emptyPage = (): Page<never> => ({ nodes: [], pageInfo: { hasNextPage: false, endCursor: null } })

export function registerPageInfo(builder: KitBuilder<GraphContext>): void {
  builder.objectType('PageInfo', {
    description: 'Whether more follows, and from where to ask for it.',
    permission: 'anyone',
    shareable: true,
    fields: (t) => ({
      hasNextPage: t.exposeBoolean('hasNextPage', { nullable: false, permission: 'anyone' }),
      endCursor: t.exposeString('endCursor', {
        nullable: true,
        permission: 'anyone',
        description: 'Send it as `after` for the next page; null on an empty page.',
      }),
    }),
  })
}

/**
 * The type of a paged list of `node`, `<name>` being e.g. `ReferralConnection`. Rows that the caller may not know of are
 * left out of `nodes`; a field that is hidden altogether answers an empty page.
 */
export function connection<Node, Context extends GraphContext>(
  builder: KitBuilder<Context>,
  name: string,
  options: { readonly node: ObjectRef<KitTypes<Context>, Node>; readonly permission: Permission },
): ObjectRef<KitTypes<Context>, Page<Node>> {
  const { node, permission } = options
  return builder.objectRef<Page<Node>>(name).implement({
    permission,
    extensions: { empty: emptyPage },
    fields: (t) => ({
      nodes: t.field({
        type: [node],
        nullable: { list: false, items: false },
        permission,
        // Pothos' type of a list's items is deferred while Node is not known.
        resolve: (page) => page.nodes as never,
      }),
      pageInfo: t.field({ type: 'PageInfo', nullable: false, permission, resolve: (page) => page.pageInfo as never }),
    }),
  })
}

/** The arguments of a paged field: `args: pageArgs(builder)`, or spread among others. */
export function pageArgs<Context extends GraphContext>(builder: KitBuilder<Context>) {
  return builder.args((t) => ({
    first: t.int({
      description: `How many: ${PAGE_SIZE.least} to ${PAGE_SIZE.most}, ${PAGE_SIZE.usual} unless asked.`,
    }),
    after: t.string({ description: 'The `endCursor` of the page before.' }),
  }))
}

export interface PageArgs {
  readonly first?: number | null | undefined
  readonly after?: string | null | undefined
}

/** What a repository is asked for: rows after `after`, in the cursor's order, `limit` of them. */
export interface PageRequest<Keys extends readonly CursorKey[]> {
  readonly after: Keys | null
  /** One more than the page holds: the row that says whether more follows. */
  readonly limit: number
  page<Row>(rows: readonly Row[], keysOf: (row: Row) => Keys): Page<Row>
}

/**
 * Reads the arguments of a paged field: `const ask = pageRequest(args, INBOX)`, then
 * `ask.page(await findInbox(db, ask), (row) => [row.sentAt.toString(), row.id])`.
 * @throws GraphQLError BAD_USER_INPUT for `first` out of bounds or a foreign `after`.
 */
export function pageRequest<Keys extends readonly CursorKey[]>(
  args: PageArgs,
  cursor: Cursor<Keys>,
): PageRequest<Keys> {
  const first = args.first ?? PAGE_SIZE.usual
  if (!Number.isInteger(first) || first < PAGE_SIZE.least || first > PAGE_SIZE.most) {
    throw badUserInput({
      id: `\`first\` harus antara ${PAGE_SIZE.least} dan ${PAGE_SIZE.most}.`,
      en: `\`first\` must be between ${PAGE_SIZE.least} and ${PAGE_SIZE.most}.`,
    })
  }
  return {
    after: args.after ? cursor.decode(args.after) : null,
    limit: first + 1,
    page: (rows, keysOf) => {
      const nodes = rows.slice(0, first)
      const last = nodes.at(-1)
      const endCursor = last === undefined ? null : cursor.encode(keysOf(last))
      return { nodes, pageInfo: { hasNextPage: rows.length > first, endCursor } }
    },
  }
}
