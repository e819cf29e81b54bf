import type { Territory } from '@satuanak/identity'
import { Prisma } from './gen/prisma/client.ts'

/** Where a caller may look, as SQL over `p` with its `id` and `kelurahan`. Empty territory finds nothing. */
export function within(territories: readonly Territory[]): Prisma.Sql {
  const level = Prisma.sql`platform.child_level_of(p.id)`
  const reach = territories.flatMap((one) => {
    if (one.kind === 'all') return Prisma.sql`${level} <= ${one.level}`
    if (one.kind === 'kelurahan') return Prisma.sql`(${livesIn(one.codes)} AND ${level} <= ${one.level})`
    return []
  })
  return reach.length === 0 ? Prisma.sql`false` : Prisma.sql`(${Prisma.join(reach, ' OR ')})`
}

/** Of one kelurahan the index is read in the order of ids; of a list of them PostgreSQL would have to sort. */
function livesIn(codes: readonly string[]): Prisma.Sql {
  const [code, ...more] = codes
  return more.length === 0 ? Prisma.sql`p.kelurahan = ${code}` : Prisma.sql`p.kelurahan = ANY(${[...codes]})`
}

/** An id that an officer declared an alias stands behind its canonical one. Over `p.id`. */
export const NO_ALIAS = Prisma.sql`NOT EXISTS (SELECT FROM platform.child_alias a WHERE a.alias_id = p.id AND a.linked)`
