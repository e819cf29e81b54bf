/** Names that one process gives at most: each connection keeps a plan for each of them as long as it is open. */
const AT_MOST = 200

/** As Prisma's adapter knows a statement that has none. */
const NO_NAME = ''

/**
 * A page's best plan hangs on how long it is and on the values: a plan kept for any values is made for a tenth of the
 * table, and would read it.
 */
const PAGE = /\bLIMIT \$/i

/** A statement as Prisma hands it to its adapter. */
interface Statement {
  readonly sql: string
  readonly args: readonly unknown[]
}

/**
 * Names statements, so that PostgreSQL parses and plans each text once per connection and not once per request
 * (ADR 0027). A text is named when it is met again: what a search or a long list is put together from may come once
 * only. Names are never taken back, as no connection would hear of it; so the first `atMost` have one, and what comes
 * later is served without.
 */
export function statementNames(atMost: number = AT_MOST): (statement: Statement) => string {
  const names = new Map<string, string>()
  const metOnce = new Set<string>()
  return ({ sql, args }) => {
    const known = names.get(sql)
    if (known !== undefined) return known
    // Without values it is a BEGIN or its like, which PostgreSQL takes in a single message.
    if (args.length === 0 || names.size === atMost || PAGE.test(sql)) return NO_NAME
    if (metOnce.delete(sql)) {
      const name = `s${names.size}`
      names.set(sql, name)
      return name
    }
    if (metOnce.size === atMost) metOnce.clear()
    metOnce.add(sql)
    return NO_NAME
  }
}
