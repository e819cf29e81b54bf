import { type ChildId, FLAG_CODES, FLAG_LEVELS, IDENTIFIERS } from '@satuanak/contracts'
import { loader } from '@satuanak/graphql-kit'
import { noteRead } from '@satuanak/service-kit'
import type { RegistryContext } from '../app.ts'
import { builder } from '../graphql/builder.ts'
import { type Child, ChildType, childOf, factsOf } from '../graphql/child.ts'
import { type IdentifierFlag, LEVEL_OF } from './domain.ts'
import { findIdentifierFlags } from './find-identifier-flags.ts'

const Identifier = builder.enumType('Identifier', { description: 'What may be flagged.', values: IDENTIFIERS })
const FlagCode = builder.enumType('FlagCode', {
  description: 'DIPAKAI_BERSAMA: two persons claim it (EC-01). DIDUGA_GANDA: one person holds two (EC-02).',
  values: FLAG_CODES,
})
const FlagLevel = builder.enumType('FlagLevel', {
  description: 'BLOKIR: nothing is decided automatically about this child. PERIKSA: Dukcapil looks into it.',
  values: FLAG_LEVELS,
})

interface OfChild {
  readonly child: Child
  readonly flag: IdentifierFlag
}

const Flag = builder.objectRef<OfChild>('IdentifierFlag').implement({
  description: 'What is doubtful about an identifier of a child, for Dukcapil to decide.',
  permission: 'match.read',
  facts: ({ child }) => factsOf(child),
  fields: (t) => ({
    type: t.field({ type: Identifier, nullable: false, permission: 'match.read', resolve: ({ flag }) => flag.type }),
    code: t.field({ type: FlagCode, nullable: false, permission: 'match.read', resolve: ({ flag }) => flag.code }),
    level: t.field({
      type: FlagLevel,
      nullable: false,
      permission: 'match.read',
      resolve: ({ flag }) => LEVEL_OF[flag.code],
    }),
    recordId: t.field({
      description: 'The id of this child under which the doubtful one is written.',
      type: 'UUID',
      nullable: false,
      permission: 'match.read',
      resolve: ({ flag }) => flag.recordId,
    }),
    others: t.field({
      description: 'The other children that it is about.',
      type: [ChildType],
      nullable: false,
      permission: 'match.read',
      resolve: async ({ flag }, _args, context) => {
        const children = await Promise.all(flag.others.map(childOf(context)))
        return children.filter((child) => child !== null)
      },
    }),
  }),
})

/** Any number of children in one statement. */
function flagsOf(context: RegistryContext): (id: ChildId) => Promise<IdentifierFlag[] | null> {
  return loader(context, 'identifierFlags', async (ids: readonly ChildId[]) => {
    const children = await Promise.all(ids.map(childOf(context)))
    const groups = children.filter((child) => child !== null).map(({ id, group }) => [id, group] as const)
    return findIdentifierFlags(context.app.db, new Map(groups))
  })
}

builder.objectFields(ChildType, (t) => ({
  identifierFlags: t.field({
    description: 'What is doubtful about the identifiers under which the child is kept (EC-01, EC-02).',
    type: [Flag],
    permission: 'match.read',
    resolve: async (child, _args, context) => {
      if (child.persons.length === 0) return null
      noteRead(context, child.id, 'match.read')
      const flags = await flagsOf(context)(child.id)
      return (flags ?? []).map((flag) => ({ child, flag }))
    },
  }),
}))
