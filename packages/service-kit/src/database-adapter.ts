import { PrismaPg } from '@prisma/adapter-pg'
import type pg from 'pg'
import { interruptible } from './interruptible-pool.ts'
import { statementNames } from './statement-names.ts'

/** Prisma's way to a service's database: statements that end with their operation, and are planned once per connection. */
export const databaseAdapter = (pool: pg.Pool): PrismaPg =>
  new PrismaPg(interruptible(pool), { statementNameGenerator: statementNames() })
