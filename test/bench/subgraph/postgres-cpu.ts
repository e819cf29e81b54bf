import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import pg from 'pg'

/** Microseconds that the connections to a database have worked so far; NaN where the system has no `/proc`. */
export async function openPostgresCpu(url: string): Promise<{ spent(): Promise<number>; close(): Promise<void> }> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const tick = process.platform === 'linux' ? 1_000_000 / Number(execFileSync('getconf', ['CLK_TCK'])) : undefined
  return {
    async spent() {
      if (tick === undefined) return Number.NaN
      const { rows } = await client.query<{ pid: number }>(
        'SELECT pid FROM pg_stat_activity WHERE datname = current_database()',
      )
      return rows.reduce((sum, { pid }) => sum + ticksOf(pid) * tick, 0)
    },
    close: () => client.end(),
  }
}

/** The command's name stands in parentheses and may hold anything. */
function ticksOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ')
  return Number(fields[11]) + Number(fields[12])
}
