import pg from 'pg'

/**
 * What runs by itself beside a request: the relay, the consumers, the audit's chain, who looks for webhooks that are due,
 * and transaction frames.
 */
const BACKGROUND =
  /outbox|published_stream|inbox|dead_letter|audit_entry|subject_version|advisory|skip locked|^\s*(begin|commit|rollback|listen|select 1$)/i

/**
 * Every SQL statement that requests in this process send while `run` runs, for the rule "no N+1": a list of 20 costs
 * the same statements as a list of 2.
 */
export async function statementsOf(run: () => Promise<unknown>): Promise<readonly string[]> {
  const texts: string[] = []
  const original = pg.Client.prototype.query as (...args: unknown[]) => unknown
  const recording = function (this: pg.Client, ...args: unknown[]) {
    const text = typeof args[0] === 'string' ? args[0] : (args[0] as { text?: string } | undefined)?.text
    if (text && !BACKGROUND.test(text)) texts.push(text)
    return original.apply(this, args)
  }
  Object.assign(pg.Client.prototype, { query: recording })
  try {
    await run()
  } finally {
    Object.assign(pg.Client.prototype, { query: original })
  }
  return texts
}
