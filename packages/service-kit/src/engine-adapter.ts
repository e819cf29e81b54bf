import { PrismaPg } from '@prisma/adapter-pg'
import { ColumnTypeEnum, type SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils'
import pg from 'pg'

const CHAR_OID = 18

/**
 * Prisma's PostgreSQL adapter as its schema engine needs it. As published (7.10) it is made for queries and fails the
 * engine in two ways: it does not know the catalogue's type `"char"`, and it cuts a script at every `;`, which no
 * function body survives and which leaves half a migration behind when a later statement fails.
 */
export function engineAdapter(databaseUrl: string): {
  factory: SqlMigrationAwareDriverAdapterFactory
  close(): Promise<void>
} {
  const plain = new PrismaPg({ connectionString: databaseUrl })
  // One connection: the engine's session settings and its statements belong together.
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1 })
  return {
    factory: {
      provider: plain.provider,
      adapterName: plain.adapterName,
      connect: () => adapterOn(pool),
      connectToShadowDb: () => plain.connectToShadowDb(),
    },
    // The engine never gives its connection back.
    close: () => pool.end(),
  }
}

async function adapterOn(pool: pg.Pool) {
  const send = pool.query.bind(pool) as (query: unknown) => Promise<pg.QueryResult>
  const chars = new WeakMap<object, readonly number[]>()
  const query = async (request: unknown) => {
    const result = await send(request)
    chars.set(result.rows, columnsOfChar(result.fields ?? []))
    return result
  }
  Object.assign(pool, { query })
  const adapter = await new PrismaPg(pool).connect()
  const queryRaw = adapter.queryRaw.bind(adapter)
  adapter.queryRaw = async (request) => {
    const result = await queryRaw(request)
    for (const column of chars.get(result.rows) ?? []) result.columnTypes[column] = ColumnTypeEnum.Character
    return result
  }
  // A simple query of several statements is one transaction of its own: all of a migration or nothing of it.
  adapter.executeScript = async (script) => void (await send(script))
  return adapter
}

/** Where the `"char"` columns are; they pass the adapter as text. */
function columnsOfChar(fields: readonly pg.FieldDef[]): readonly number[] {
  return fields.flatMap((field, index) => {
    if (field.dataTypeID !== CHAR_OID) return []
    field.dataTypeID = pg.types.builtins.TEXT
    return [index]
  })
}
