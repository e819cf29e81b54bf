/**
 * `node packages/contracts/publish.ts`: gives every new event type its file in `published/`. A file that is there is
 * never overwritten: a published version does not change, a new shape is a new version.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Comparison, compareShapes, currentShapes, type Shape } from './src/published-shapes.ts'

export const PUBLISHED = join(import.meta.dirname, 'published')

/** The shapes in a folder, by name. */
export function publishedShapes(dir: string): Map<string, Shape> {
  const files = readdirSync(dir).filter((file) => file.endsWith('.json'))
  return new Map(
    files.map((file) => [file.slice(0, -'.json'.length), JSON.parse(readFileSync(`${dir}/${file}`, 'utf8'))]),
  )
}

/** Writes the shapes that are not there yet. What is there is never touched: it was published. */
export function publishMissing(dir: string): Comparison {
  const current = currentShapes()
  const comparison = compareShapes(current, publishedShapes(dir))
  for (const name of comparison.missing) {
    writeFileSync(`${dir}/${name}.json`, `${JSON.stringify(current.get(name), null, 2)}\n`, { flag: 'wx' })
  }
  return comparison
}

function say({ missing, changed, deleted }: Comparison): void {
  for (const name of missing) process.stdout.write(`published ${name}\n`)
  for (const name of changed)
    process.stdout.write(`REFUSED ${name}: its published shape differs; make the next version\n`)
  for (const name of deleted) process.stdout.write(`REFUSED ${name}: it was published and is gone; put it back\n`)
  process.exitCode = changed.length + deleted.length > 0 ? 1 : 0
}

if (import.meta.main) say(publishMissing(PUBLISHED))
