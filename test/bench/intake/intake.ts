import { createWriteStream } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { openImport } from '@satuanak/civil-registry/test-intake'
import { PERSONAS } from '@satuanak/demo-city'
import { startPostgres } from '@satuanak/local-servers'
import type { Bench } from '../bench.ts'
import { HEADING, population } from './population.ts'

const PLAN = { seed: 11, today: Temporal.PlainDate.from('2026-11-23') }
const ROWS = Number(process.env.BENCH_ROWS ?? 1_000_000)

type Print = (line: string) => void
const count = (value: number): string => Math.round(value).toLocaleString('en')
const megabytes = (bytes: number): string => `${count(bytes / 1024 / 1024)} MB`

/** A generated file of a million rows through the import itself, into a PostgreSQL of its own that writes to disk. */
export const intake: Bench = {
  about: 'rows per second and memory of importing 1,000,000 population rows (BENCH_ROWS for fewer)',
  async run(print) {
    const dir = await mkdtemp(join(tmpdir(), 'satuanak-bench-'))
    const postgres = await startPostgres({ dir: join(dir, 'postgres') })
    try {
      const path = join(dir, 'penduduk.csv')
      await writeFile(path, ROWS)
      print(`${count(ROWS)} rows, ${megabytes((await stat(path)).size)}, seed ${PLAN.seed}`)
      await measure(print, postgres.adminUrl, path)
    } finally {
      await postgres.close()
      await rm(dir, { recursive: true, force: true })
    }
  },
}

async function writeFile(path: string, rows: number): Promise<void> {
  async function* lines() {
    yield `${HEADING.join(',')}\n`
    for await (const row of population({ ...PLAN, rows })) yield `${row.join(',')}\n`
  }
  await pipeline(Readable.from(lines()), createWriteStream(path))
}

async function measure(print: Print, adminUrl: string, path: string): Promise<void> {
  const registry = await openImport(adminUrl)
  const began = performance.now()
  const seconds = () => (performance.now() - began) / 1000
  let [last, lastAt, peak] = [0, 0, 0]
  const step = Math.max(ROWS / 10, 1)
  try {
    const done = await registry.importFile(PERSONAS.dukcapil.caller, {
      path,
      dryRun: false,
      onProgress: ({ rows }) => {
        const { rss } = process.memoryUsage()
        peak = Math.max(peak, rss)
        if (rows - last < step && rows < ROWS) return
        print(
          `  ${count(rows).padStart(9)} rows  ${count((rows - last) / (seconds() - lastAt)).padStart(6)} rows/s  memory ${megabytes(rss)}`,
        )
        ;[last, lastAt] = [rows, seconds()]
      },
    })
    const { created, matched, refused, warned } = done
    print(`  ${count(ROWS / seconds())} rows/s in all, ${count(seconds())} s; memory at most ${megabytes(peak)}`)
    print(
      `  ${count(created)} registered (${count(warned)} with a note), ${count(matched)} there already, ${count(refused)} refused`,
    )
    for (const { table, bytes } of await registry.sizes()) print(`  ${megabytes(bytes).padStart(9)}  ${table}`)
  } finally {
    await registry.close()
  }
}
