import pg from 'pg'

interface Statement {
  readonly text: string
  readonly values: unknown[]
}

/** The reads of the registry's own tables that this process sends while `run` runs, with their values. */
async function readsOf(run: () => Promise<unknown>): Promise<readonly Statement[]> {
  const seen: Statement[] = []
  const original = pg.Client.prototype.query as (...args: unknown[]) => unknown
  const recording = function (this: pg.Client, ...args: unknown[]) {
    const asked = typeof args[0] === 'string' ? { text: args[0] } : (args[0] as Partial<Statement>)
    const text = asked.text ?? ''
    if (/^\s*(SELECT|WITH)/i.test(text) && /person|paper|word_form/.test(text)) {
      seen.push({ text, values: asked.values ?? (Array.isArray(args[1]) ? args[1] : []) })
    }
    return original.apply(this, args)
  }
  Object.assign(pg.Client.prototype, { query: recording })
  try {
    await run()
  } finally {
    Object.assign(pg.Client.prototype, { query: original })
  }
  return seen
}

/** Which indexes the statements of one asking go by, and which tables are read from end to end. */
export async function plansOf(databaseUrl: string, run: () => Promise<unknown>) {
  const reads = await readsOf(run)
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    const lines: string[] = []
    for (const { text, values } of reads) {
      const { rows } = await client.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${text}`, values)
      lines.push(...rows.map((row) => row['QUERY PLAN']))
    }
    const found = (pattern: RegExp) => [...new Set(lines.flatMap((line) => pattern.exec(line)?.[1] ?? []))]
    return {
      indexes: found(/(?:using|Index Scan on) (\w+)/),
      whole: found(/Seq Scan on (person|paper|person_word|word_form)\b/),
    }
  } finally {
    await client.end()
  }
}
