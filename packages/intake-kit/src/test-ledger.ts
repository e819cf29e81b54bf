import { readFile } from 'node:fs/promises'
import type { Tx } from '@satuanak/messaging'
import type { IntakeApp } from './app.ts'

const LEDGER_SQL = new URL('../sql/intake.sql', import.meta.url)

/** Every column, index and foreign key of the ledger's tables in the schema that stands first on the search path. */
const SHAPE = `
  SELECT format('%s.%s %s%s %s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
           CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END, pg_get_expr(d.adbin, d.adrelid)) AS line
  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
  WHERE c.relnamespace = current_schema()::regnamespace AND c.relname IN ('intake', 'intake_row', 'intake_dry_print')
  UNION ALL
  SELECT replace(indexdef, schemaname || '.', '') FROM pg_indexes
  WHERE schemaname = current_schema() AND tablename IN ('intake', 'intake_row', 'intake_dry_print')
  UNION ALL
  SELECT format('%s %s', k.conname, replace(pg_get_constraintdef(k.oid), current_schema() || '.', ''))
  FROM pg_constraint k
  WHERE k.connamespace = current_schema()::regnamespace AND k.contype = 'f' AND k.conrelid::regclass::text LIKE '%intake_row'
  ORDER BY line`

const shapeOf = async (tx: Tx): Promise<string[]> => {
  const rows = await tx.$queryRawUnsafe<{ line: string }[]>(SHAPE)
  return rows.map(({ line }) => line)
}

/**
 * In what a service's own tables of the ledger differ from `sql/intake.sql`: each line that only one of the two has.
 * Makes them once more beside the service's, in a schema that is gone afterwards.
 */
export function ledgerDrift(app: IntakeApp): Promise<string[]> {
  return app.inTransaction(async (tx) => {
    const own = await shapeOf(tx)
    const sql = (await readFile(LEDGER_SQL, 'utf8')).replace(/^--.*$/gm, '')
    await tx.$executeRawUnsafe('CREATE SCHEMA ledger_of_kit')
    await tx.$executeRawUnsafe('SET LOCAL search_path TO ledger_of_kit')
    for (const statement of sql.split(';')) if (statement.trim() !== '') await tx.$executeRawUnsafe(statement)
    const kit = await shapeOf(tx)
    await tx.$executeRawUnsafe('DROP SCHEMA ledger_of_kit CASCADE')
    return [
      ...own.filter((line) => !kit.includes(line)).map((line) => `only in the service: ${line}`),
      ...kit.filter((line) => !own.includes(line)).map((line) => `only in the kit: ${line}`),
    ]
  })
}
